import { isSameCount, type Provenance } from './provenance.ts';
import type { RecordCounts } from './record-counts.ts';
import { isZero, type Summary } from './summary.ts';
import type { DateText } from './utc-day.ts';

/**
 * The Analytics Table's note that a day is finished, one a day, written after everything else.
 * A day without it has not been finished; a day with it and no apps was quiet.
 */
export interface LedgerEntry extends Provenance {
  readonly date: DateText;
  /** The days that the export spoke for, both inclusive. */
  readonly window: { readonly from: DateText | null; readonly to: DateText };
  readonly manifest: { readonly bucket: string; readonly key: string; readonly md5: string };
  /** Of the whole export, not of this day alone. */
  readonly records: RecordCounts;
  /** Of the whole export; null where they cannot be told apart. */
  readonly outside: OutsideRecords | null;
  readonly rejectsByReason: Readonly<Record<string, number>>;
  readonly bytesRead: number;
  /** The numbers of an app in which nothing happened: which metrics were counted, and which the export cannot tell (null). */
  readonly nothing: Summary;
  /** Every app's numbers of this day as published, with explicit zeros for apps that were lately seen. */
  readonly apps: ReadonlyMap<string, Summary>;
  /** Metric values of this day that CloudWatch no longer takes, being older than 14 days. */
  readonly notPublished: number;
  /** How many apps of the day may have had values in CloudWatch; null where there was no bound. */
  readonly maxPublishedApps: number | null;
  readonly codeVersion: string;
  /** Names the invocation: a retry of it goes on where it stopped. */
  readonly runId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly writtenAt: string;
  /** What stood here before, where another export wrote it. */
  readonly replaced: ReplacedEntry | null;
  readonly expiresAt: number;
}

/** The records outside the window, told apart as domain/outside-window says. */
export interface OutsideRecords {
  readonly touched: number;
  readonly early: number;
  readonly older: number;
  readonly late: Readonly<Record<DateText, number>>;
}

/** Records of days before the window that no export of those days has held; null where that cannot be told. */
export const lateOf = (outside: OutsideRecords | null): number | null =>
  outside && Object.values(outside.late).reduce((sum, records) => sum + records, outside.older);

export interface ReplacedEntry extends Provenance {
  readonly writtenAt: string;
  readonly apps: ReadonlyMap<string, Summary>;
}

/** Which writing of an entry this is: two readings that agree in it have seen no other writing in between. */
export type EntryVersion = Pick<LedgerEntry, 'exportId' | 'runId' | 'writtenAt'>;

/** The apps in which anything happened: those that the export has counted. */
export const activeApps = ({ apps }: Pick<LedgerEntry, 'apps'>): Set<string> =>
  new Set([...apps].filter(([, summary]) => !isZero(summary)).map(([app]) => app));

/** What an entry is to say of the one that stood there: an earlier writing of the same count hands on what it says. */
export function replacedBy(mine: Provenance, before: LedgerEntry | undefined): ReplacedEntry | null {
  if (before === undefined) return null;
  const { exportId, exportType, exportTime, quality, definition, writtenAt, apps } = before;
  if (isSameCount(before, mine)) return before.replaced;
  return { exportId, exportType, exportTime, quality, definition, writtenAt, apps };
}

/** The entry that was written last: by the definition that counts now. */
export const writtenLast = (entries: readonly LedgerEntry[]): LedgerEntry | undefined =>
  entries.reduce<LedgerEntry | undefined>(
    (last, entry) => (last === undefined || entry.writtenAt > last.writtenAt ? entry : last),
    undefined,
  );
