import { DescribeExportCommand, DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PipelineFault } from '../../pipeline/faults.ts';

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
  const { ExportDescription: description } = await client.send(new DescribeExportCommand({ ExportArn: exportArn }));
  if (description?.ExportStatus !== 'FAILED') return;
  throw new PipelineFault({
    what: 'the export has failed',
    where: exportArn,
    found: `${description.FailureCode}: ${description.FailureMessage}`,
    remedy: 'mend what it names, and ask again',
  });
}
