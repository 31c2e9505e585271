import { metrics, type StoredShape, type Summary } from './metrics.ts';
import type { Provenance } from './provenance.ts';
import { type AppDay, type CountPerUser, summarize } from './tally.ts';
import { byKey, compareText } from './text-order.ts';
import type { DateText } from './utc-day.ts';

/** What is kept behind a metric: sorted user ids, a count per user, or the bare number. */
export type DetailValue = readonly string[] | CountPerUser | number;

/** For each metric the attribute that its row in the table of metrics names. */
export type Detail = Readonly<Record<string, DetailValue>>;

/** Detail that is too big for an item of the table (400 KB): where it is kept instead. */
export interface ExternalDetail {
  readonly bucket: string;
  /** Parquet files with the columns userId, games, partiesCreated; no user stands in two of them. */
  readonly keys: readonly string[];
  /** How many users they hold. */
  readonly users: number;
}

/** How long stored numbers live after they are written; CloudWatch keeps a metric as long. */
export const RETENTION_DAYS = 455;

/** One app's numbers of one day, as they are stored: exactly one record per (date, app). */
export interface AnalyticsRecord extends Provenance {
  readonly date: DateText;
  readonly app: string;
  readonly summary: Summary;
  readonly detail: Detail | ExternalDetail;
  /** When it was written, ISO 8601. */
  readonly writtenAt: string;
  /** DynamoDB's time to live: epoch seconds, {@link RETENTION_DAYS} after the write. */
  readonly expiresAt: number;
}

/** When something written now is to expire, in epoch seconds. */
export const expiryOf = (writtenAt: Date): number => Math.floor(writtenAt.getTime() / 1000) + RETENTION_DAYS * 86_400;

/** One app's numbers of one day, and what is kept behind them. */
export type Numbers = Pick<AnalyticsRecord, 'summary' | 'detail'>;

export const isExternal = (detail: Detail | ExternalDetail): detail is ExternalDetail => 'bucket' in detail;

/** The record of one app's numbers on one day. */
export const toAnalyticsRecord = (
  { date, app }: { readonly date: DateText; readonly app: string },
  { summary, detail }: Numbers,
  { exportId, exportType, exportTime, quality }: Provenance,
  writtenAt: Date,
): AnalyticsRecord => ({
  date,
  app,
  summary,
  detail,
  exportId,
  exportType,
  exportTime,
  quality,
  writtenAt: writtenAt.toISOString(),
  expiresAt: expiryOf(writtenAt),
});

const shapes: Record<StoredShape, (users: CountPerUser, total: number) => DetailValue> = {
  userIds: (users) => [...users.keys()].sort(compareText),
  countPerUser: (users) => new Map([...users].sort(byKey)),
  total: (_users, total) => total,
};

/**
 * The stored attributes behind every metric.
 * @param summary to be given where the counts are not all there: of activities whose users are not kept
 */
export function toDetail(counts: AppDay, summary: Summary = summarize(counts)): Detail {
  return Object.fromEntries(
    metrics.map(({ id, counts: type, stored }) => [stored.attribute, shapes[stored.as](counts[type], summary[id])]),
  );
}

/** An app on a day on which nothing happened in it. */
export const nothingCounted: AppDay = { session: new Map(), party: new Map(), member: new Map() };

/** The numbers that follow from what was counted. */
export const numbersOf = (counts: AppDay): Numbers => ({ summary: summarize(counts), detail: toDetail(counts) });

export const zeroNumbers: Numbers = numbersOf(nothingCounted);
