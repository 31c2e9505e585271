import {
  DescribeContinuousBackupsCommand,
  type DynamoDBClient,
  type ExportDescription,
  ExportTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { PipelineFault } from '../../pipeline/faults.ts';
import type { ExportOrder, StartedExport, TableExporter } from '../../pipeline/ports.ts';
import { abortable, sendOptions } from './abortable.ts';
import { isConflict, nameOfTable, toExportFault, withoutRecovery } from './exporter-faults.ts';

export interface DynamoDbExporterOptions {
  readonly client: DynamoDBClient;
  readonly tableArn: string;
  readonly bucket: string;
  /** Ends all waiting, retries included. */
  readonly signal?: AbortSignal | undefined;
}

/** An export that began longer ago than this was asked for before: clocks differ by less. */
const JUST_STARTED_MILLIS = 10_000;

/** Exports of a table in DynamoDB. */
export class DynamoDbExporter implements TableExporter {
  constructor(private readonly options: DynamoDbExporterOptions) {}

  async earliestRestorable(): Promise<number> {
    const { client, signal, tableArn } = this.options;
    const describe = new DescribeContinuousBackupsCommand({ TableName: nameOfTable(tableArn) });
    const { ContinuousBackupsDescription: backups } = await abortable(
      client.send(describe, sendOptions(signal)),
      signal,
    ).catch((error: unknown) => {
      throw toExportFault(error, this.options);
    });
    const recovery = backups?.PointInTimeRecoveryDescription;
    const earliest = recovery?.EarliestRestorableDateTime;
    if (recovery?.PointInTimeRecoveryStatus === 'ENABLED' && earliest !== undefined) return earliest.getTime();
    throw withoutRecovery(tableArn);
  }

  async startExport(order: ExportOrder): Promise<StartedExport> {
    const { client, signal } = this.options;
    const askedAt = Date.now();
    try {
      const command = new ExportTableToPointInTimeCommand(this.#toInput(order));
      const { ExportDescription: description } = await abortable(client.send(command, sendOptions(signal)), signal);
      return toStarted(description, askedAt);
    } catch (error) {
      if (isConflict(error)) return { exportArn: undefined, alreadyStarted: true };
      throw toExportFault(error, this.options);
    }
  }

  #toInput({ exportType, span, keyPrefix, clientToken }: ExportOrder) {
    return {
      TableArn: this.options.tableArn,
      S3Bucket: this.options.bucket,
      // DynamoDB puts a slash between the prefix and `AWSDynamoDB/` itself.
      S3Prefix: keyPrefix.replace(/\/$/, ''),
      ExportFormat: 'DYNAMODB_JSON' as const,
      ExportType: exportType,
      ClientToken: clientToken,
      ...(span === undefined
        ? {}
        : {
            IncrementalExportSpecification: {
              ExportFromTime: new Date(span.from),
              ExportToTime: new Date(span.to),
              ExportViewType: 'NEW_AND_OLD_IMAGES' as const,
            },
          }),
    };
  }
}

/** A request that has been made before is answered with the export that it started then. */
function toStarted(description: ExportDescription | undefined, askedAt: number): StartedExport {
  const { ExportArn: exportArn, ExportStatus, FailureCode, FailureMessage, StartTime } = description ?? {};
  if (ExportStatus === 'FAILED') {
    throw new PipelineFault({
      what: 'the export has failed',
      ...(exportArn === undefined ? {} : { where: exportArn }),
      found: `${FailureCode}: ${FailureMessage}`,
      remedy: 'mend what it names; the same window can be asked for again eight hours after the first time',
    });
  }
  return { exportArn, alreadyStarted: StartTime !== undefined && StartTime.getTime() < askedAt - JUST_STARTED_MILLIS };
}
