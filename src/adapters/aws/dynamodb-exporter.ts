import {
  DescribeContinuousBackupsCommand,
  DescribeExportCommand,
  type DynamoDBClient,
  ExportTableToPointInTimeCommand,
  type ExportTableToPointInTimeInput,
  paginateListExports,
} from '@aws-sdk/client-dynamodb';
import { MAX_RECOVERY_DAYS, type Recovery } from '../../domain/recovery.ts';
import { MILLIS_PER_DAY } from '../../domain/utc-day.ts';
import type { ExportOrder, PastExport, StartedExport, TableExporter } from '../../pipeline/ports.ts';
import { abortable, sendOptions } from './abortable.ts';
import { failureOf, toPastExport } from './export-description.ts';
import { namelessExport, toExportFault, withoutRecovery } from './exporter-faults.ts';

export interface DynamoDbExporterOptions {
  readonly client: DynamoDBClient;
  /** Given wherever the API takes it: a bare name is another table in another account or region. */
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

  async recovery(): Promise<Recovery> {
    const { client, tableArn, signal } = this.options;
    const describe = new DescribeContinuousBackupsCommand({ TableName: tableArn });
    const { ContinuousBackupsDescription: backups } = await this.#orFault(client.send(describe, sendOptions(signal)));
    const {
      PointInTimeRecoveryStatus: status,
      EarliestRestorableDateTime: earliest,
      RecoveryPeriodInDays: periodDays,
    } = backups?.PointInTimeRecoveryDescription ?? {};
    if (status !== 'ENABLED' || earliest === undefined) throw withoutRecovery(tableArn);
    if (periodDays === undefined) return { earliest: earliest.getTime(), periodDays: MAX_RECOVERY_DAYS };
    // Exports can be had from inside the period only, whatever may still be there from before it was shortened.
    return { earliest: Math.max(earliest.getTime(), Date.now() - periodDays * MILLIS_PER_DAY), periodDays };
  }

  async startExport(order: ExportOrder): Promise<StartedExport> {
    const { client, tableArn, signal } = this.options;
    const askedAt = Date.now();
    const command = new ExportTableToPointInTimeCommand(toInput(order, this.options));
    const { ExportDescription: description = {} } = await this.#orFault(client.send(command, sendOptions(signal)));
    const { ExportArn: exportArn, ExportStatus: status = 'IN_PROGRESS', StartTime } = description;
    if (exportArn === undefined) throw namelessExport(tableArn);
    // A request that has been made before is answered with the export that it started then.
    const alreadyStarted = StartTime !== undefined && StartTime.getTime() < askedAt - JUST_STARTED_MILLIS;
    return { exportArn, status, alreadyStarted, ...failureOf(description) };
  }

  async exportsSince(since: number): Promise<PastExport[]> {
    return await this.#orFault(this.#readExports(since));
  }

  /**
   * The list is in reverse order of the ARNs, which end in the time of the start: the first that is too old ends it.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListExports.html
   */
  async #readExports(since: number): Promise<PastExport[]> {
    const { client, tableArn, bucket, signal } = this.options;
    const found: PastExport[] = [];
    for await (const page of paginateListExports({ client }, { TableArn: tableArn }, sendOptions(signal))) {
      for (const { ExportArn } of page.ExportSummaries ?? []) {
        const describe = new DescribeExportCommand({ ExportArn });
        const { ExportDescription: description = {} } = await client.send(describe, sendOptions(signal));
        const past = toPastExport(description);
        if (past.startedAt < since) return found;
        if (description.S3Bucket === bucket) found.push(past);
      }
    }
    return found;
  }

  async #orFault<T>(answer: Promise<T>): Promise<T> {
    try {
      return await abortable(answer, this.options.signal);
    } catch (error) {
      throw toExportFault(error, this.options);
    }
  }
}

function toInput(
  { exportType, span, outputView, keyPrefix, kmsKeyArn, clientToken }: ExportOrder,
  { tableArn, bucket }: DynamoDbExporterOptions,
): ExportTableToPointInTimeInput {
  return {
    TableArn: tableArn,
    S3Bucket: bucket,
    // DynamoDB puts a slash between the prefix and `AWSDynamoDB/` itself, and refuses an empty prefix.
    ...(keyPrefix === '' ? {} : { S3Prefix: keyPrefix.replace(/\/$/, '') }),
    ...(kmsKeyArn === undefined ? {} : { S3SseAlgorithm: 'KMS', S3SseKmsKeyId: kmsKeyArn }),
    ExportFormat: 'DYNAMODB_JSON',
    ExportType: exportType,
    ClientToken: clientToken,
    ...(span === undefined
      ? {}
      : {
          IncrementalExportSpecification: {
            ExportFromTime: new Date(span.from),
            ExportToTime: new Date(span.to),
            ...(outputView === undefined ? {} : { ExportViewType: outputView }),
          },
        }),
  };
}
