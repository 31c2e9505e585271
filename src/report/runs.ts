import type { RecordCounts } from '../domain/record-counts.ts';
import type { LedgerEntry } from '../domain/run-ledger.ts';
import type { DateText } from '../domain/utc-day.ts';

/** One aggregation of one export, put together from the entries that it wrote: one a day of its window. */
export interface Run {
  readonly exportId: string;
  readonly exportType: LedgerEntry['exportType'];
  /** The hash of the definition that it counted by. */
  readonly definition: string;
  /** The first and last day whose numbers it has now, and how many. */
  readonly from: DateText;
  readonly to: DateText;
  readonly days: number;
  readonly records: RecordCounts;
  readonly outside: LedgerEntry['outside'];
  /** Most frequent first. */
  readonly rejects: readonly { readonly reason: string; readonly records: number }[];
  readonly bytesRead: number;
  readonly durationMillis: number;
  /** When the last of its entries was written, ISO 8601. */
  readonly finishedAt: string;
}

/** The runs behind these entries, the latest first. */
export function runsOf(entries: readonly LedgerEntry[]): Run[] {
  const byRun = new Map<string, LedgerEntry[]>();
  for (const entry of entries) byRun.set(entry.runId, [...(byRun.get(entry.runId) ?? []), entry]);
  return [...byRun.values()].map(toRun).sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1));
}

function toRun(entries: LedgerEntry[]): Run {
  const byDate = entries.toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const [first] = byDate as [LedgerEntry, ...LedgerEntry[]];
  const finishedAt = byDate.reduce((last, { writtenAt }) => (writtenAt > last ? writtenAt : last), first.writtenAt);
  return {
    exportId: first.exportId,
    exportType: first.exportType,
    definition: first.definition,
    from: first.date,
    to: (byDate.at(-1) ?? first).date,
    days: byDate.length,
    records: first.records,
    outside: first.outside,
    rejects: Object.entries(first.rejectsByReason)
      .map(([reason, records]) => ({ reason, records }))
      .sort((a, b) => b.records - a.records || (a.reason < b.reason ? -1 : 1)),
    bytesRead: first.bytesRead,
    durationMillis: Date.parse(finishedAt) - Date.parse(first.startedAt),
    finishedAt,
  };
}
