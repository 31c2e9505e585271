import type { TimeSpan } from '../../domain/export-window.ts';
import { MAX_RECOVERY_DAYS, type Recovery } from '../../domain/recovery.ts';
import { MILLIS_PER_DAY } from '../../domain/utc-day.ts';
import type {
  ExportFailure,
  ExportOrder,
  ExportStatus,
  PastExport,
  StartedExport,
  TableExporter,
} from '../../pipeline/ports.ts';
import { toExportFault } from '../aws/exporter-faults.ts';
import { layOutExport, type PlacedRecord } from './export-layout.ts';
import { type ObjectCreatedEvent, objectCreatedEvent } from './object-created.ts';
import { type AcceptedExport, factsOf, hash, iso } from './simulated-export-facts.ts';
import type { FullRecord, IncrementalRecord, OutputView, SimulatedTable } from './simulated-table.ts';

const ACCOUNT = { account: '111122223333', region: 'eu-west-2' };
const MINUTE = 60_000;
const TOKEN_LIFE_MILLIS = 8 * 60 * MINUTE;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html */
const SHORTEST_SPAN_MILLIS = 15 * MINUTE;
const LONGEST_SPAN_MILLIS = MILLIS_PER_DAY;
/** However small: what an export of ten items takes. */
const EXPORT_TAKES_MILLIS = 10 * MINUTE;

/** A bucket to write to. */
export interface ObjectWriter {
  /** Its name. */
  readonly bucket: string;
  put(key: string, bytes: Uint8Array): Promise<void>;
}

export interface ExporterOptions {
  readonly table: SimulatedTable;
  /** What it refuses by an error of S3's, such as `NoSuchBucket` or `AccessDenied`, fails the export. */
  readonly bucket: ObjectWriter;
  readonly tableArn: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** When point-in-time recovery was turned on, epoch milliseconds. */
  readonly recoverableSince: number;
  /** How many days the table's owner has recovery keep. */
  readonly recoveryPeriodDays?: number;
  /** Told of every object once it is written, in order; as on AWS, nothing waits for what comes of it. */
  readonly onObjectCreated: (event: ObjectCreatedEvent) => void;
  /** Data files of an export. */
  readonly partitions?: number;
  readonly outputView?: OutputView;
}

interface Accepted extends AcceptedExport {
  readonly failure: ExportFailure | undefined;
}

/**
 * Exports a simulated table into a bucket, as DynamoDB exports to S3: what cannot be exported is refused, and with the
 * same errors; what cannot be written is accepted and fails minutes later. The objects are there as soon as it has started.
 */
export class SimulatedExporter implements TableExporter {
  readonly #options: ExporterOptions;
  readonly #accepted: Accepted[] = [];

  constructor(options: ExporterOptions) {
    this.#options = options;
  }

  async recovery(): Promise<Recovery> {
    const { now, recoverableSince, recoveryPeriodDays: periodDays = MAX_RECOVERY_DAYS } = this.#options;
    return { earliest: Math.max(recoverableSince, now() - periodDays * MILLIS_PER_DAY), periodDays };
  }

  /**
   * A client token that was used within eight hours starts nothing again.
   * @throws PipelineFault where DynamoDB would refuse the order, which uses up no token
   */
  async startExport(order: ExportOrder): Promise<StartedExport> {
    const { tableArn, bucket } = this.#options;
    try {
      const made = this.#madeBefore(order);
      if (made !== undefined) return { ...this.#stateOf(made), exportArn: made.exportArn, alreadyStarted: true };
      requireExportable(order, await this.recovery(), this.#options.now());
    } catch (error) {
      throw toExportFault(error, { tableArn, bucket: bucket.bucket });
    }
    const { exportArn } = await this.#export(order);
    return { exportArn, status: 'IN_PROGRESS', alreadyStarted: false };
  }

  async exportsSince(since: number): Promise<PastExport[]> {
    const recent = this.#accepted.filter(({ startedAt }) => startedAt >= since);
    return recent.toReversed().map((accepted) => ({
      ...this.#stateOf(accepted),
      exportArn: accepted.exportArn,
      keyPrefix: accepted.order.keyPrefix,
      startedAt: accepted.startedAt,
    }));
  }

  #madeBefore(order: ExportOrder): Accepted | undefined {
    const alive = this.#options.now() - TOKEN_LIFE_MILLIS;
    const made = this.#accepted.findLast(
      (past) => past.order.clientToken === order.clientToken && past.startedAt > alive,
    );
    if (made === undefined || JSON.stringify(made.order) === JSON.stringify(order)) return made;
    throw refusal('ExportConflictException', 'Duplicate request detected');
  }

