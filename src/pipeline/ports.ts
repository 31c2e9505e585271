import type { AnalyticsRecord, ExternalDetail } from '../domain/analytics-record.ts';
import type { CountingRules } from '../domain/counting-rules.ts';
import type { ObservedRecord } from '../domain/describe/observed.ts';
import type { TimeSpan } from '../domain/export-window.ts';
import type { MetricPoint } from '../domain/metric-points.ts';
import type { OperationsFigures } from '../domain/operations-metrics.ts';
import type { ExportType, Provenance } from '../domain/provenance.ts';
import type { Recovery } from '../domain/recovery.ts';
import type { EntryVersion, LedgerEntry } from '../domain/run-ledger.ts';
import type { Summary } from '../domain/summary.ts';
import type { DateText } from '../domain/utc-day.ts';
import type { NumberedParts, ProjectedRecord } from '../schemas/export-record.ts';
import type { LargeExportInput } from '../schemas/large-export.ts';

/** Asks DynamoDB for exports of the source table, and what became of them. */
export interface TableExporter {
  /**
   * How far back point-in-time recovery reaches.
   * @throws PipelineFault where it is off, with the command that turns it on
   */
  recovery(): Promise<Recovery>;
  /**
   * Starts an export, or finds the one that this very request has started before.
   * @throws PipelineFault where there is neither, with the remedy
   */
  startExport(order: ExportOrder): Promise<StartedExport>;
  /**
   * What became of the exports into this bucket that began since then, in no promised order.
   * @param since epoch milliseconds
   */
  exportsSince(since: number): Promise<PastExport[]>;
}

/** One export to ask for. */
export interface ExportOrder {
  readonly exportType: ExportType;
  /** Incremental exports only. */
  readonly span?: TimeSpan;
  /** Which images of an item a record holds; incremental exports only. */
  readonly outputView?: 'NEW_AND_OLD_IMAGES';
  /** Where in the bucket the export goes, ending in a slash; DynamoDB adds `AWSDynamoDB/<export id>/`. */
  readonly keyPrefix: string;
  /** The ARN of the KMS key that encrypts the export; where there is none, S3's own keys do, whatever the bucket's default. */
  readonly kmsKeyArn?: string;
  /** Makes the request idempotent for eight hours: 1 to 36 characters. */
  readonly clientToken: string;
}

export type ExportStatus = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

/** Why an export has failed, as DynamoDB says it. */
export interface ExportFailure {
  /** Such as `S3NoSuchBucket`. */
  readonly code: string;
  readonly message: string;
}

export interface StartedExport {
  readonly exportArn: string;
  readonly status: ExportStatus;
  /** Whether this very request had been made before. */
  readonly alreadyStarted: boolean;
  /** Of one that had been asked for before and has failed. */
  readonly failure?: ExportFailure;
}

/** An export that was asked for, by whomever. */
export interface PastExport {
  readonly exportArn: string;
  readonly status: ExportStatus;
  /** Ends in a slash, unless it is empty. */
  readonly keyPrefix: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** Of one that has failed. */
  readonly failure?: ExportFailure;
}

/** A bucket that holds exports: S3, or a directory. */
export interface ExportFiles {
  /** Its name, for messages. */
  readonly bucket: string;
  /**
   * Streams an object's bytes, whole and in order.
   * @throws MissingObject where there is no such key
   */
  stream(key: string): Promise<AsyncIterable<Uint8Array>>;
  /** All keys under a prefix, in no promised order. */
  list(prefix: string): AsyncIterable<string>;
}

