import { cloudWatchClient, dynamoDbClient, s3Client } from '../adapters/aws/clients.ts';
import { StateMachineStarter } from '../adapters/aws/state-machine-starter.ts';
import type { AggregatedExport } from '../pipeline/aggregate-export.ts';
import { type StartedLargeExport, startIfLarge } from '../pipeline/large/start-large-export.ts';
import type { ExportFiles } from '../pipeline/ports.ts';
import { RESERVED_MILLIS } from '../pipeline/run-context.ts';
import { aggregatorEnvironment, parseEnvironment } from '../schemas/environment.ts';
import type { AggregationTrigger } from '../schemas/object-created-event.ts';
import { aggregationPorts } from './aggregation-ports.ts';
import { definitionBeside } from './definition.ts';
import { handleTrigger, isForced } from './handle-trigger.ts';
import { type Invocation, type LambdaContext, runInvocation } from './lambda-run.ts';

const environment = parseEnvironment(aggregatorEnvironment, process.env);
const definition = definitionBeside(environment.DEFINITION_FILE);
const clients = { dynamoDb: dynamoDbClient(), s3: s3Client(), cloudWatch: cloudWatchClient() };

/** The functions that count large exports have all the time that a function can have. */
const CHILD_TIMEOUT_SECONDS = 900;

/**
 * The Aggregator Lambda: counts the export that an event or a person points at, and publishes its numbers; or, where
 * that is too large for one function, has it done in pieces.
 * @param event see schemas/object-created-event.ts
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<AggregatedExport | StartedLargeExport> =>
  await runInvocation('daytally-aggregator', context, RESERVED_MILLIS, (invocation) =>
    handleTrigger(event, {
      tableArn: environment.TABLE_ARN,
      portsFor: (bucket) => aggregationPorts(clients, { environment, definition }, bucket, invocation.signal),
      startElsewhere: (...whatAndWhere) => startElsewhere(...whatAndWhere, context, invocation),
      run: {
        runId: context.awsRequestId,
        startedAt: new Date(),
        codeVersion: environment.CODE_VERSION,
        now: () => new Date(),
        remainingMillis: () => context.getRemainingTimeInMillis(),
        log: invocation.log,
      },
    }),
  );

async function startElsewhere(
  files: ExportFiles,
  manifestKey: string,
  trigger: AggregationTrigger,
  context: LambdaContext,
  { log, signal }: Invocation,
): Promise<StartedLargeExport | undefined> {
  const stateMachineArn = environment.LARGE_EXPORT_STATE_MACHINE_ARN;
  if (stateMachineArn === undefined) return undefined;
  const started = await startIfLarge(
    { files, starter: new StateMachineStarter(stateMachineArn, signal) },
    {
      manifestKey,
      trigger: ('sequencer' in trigger && trigger.sequencer) || context.awsRequestId,
      force: isForced(trigger),
      inline: {
        memoryMb: environment.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
        timeoutSeconds: context.getRemainingTimeInMillis() / 1000,
      },
      child: { memoryMb: environment.LARGE_EXPORT_MEMORY_MB, timeoutSeconds: CHILD_TIMEOUT_SECONDS },
    },
  );
  if (started !== undefined) log.step('started elsewhere', { ...started });
  return started;
}
