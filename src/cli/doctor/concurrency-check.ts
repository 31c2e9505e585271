import { GetAccountSettingsCommand, GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { clientOptions } from '../../adapters/aws/installation.ts';
import { plural } from '../../report/format.ts';
import { parseJsonInput } from '../../schemas/parse-input.ts';
import { type Found, problem, warning, well } from './findings.ts';
import type { Patient } from './patient.ts';

/* The part of the state machine's definition that tells how many children it runs; cdk/constructs/large-export-definition.ts makes it. */
const definitionSchema = z.object({
  States: z.record(z.string(), z.looseObject({ MaxConcurrency: z.int().min(1).optional() })),
});

/** https://docs.aws.amazon.com/general/latest/gr/lambda-service.html: concurrent executions. */
const CONCURRENCY_QUOTA = 'L-B99A9384';

/** All functions of an account and region share its concurrency, which may be 10 in a new account. */
export async function concurrency({ installation, options }: Patient): Promise<Found> {
  const lambda = new LambdaClient(clientOptions(options));
  const FunctionName = installation.AggregatorFunctionName;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const stateMachineArn = Environment?.Variables?.LARGE_EXPORT_STATE_MACHINE_ARN;
  if (stateMachineArn === undefined) return problem('no state machine for large exports', 'npm run deploy');
  const wanted = await concurrencyOf(stateMachineArn, new SFNClient(clientOptions(options)));
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  return judge(wanted, AccountLimit?.UnreservedConcurrentExecutions ?? AccountLimit?.ConcurrentExecutions);
}

async function concurrencyOf(stateMachineArn: string, client: SFNClient): Promise<number> {
  const { definition = '' } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
  const { States } = parseJsonInput(definitionSchema, definition, `the definition of ${stateMachineArn}`);
  return Math.max(0, ...Object.values(States).map(({ MaxConcurrency = 0 }) => MaxConcurrency));
}

function judge(wanted: number, available: number | undefined): Found {
  const says = `a large export takes up to ${plural(wanted, 'function')} at a time`;
  if (available === undefined) return well(`${says}; how many the account may run is not told`);
  if (wanted < available) return well(`${says}, of the account's ${available}`);
  return warning(
    `${says}, and all functions of the account together have ${available}: they are throttled meanwhile`,
    `npm run deploy -- -c largeExportConcurrency=${Math.max(1, Math.floor(available / 2))}, or ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${CONCURRENCY_QUOTA} --desired-value 1000`,
  );
}