/** A part of an object, in bytes: `from` inclusive, `to` exclusive. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** Where a large aggregation keeps what goes from one step to the next: objects that expire after a day. */
export interface PartialFiles {
  /** Its name, for messages. */
  readonly bucket: string;
  /** Writes an object whole, or not at all, in the place of one that may be there. */
  put(key: string, bytes: readonly Uint8Array[]): Promise<void>;
  /** @throws MissingObject where there is no such key */
  stream(key: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array>>;
}

/** Starts the aggregation of a large export, which goes on elsewhere. */
export interface LargeExportStarter {
  /**
   * @param name of the execution: 1 to 80 characters; a second one of the same name is not started
   * @returns the execution
   */
  start(name: string, input: LargeExportInput): Promise<StartedExecution>;
}

export interface StartedExecution {
  readonly executionArn: string | undefined;
  readonly alreadyStarted: boolean;
}

/** One user's counts in one app on one day. */
export interface UserCounts {
  readonly userId: string;
  /** By activity. */
  readonly counts: readonly number[];
}

/** Writes per-user detail that is too big for an item of the table: to Parquet files. */
export interface DetailWriter {
  /**
   * Writes users, sorted by id, in memory that does not grow with their number. The same users end in the same files,
   * byte by byte, as where the store moves a record's detail itself.
   */
  write(key: DetailKey, users: AsyncIterable<UserCounts>): Promise<ExternalDetail>;
}

/** Whose detail it is. */
export interface DetailKey {
  readonly date: DateText;
  readonly app: string;
  readonly exportId: string;
}

/** What a reader says of each record of a data file, exactly once. Lines are counted from 1. */
export interface RecordVisitor {
  /** A number for an app, by which {@link RecordVisitor.activity} tells it: asked for once, told for many records. */
  app(name: string): number;
  /** A number for a user, likewise. */
  user(userId: string): number;
  /**
   * A record that is one activity, its keys of their form: the usual case.
   * @returns whether the record itself is wanted as well, by {@link RecordVisitor.outside}
   */
  activity(parts: NumberedParts, line: number): boolean;
  /** A record that is several activities, all of their form; as {@link RecordVisitor.activity}. */
  activities(parts: readonly NumberedParts[], line: number): boolean;
  /** A record that was told as activities, all of them outside the window. */
  outside(record: ProjectedRecord): void;
  /** A record of any form, for others to judge. */
  record(record: ProjectedRecord, line: number): void;
  /** So many records that are no activity and have an image. */
  ignored(records: number): void;
  /** So many records that are no activity and have none. */
  deleted(records: number): void;
  malformed(line: number, reason: string): void;
}

/** What a reader says of a data file as a whole. */
export interface DataFileDigest {
  /** Lines that are not blank. */
  readonly records: number;
  /** base64 MD5 of the gzipped bytes. */
  readonly md5: string;
  readonly compressedBytes: number;
  /** After decompression. */
  readonly bytes: number;
  /** Records that the fast path handed to `JSON.parse`. */
  readonly slowPathRecords: number;
}

/** Reads one gzipped data file of DynamoDB JSON lines, in memory that does not grow with the file. */
export interface RecordReader {
  /** @throws Error of zlib where the stream is no gzip, is damaged or is cut off */
  read(gzipped: AsyncIterable<Uint8Array>, rules: CountingRules, visitor: RecordVisitor): Promise<DataFileDigest>;
}

/** What a reader of whole items says of each line of a data file. */
export interface ItemVisitor {
  record(record: ObservedRecord): void;
  /** A line that is no record of an item. */
  malformed(): void;
}

/** What a reader of whole items says of a data file. */
export interface ItemFileDigest extends Pick<DataFileDigest, 'records' | 'md5' | 'compressedBytes'> {
  /** Whether it was read to its end; else the rest is not known. */
  readonly isWhole: boolean;
}

/** Reads items with all their attributes, in memory that does not grow with the file. */
export interface ItemReader {
  /**
   * @param maxRecords after so many the rest of the file is left alone
   * @throws Error of zlib where the stream is no gzip, is damaged or is cut off
   */
  read(gzipped: AsyncIterable<Uint8Array>, visitor: ItemVisitor, maxRecords?: number): Promise<ItemFileDigest>;
}

/** A stored record without the detail behind its numbers. */
export interface RecordHeader extends Provenance {
  readonly date: DateText;
  readonly app: string;
  readonly summary: Summary;
  readonly writtenAt: string;
}

/**
 * The Analytics Table. Every write is atomic and conditional, so that any number of runs may write at a time;
 * pipeline/publish/publish-day.ts says why their end state is the same as that of one after the other.
 */
export interface AnalyticsStore {
  /** The ledger's entries of these days, those that there are, in no promised order. */
  readLedger(dates: readonly DateText[], options: { readonly consistent: boolean }): Promise<LedgerEntry[]>;
  /** Writes down by which definition numbers are counted, for whoever reads them. */
  noteDefinition(): Promise<void>;
  /** The records of one day, read consistently. */
  readHeaders(date: DateText): Promise<RecordHeader[]>;
  /**
   * Writes a record by the rule of precedence (domain/provenance), unless forced.
   * `outranked`: what stands there is better and was left alone.
   */
  putRecord(record: AnalyticsRecord, options: { readonly force: boolean }): Promise<'written' | 'outranked'>;
  /** Writes a record in the place of the one that was read; `changed`: another stands there now and was left alone. */
  replaceRecord(record: AnalyticsRecord, read: RecordHeader): Promise<WriteOutcome>;
  /** Writes an entry in the place of the one that was read, or of none; `changed`: another stands there now. */
  putLedger(entry: LedgerEntry, read: EntryVersion | undefined): Promise<WriteOutcome>;
}

export type WriteOutcome = 'written' | 'changed';

/** Where per-user detail goes that is too big for an item of the table: S3, or a directory. */
export interface DetailFiles {
  readonly bucket: string;
  /** Puts an object, in the place of any other under the key. */
  put(key: string, bytes: Uint8Array): Promise<void>;
}

/** Where metrics go. Publishing a value again must do no harm: graphs show `Maximum`. */
export interface MetricPublisher {
  publish(points: readonly MetricPoint[]): Promise<void>;
}

/** How the work goes: some rows of domain/operations-metrics, stamped now, for alarms. */
export interface OperationsPublisher {
  tell(figures: OperationsFigures): Promise<void>;
}

/** One line a step: what was done, how much of it and how long it took. Never user ids or contents of records. */
export interface StepLog {
  step(message: string, fields: Readonly<Record<string, unknown>>): void;
  /** As a warning: it was done, but somebody should look at it. */
  doubt(message: string, fields: Readonly<Record<string, unknown>>): void;
}
