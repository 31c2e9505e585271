import { createHash } from 'node:crypto';
import type { TimeSpan } from '../../domain/export-window.ts';
import { MILLIS_PER_DAY } from '../../domain/utc-day.ts';
import { PipelineFault } from '../../pipeline/faults.ts';
import type { ExportOrder, StartedExport, TableExporter } from '../../pipeline/ports.ts';
import { type ExportFacts, layOutExport, type PlacedRecord } from './export-layout.ts';
import { type ObjectCreatedEvent, objectCreatedEvent } from './object-created.ts';
import type { FullRecord, IncrementalRecord, OutputView, SimulatedTable } from './simulated-table.ts';

const ACCOUNT = { account: '111122223333', region: 'eu-west-2' };
const MINUTE = 60_000;
const TOKEN_LIFE_MILLIS = 8 * 60 * MINUTE;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html */
const SHORTEST_SPAN_MILLIS = 15 * MINUTE;
const LONGEST_SPAN_MILLIS = MILLIS_PER_DAY;
const LONGEST_RECOVERY_MILLIS = 35 * MILLIS_PER_DAY;

/** A bucket to write to. */
export interface ObjectWriter {
  /** Its name. */
  readonly bucket: string;
  put(key: string, bytes: Uint8Array): Promise<void>;
}

export interface ExporterOptions {
  readonly table: SimulatedTable;
  readonly bucket: ObjectWriter;
  readonly tableArn: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When point-in-time recovery was turned on, epoch milliseconds. */
  readonly recoverableSince: number;
  /** Told of every object once it is written, in order; as on AWS, nothing waits for what comes of it. */
  readonly onObjectCreated: (event: ObjectCreatedEvent) => void;
  /** Data files of an export. */
  readonly partitions?: number;
  readonly outputView?: OutputView;
}

/** Exports a simulated table into a bucket, as DynamoDB exports to S3. An export is complete when it has started. */
export class SimulatedExporter implements TableExporter {
  readonly #options: ExporterOptions;
  readonly #requests = new Map<string, { at: number; order: string; exportArn: string }>();

  constructor(options: ExporterOptions) {
    this.#options = options;
  }

  async earliestRestorable(): Promise<number> {
    const { now, recoverableSince } = this.#options;
    return Math.max(recoverableSince, now() - LONGEST_RECOVERY_MILLIS);
  }

  /**
   * A client token that was used within eight hours starts nothing again.
   * @throws PipelineFault where DynamoDB would refuse the order
   */
  async startExport(order: ExportOrder): Promise<StartedExport> {
    const now = this.#options.now();
    const made = this.#madeBefore(order, now);
    if (made !== undefined) return { exportArn: made, alreadyStarted: true };
    const span = order.exportType === 'INCREMENTAL_EXPORT' ? spanOf(order) : undefined;
    requireRecoverable(span, await this.earliestRestorable(), now);
    const exportId = `${`${now}`.padStart(14, '0')}-${hash(order.clientToken).slice(0, 8)}`;
    const exportArn = `${this.#options.tableArn}/export/${exportId}`;
    await this.#write(order, span, exportId, now);
    this.#requests.set(order.clientToken, { at: now, order: JSON.stringify(order), exportArn });
    return { exportArn, alreadyStarted: false };
  }

  #madeBefore(order: ExportOrder, now: number): string | undefined {
    const made = this.#requests.get(order.clientToken);
    if (made === undefined || now - made.at >= TOKEN_LIFE_MILLIS) return undefined;
    if (made.order === JSON.stringify(order)) return made.exportArn;
    throw refusal('the client token was used for another export', `the order of ${made.exportArn}`, 'another order');
  }

  async #write(order: ExportOrder, span: TimeSpan | undefined, exportId: string, now: number): Promise<void> {
    const { bucket, onObjectCreated } = this.#options;
    const facts = this.#facts(order, span, exportId, now);
    for (const object of layOutExport(facts, this.#records(span, now))) {
      await bucket.put(object.key, object.bytes);
      onObjectCreated(objectCreatedEvent(bucket.bucket, object, now + 5 * MINUTE, ACCOUNT));
    }
  }

  *#records(span: TimeSpan | undefined, now: number): Generator<PlacedRecord> {
    const { table, outputView } = this.#options;
    const records: Iterable<FullRecord | IncrementalRecord> =
      span === undefined ? table.fullExport(now) : table.incrementalExport(span, outputView);
    for (const record of records) {
      const item = 'Item' in record ? record.Item : record.Keys;
      yield { partitionKey: JSON.stringify(item[table.shape.keys[0]]), record };
    }
  }

  #facts(order: ExportOrder, span: TimeSpan | undefined, exportId: string, now: number): ExportFacts {
    const { tableArn, bucket, partitions = 8, outputView = 'NEW_AND_OLD_IMAGES' } = this.#options;
    const common = {
      exportArn: `${tableArn}/export/${exportId}`,
      startTime: iso(now),
      endTime: iso(now + 5 * MINUTE),
      tableArn,
      tableId: hash(tableArn).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5'),
      s3Bucket: bucket.bucket,
      s3SseAlgorithm: 'AES256',
      s3SseKmsKeyId: null,
      outputFormat: 'DYNAMODB_JSON',
    };
    const summary =
      span === undefined
        ? { version: '2020-06-30', ...common, exportTime: iso(now) }
        : {
            version: '2023-08-01',
            ...common,
            exportFromTime: iso(span.from),
            exportToTime: iso(span.to),
            exportType: 'INCREMENTAL_EXPORT',
            outputView,
          };
    const s3Prefix = order.keyPrefix.replace(/\/$/, '') || null;
    return { s3Prefix, exportId, sharedData: span !== undefined, partitions, summary };
  }
}

function spanOf({ span }: ExportOrder): TimeSpan {
  if (span === undefined) throw refusal('an incremental export needs a span', 'a span', 'nothing');
  const millis = span.to - span.from;
  if (millis >= SHORTEST_SPAN_MILLIS && millis <= LONGEST_SPAN_MILLIS) return span;
  throw refusal('the span is too short or too long', '15 minutes to 24 hours', `${millis / MINUTE} minutes`);
}

function requireRecoverable(span: TimeSpan | undefined, earliest: number, now: number): void {
  const { from, to } = span ?? { from: now, to: now };
  if (from >= earliest && to <= now) return;
  const expected = `times from ${iso(earliest)} to ${iso(now)}`;
  throw refusal('point-in-time recovery does not reach there', expected, `${iso(from)} to ${iso(to)}`);
}

const refusal = (what: string, expected: string, found: string): PipelineFault =>
  new PipelineFault({ what, where: 'the simulated table', expected, found });

const iso = (millis: number): string => new Date(millis).toISOString();

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