  #stateOf({ endsAt, failure }: Accepted): { status: ExportStatus; failure?: ExportFailure } {
    if (this.#options.now() < endsAt) return { status: 'IN_PROGRESS' };
    return failure === undefined ? { status: 'COMPLETED' } : { status: 'FAILED', failure };
  }

  async #export(order: ExportOrder): Promise<Accepted> {
    const { tableArn, bucket, partitions = 8, outputView = 'NEW_AND_OLD_IMAGES' } = this.#options;
    const startedAt = this.#options.now();
    const exportId = `${`${startedAt}`.padStart(14, '0')}-${hash(order.clientToken).slice(0, 8)}`;
    const wanted = {
      ...{
        exportArn: `${tableArn}/export/${exportId}`,
        order,
        tableArn,
        bucket: bucket.bucket,
        partitions,
        outputView,
      },
      ...{ startedAt, endsAt: startedAt + EXPORT_TAKES_MILLIS },
    };
    const accepted = { ...wanted, failure: await this.#write(wanted) };
    this.#accepted.push(accepted);
    return accepted;
  }

  /** @returns what has kept it from being written whole */
  async #write(accepted: AcceptedExport): Promise<ExportFailure | undefined> {
    const { bucket, onObjectCreated } = this.#options;
    for (const object of layOutExport(factsOf(accepted), this.#records(accepted))) {
      try {
        await bucket.put(object.key, object.bytes);
      } catch (error) {
        return failureBy(error);
      }
      onObjectCreated(objectCreatedEvent(bucket.bucket, object, accepted.endsAt, ACCOUNT));
    }
    return undefined;
  }

  *#records({ order: { span }, startedAt, outputView }: AcceptedExport): Generator<PlacedRecord> {
    const { table } = this.#options;
    const records: Iterable<FullRecord | IncrementalRecord> =
      span === undefined ? table.fullExport(startedAt) : table.incrementalExport(span, outputView);
    for (const record of records) {
      const item = 'Item' in record ? record.Item : record.Keys;
      yield { partitionKey: JSON.stringify(item[table.shape.keys[0]]), record };
    }
  }
}

/** DynamoDB names a failure by the error of S3 or KMS behind it. */
function failureBy(error: unknown): ExportFailure {
  if (!(error instanceof Error) || !/^(?:NoSuchBucket|AccessDenied|KMS\.)/.test(error.name)) throw error;
  return { code: `S3${error.name}`, message: error.message };
}

function requireExportable({ exportType, span }: ExportOrder, { earliest }: Recovery, now: number): void {
  if (exportType === 'INCREMENTAL_EXPORT') requireSpan(span);
  const { from, to } = span ?? { from: now, to: now };
  if (from >= earliest && to <= now) return;
  const expected = `times from ${iso(earliest)} to ${iso(now)}`;
  throw refusal('InvalidExportTimeException', `expected ${expected}, found ${iso(from)} to ${iso(to)}`);
}

function requireSpan(span: TimeSpan | undefined): void {
  if (span === undefined) throw refusal('ValidationException', 'an incremental export needs a span');
  const millis = span.to - span.from;
  if (millis >= SHORTEST_SPAN_MILLIS && millis <= LONGEST_SPAN_MILLIS) return;
  throw refusal('InvalidExportTimeException', `expected 15 minutes to 24 hours, found ${millis / MINUTE} minutes`);
}

const refusal = (name: string, message: string): Error => Object.assign(new Error(message), { name });
