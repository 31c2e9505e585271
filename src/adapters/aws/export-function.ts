import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { PipelineFault } from '../../pipeline/faults.ts';
import type { RequestedExports } from '../../pipeline/request/request-exports.ts';
import { parseJsonInput } from '../../schemas/parse-input.ts';
import { type AwsOptions, clientOptions } from './installation.ts';

/** What the Export function is asked for by hand; schemas/export-request.ts reads it there. */
export type ManualRequest =
  | { readonly mode: 'backfill'; readonly backfillStartDate: string }
  | { readonly mode: 'replay'; readonly from: string; readonly to: string };

/*
 * What the Export function answers.
 *
 *   { "mode": "replay", "started": [{ "window": { "from": "2026-11-20", "to": "2026-11-20" }, "exportArn": "arn:…",
 *     "keyPrefix": "exports/incremental/2026-11-20/", "alreadyStarted": false }], "lost": [], "failed": [] }
 */
const answer = z.object({
  mode: z.enum(['backfill', 'replay', 'incremental']),
  started: z.array(
    z.object({
      window: z.object({ from: z.string(), to: z.string() }),
      exportArn: z.string(),
      keyPrefix: z.string(),
      alreadyStarted: z.boolean(),
    }),
  ),
  lost: z.array(z.object({ date: z.string(), remedy: z.string() })),
});

/** Of what the nightly run has failed there is nothing to say here. */
export type AnsweredRequest = Omit<RequestedExports, 'failed'>;

/**
 * Invokes the Export function and waits for its answer.
 * @throws PipelineFault with the function's own message where it failed
 */
export async function invokeExportFunction(
  functionName: string,
  request: ManualRequest,
  options: AwsOptions,
): Promise<AnsweredRequest> {
  // A second attempt of the SDK would be a second invocation.
  const client = new LambdaClient({ ...clientOptions(options), maxAttempts: 1 });
  const invoke = new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(request) });
  const { FunctionError: failed, Payload: payload } = await client.send(invoke);
  const text = Buffer.from(payload ?? []).toString('utf8');
  if (failed !== undefined) throw functionFailed(functionName, text);
  const { mode, started, lost } = parseJsonInput(answer, text, `the answer of ${functionName}`);
  return { mode, started, lost };
}

const failure = z.object({ errorMessage: z.string() });

function functionFailed(functionName: string, text: string): PipelineFault {
  const { errorMessage } = parseJsonInput(failure, text, `the error of ${functionName}`);
  return new PipelineFault({ what: errorMessage, where: functionName });
}
