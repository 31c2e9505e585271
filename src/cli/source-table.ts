import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDbExporter } from '../adapters/aws/dynamodb-exporter.ts';
import { type AwsOptions, clientOptions, exportSettings } from '../adapters/aws/installation.ts';
import type { OrderTarget } from '../pipeline/request/export-orders.ts';
import { type FailedExport, failedExports, LOOK_BACK_MILLIS } from '../pipeline/request/failed-exports.ts';

/** The table that an installation exports, as its Export function knows it. */
export interface SourceTable {
  readonly exporter: DynamoDbExporter;
  /** Where to, and how encrypted. */
  readonly target: OrderTarget;
  /** How many days the nightly run looks back. */
  readonly catchUpDays: number;
}

export async function openSourceTable(exportFunctionName: string, options: AwsOptions): Promise<SourceTable> {
  const settings = await exportSettings(exportFunctionName, options);
  const { TABLE_ARN: tableArn, BUCKET_NAME: bucket } = settings;
  return {
    exporter: new DynamoDbExporter({ client: new DynamoDBClient(clientOptions(options)), tableArn, bucket }),
    target: { tableArn, bucket, s3Prefix: settings.S3_PREFIX, kmsKeyArn: settings.KMS_KEY_ARN },
    catchUpDays: settings.CATCH_UP_DAYS,
  };
}

/** As the nightly run looks for them: those that were asked for lately, have failed, and were not made good since. */
export const readFailedExports = async ({ exporter, target }: SourceTable): Promise<FailedExport[]> =>
  failedExports(await exporter.exportsSince(Date.now() - LOOK_BACK_MILLIS), target);
