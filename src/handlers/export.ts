import { cloudWatchClient, dynamoDbClient } from '../adapters/aws/clients.ts';
import { CloudWatchPublisher } from '../adapters/aws/cloudwatch-publisher.ts';
import { DynamoDbExporter } from '../adapters/aws/dynamodb-exporter.ts';
import { LedgerReader } from '../adapters/aws/ledger-reader.ts';
import type { RequestedExports } from '../pipeline/request/request-exports.ts';
import { exportEnvironment, parseEnvironment } from '../schemas/environment.ts';
import { handleExportRequest } from './handle-export-request.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';

const environment = parseEnvironment(exportEnvironment, process.env);
const client = dynamoDbClient();
const cloudWatch = cloudWatchClient();

/** Enough to name the exports that could not be asked for. */
const RESERVED_MILLIS = 3000;

/**
 * The Export Lambda: asks DynamoDB for the exports that tonight, or a person, wants.
 * @param event see schemas/export-request.ts
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<RequestedExports> =>
  await runInvocation('daytally-export', context, RESERVED_MILLIS, async ({ log, signal }) => {
    const { TABLE_ARN: tableArn, BUCKET_NAME: bucket, ANALYTICS_TABLE_NAME: tableName } = environment;
    const ports = {
      exporter: new DynamoDbExporter({ client, tableArn, bucket, signal }),
      store: new LedgerReader({ client, tableName, signal }),
      operations: new CloudWatchPublisher({ client: cloudWatch, namespace: environment.METRICS_NAMESPACE, signal }),
    };
    return await handleExportRequest(event, ports, {
      tableArn,
      bucket,
      s3Prefix: environment.S3_PREFIX,
      kmsKeyArn: environment.KMS_KEY_ARN,
      catchUpDays: environment.CATCH_UP_DAYS,
      requestId: context.awsRequestId,
      now: new Date(),
      log,
    });
  });
