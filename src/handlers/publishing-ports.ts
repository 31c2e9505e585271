import { cloudWatchClient, dynamoDbClient, s3Client } from '../adapters/aws/clients.ts';
import { CloudWatchPublisher } from '../adapters/aws/cloudwatch-publisher.ts';
import { DynamoDbStore } from '../adapters/aws/dynamodb-store.ts';
import type { DetailTarget } from '../adapters/aws/parquet-detail.ts';
import { S3Files } from '../adapters/aws/s3-files.ts';
import { parseEnvironment, publisherEnvironment } from '../schemas/environment.ts';

const environment = parseEnvironment(publisherEnvironment, process.env);
const dynamoDb = dynamoDbClient();
const cloudWatch = cloudWatchClient();

export const s3 = s3Client();

export const codeVersion = environment.CODE_VERSION;

/** Where numbers go, however they were counted. */
export function publishingPorts(signal: AbortSignal) {
  const publisher = new CloudWatchPublisher({ client: cloudWatch, namespace: environment.METRICS_NAMESPACE, signal });
  const detail: DetailTarget = {
    files: new S3Files(s3, environment.DETAIL_BUCKET_NAME ?? environment.BUCKET_NAME, signal),
    prefix: environment.DETAIL_PREFIX,
  };
  const store = new DynamoDbStore({ client: dynamoDb, tableName: environment.ANALYTICS_TABLE_NAME, detail, signal });
  return { store, publisher, operations: publisher, detail };
}
