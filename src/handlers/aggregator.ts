import { cloudWatchClient, dynamoDbClient, s3Client } from '../adapters/aws/clients.ts';
import { type AggregatedExport, aggregateExport } from '../pipeline/aggregate-export.ts';
import { findNewestManifest } from '../pipeline/find-manifest.ts';
import { RESERVED_MILLIS } from '../pipeline/run-context.ts';
import { aggregatorEnvironment, parseEnvironment } from '../schemas/environment.ts';
import { aggregationTrigger } from '../schemas/object-created-event.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { aggregationPorts } from './aggregation-ports.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';

const environment = parseEnvironment(aggregatorEnvironment, process.env);
const clients = { dynamoDb: dynamoDbClient(), s3: s3Client(), cloudWatch: cloudWatchClient() };

/**
 * The Aggregator Lambda: counts the export that an event or a person points at, and publishes its numbers.
 * @param event see schemas/object-created-event.ts
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<AggregatedExport> =>
  await runInvocation('daytally-aggregator', context, RESERVED_MILLIS, async ({ log, signal }) => {
    const startedAt = new Date();
    const trigger = parseInput(aggregationTrigger, event, 'the event');
    const ports = aggregationPorts(clients, environment, trigger.bucket, signal);
    const manifestKey = 'key' in trigger ? trigger.key : await findNewestManifest(ports.files, trigger.prefix);
    log.step('manifest found', { bucket: trigger.bucket, key: manifestKey });
    return await aggregateExport(ports, manifestKey, {
      runId: context.awsRequestId,
      startedAt,
      codeVersion: environment.CODE_VERSION,
      force: ('force' in trigger && trigger.force) || false,
      now: () => new Date(),
      remainingMillis: () => context.getRemainingTimeInMillis(),
      log,
    });
  });
