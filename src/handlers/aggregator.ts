import { cloudWatchClient, dynamoDbClient, s3Client } from '../adapters/aws/clients.ts';
import { CloudWatchPublisher } from '../adapters/aws/cloudwatch-publisher.ts';
import { DynamoDbStore } from '../adapters/aws/dynamodb-store.ts';
import { S3Files } from '../adapters/aws/s3-files.ts';
import { plainReader } from '../adapters/dynamodb-json/plain-reader.ts';
import { type AggregatedExport, type AggregationPorts, aggregateExport } from '../pipeline/aggregate-export.ts';
import { findNewestManifest } from '../pipeline/find-manifest.ts';
import { RESERVED_MILLIS } from '../pipeline/run-context.ts';
import { aggregatorEnvironment, parseEnvironment } from '../schemas/environment.ts';
import { aggregationTrigger } from '../schemas/object-created-event.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';

const environment = parseEnvironment(aggregatorEnvironment, process.env);
const dynamoDb = dynamoDbClient();
const s3 = s3Client();
const cloudWatch = cloudWatchClient();

/** A file that is being read takes about 10 MB of the function's memory, and what is counted takes the rest. */
const FILES_AT_A_TIME = 4;

/**
 * The Aggregator Lambda: counts the export that an event or a person points at, and publishes its numbers.
 * @param event see schemas/object-created-event.ts
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<AggregatedExport> =>
  await runInvocation('daytally-aggregator', context, RESERVED_MILLIS, async ({ log, signal }) => {
    const startedAt = new Date();
    const trigger = parseInput(aggregationTrigger, event, 'the event');
    const ports = portsFor(trigger.bucket, signal);
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

function portsFor(bucket: string, signal: AbortSignal): AggregationPorts {
  const publisher = new CloudWatchPublisher({ client: cloudWatch, namespace: environment.METRICS_NAMESPACE, signal });
  const detailFiles = new S3Files(s3, environment.DETAIL_BUCKET_NAME ?? environment.BUCKET_NAME, signal);
  return {
    files: new S3Files(s3, bucket, signal),
    reader: plainReader,
    concurrency: FILES_AT_A_TIME,
    store: new DynamoDbStore({
      client: dynamoDb,
      tableName: environment.ANALYTICS_TABLE_NAME,
      detail: { files: detailFiles, prefix: environment.DETAIL_PREFIX },
      signal,
    }),
    publisher,
    operations: publisher,
  };
}
