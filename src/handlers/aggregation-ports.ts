import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import type * as z from 'zod';
import { CloudWatchPublisher } from '../adapters/aws/cloudwatch-publisher.ts';
import { DynamoDbStore } from '../adapters/aws/dynamodb-store.ts';
import { parquetDetailWriter } from '../adapters/aws/parquet-detail.ts';
import { S3Files } from '../adapters/aws/s3-files.ts';
import { simdReader } from '../adapters/dynamodb-json/simd-reader.ts';
import type { Definition } from '../domain/definition.ts';
import type { AggregationPorts } from '../pipeline/aggregate-export.ts';
import type { DetailWriter } from '../pipeline/ports.ts';
import type { publisherEnvironment } from '../schemas/environment.ts';

export interface AggregationClients {
  readonly dynamoDb: DynamoDBClient;
  readonly s3: S3Client;
  readonly cloudWatch: CloudWatchClient;
}

/** A file that is being read takes about 10 MB of the function's memory, and what is counted takes the rest. */
const FILES_AT_A_TIME = 4;

/**
 * The pipeline's ports on AWS, for one invocation.
 * @param bucket the one that the export lies in
 * @param signal ends all waiting on AWS
 */
export function aggregationPorts(
  { dynamoDb, s3, cloudWatch }: AggregationClients,
  {
    environment,
    definition,
  }: { readonly environment: z.output<typeof publisherEnvironment>; readonly definition: Definition },
  bucket: string,
  signal?: AbortSignal,
): AggregationPorts & { readonly details: DetailWriter } {
  const publisher = new CloudWatchPublisher({ client: cloudWatch, namespace: environment.METRICS_NAMESPACE, signal });
  const detail = {
    files: new S3Files(s3, environment.DETAIL_BUCKET_NAME ?? environment.BUCKET_NAME, signal),
    prefix: environment.DETAIL_PREFIX,
  };
  return {
    files: new S3Files(s3, bucket, signal),
    reader: simdReader,
    definition,
    concurrency: FILES_AT_A_TIME,
    store: new DynamoDbStore({
      client: dynamoDb,
      tableName: environment.ANALYTICS_TABLE_NAME,
      definition,
      detail,
      signal,
    }),
    details: parquetDetailWriter(definition, detail),
    publisher,
    maxPublishedApps: environment.MAX_PUBLISHED_APPS,
    inlineDetailKb: environment.INLINE_DETAIL_KB ?? Number.POSITIVE_INFINITY,
    operations: publisher,
  };
}
