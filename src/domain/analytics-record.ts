import type { CountingRules } from './counting-rules.ts';
import type { Definition, Measure } from './definition.ts';
import type { Provenance } from './provenance.ts';
import { type MetricValue, type Summary, summarize, valueIn } from './summary.ts';
import { type ActivityCounts, type AppDay, type CountPerUser, nothingCounted } from './tally.ts';
import { byKey, compareText } from './text-order.ts';
import type { DateText } from './utc-day.ts';

/** What is kept behind a metric: sorted user ids, a count per user, or the bare number. */
export type DetailValue = readonly string[] | CountPerUser | MetricValue;

/** For each metric the attribute that the definition names for it. */
export type Detail = ReadonlyMap<string, DetailValue>;

/** Detail that is too big for an item of the table (400 KB): where it is kept instead. */
export interface ExternalDetail {
  readonly bucket: string;
  /** Parquet files with the column userId and one for each count per user; no user stands in two of them. */
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
  /** Which code has counted it. */
  readonly codeVersion: string;
  /** DynamoDB's time to live: epoch seconds, {@link RETENTION_DAYS} after the write. */
  readonly expiresAt: number;
}

/** When something written now is to expire, in epoch seconds. */
export const expiryOf = (writtenAt: Date): number => Math.floor(writtenAt.getTime() / 1000) + RETENTION_DAYS * 86_400;

/** One app's numbers of one day, and what is kept behind them. */
export type Numbers = Pick<AnalyticsRecord, 'summary' | 'detail'>;

export const isExternal = (detail: Detail | ExternalDetail): detail is ExternalDetail => !(detail instanceof Map);

/** The record of one app's numbers on one day. */
export const toAnalyticsRecord = (
  { date, app }: { readonly date: DateText; readonly app: string },
  { summary, detail }: Numbers,
  { exportId, exportType, exportTime, quality, definition }: Provenance,
  { writtenAt, codeVersion }: { readonly writtenAt: Date; readonly codeVersion: string },
): AnalyticsRecord => ({
  date,
  app,
  summary,
  detail,
  exportId,
  exportType,
  exportTime,
  quality,
  definition,
  writtenAt: writtenAt.toISOString(),
  codeVersion,
  expiresAt: expiryOf(writtenAt),
});

const shapes: Record<Measure, (counts: ActivityCounts, value: MetricValue) => DetailValue> = {
  distinctUsers: ({ users }) => [...users.keys()].sort(compareText),
  countPerUser: ({ users }) => new Map([...users].sort(byKey)),
  count: (_counts, value) => value,
  sum: (_counts, value) => value,
};

/**
 * The stored attributes behind every metric; null where the export cannot tell.
 * @param summary the counts need not all be there: not those of activities whose users are not kept
 */
export function toDetail({ metrics }: Pick<Definition, 'metrics'>, counts: AppDay, summary: Summary): Detail {
  return new Map(
    metrics.map(({ id, activity, measure, stored }) => {
      const value = valueIn(summary, id) ?? null;
      return [stored, value === null ? null : shapes[measure](counts[activity] as ActivityCounts, value)];
    }),
  );
}

/** The numbers that follow from what was counted. */
export function numbersOf(rules: CountingRules, counts: AppDay): Numbers {
  const summary = summarize(rules, counts);
  return { summary, detail: toDetail(rules.definition, counts, summary) };
}

/** The numbers of an app in which nothing happened. @param summary what that comes to */
export const zeroNumbers = (definition: Definition, summary: Summary): Numbers => ({
  summary,
  detail: toDetail(definition, nothingCounted(definition), summary),
});
