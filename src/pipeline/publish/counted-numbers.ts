import type { Detail, ExternalDetail } from '../../domain/analytics-record.ts';
import type { CountingRules } from '../../domain/counting-rules.ts';
import type { DayWindow } from '../../domain/export-window.ts';
import type { Provenance } from '../../domain/provenance.ts';
import type { RecordCounts } from '../../domain/record-counts.ts';
import type { LedgerEntry, OutsideRecords } from '../../domain/run-ledger.ts';
import type { Summary } from '../../domain/summary.ts';
import type { UtcDay } from '../../domain/utc-day.ts';
import type { AnalyticsStore, MetricPublisher } from '../ports.ts';

/* What the publishing of an export, of a day of it and of a day's records have in common. */

/** What was counted of one app on one day. */
export interface CountedApp {
  readonly day: UtcDay;
  readonly app: string;
  readonly summary: Summary;
  /** How much room all users' entries take in an item, about. */
  readonly detailBytes: number;
  /**
   * Made only when it is about to be written: that of a whole backfill would not fit in memory twice.
   * @param isInline whether it may stay in the item, if it fits; else it may already be in files
   */
  readonly detail: (isInline: boolean) => Detail | ExternalDetail | Promise<Detail | ExternalDetail>;
}

/** All that is published of an export, however it was counted. */
export interface CountedNumbers {
  /** What was counted, and how much of it the export can tell. */
  readonly rules: CountingRules;
  readonly provenance: Provenance;
  /** When the export was complete, epoch milliseconds: no run of it can have written anything before. */
  readonly completedAt: number;
  readonly window: DayWindow;
  readonly manifest: LedgerEntry['manifest'];
  readonly records: RecordCounts;
  readonly outside: OutsideRecords | null;
  readonly rejectsByReason: Readonly<Record<string, number>>;
  readonly bytesRead: number;
  /** At most one for each day and app; days of the window without any were quiet. */
  readonly apps: readonly CountedApp[];
}

export interface PublishPorts {
  readonly store: AnalyticsStore;
  readonly publisher: MetricPublisher;
  /** How many apps a day have values in CloudWatch. */
  readonly maxPublishedApps: number;
  /** How many KB of per-user detail may stay in the items of a day; infinite where writes are billed one by one. */
  readonly inlineDetailKb: number;
}

/** The ledger as this run knows it, kept up to date as it writes. */
export type KnownLedger = Map<UtcDay, LedgerEntry>;

/** One day of an export that is to be published. */
export interface DayOfExport {
  readonly numbers: CountedNumbers;
  readonly day: UtcDay;
  readonly apps: readonly CountedApp[];
}
