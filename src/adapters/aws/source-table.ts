import { DescribeExportCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { exportFailed } from '../../pipeline/request/failed-exports.ts';
import { failureOf } from './export-description.ts';

/** How big a table is; DynamoDB counts anew about every six hours. */
export interface TableSize {
  readonly bytes: number;
  readonly items: number;
}

export async function sizeOfTable(client: DynamoDBClient, tableArn: string): Promise<TableSize> {
  const { Table: table } = await client.send(new DescribeTableCommand({ TableName: tableArn }));
  return { bytes: table?.TableSizeBytes ?? 0, items: table?.ItemCount ?? 0 };
}

/**
 * Looks whether an export is still on its way or complete.
 * @throws PipelineFault where it has failed
 */
export async function ensureNotFailed(client: DynamoDBClient, exportArn: string): Promise<void> {
  const { ExportDescription: description = {} } = await client.send(
    new DescribeExportCommand({ ExportArn: exportArn }),
  );
  const { failure } = failureOf(description);
  if (failure === undefined) return;
  const { S3Bucket: bucket = 'of the export', S3SseKmsKeyId: kmsKeyArn } = description;
  throw exportFailed(exportArn, failure, { bucket, kmsKeyArn });
}
