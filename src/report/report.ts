import type { Metric } from '../domain/definition.ts';
import type { LedgerEntry } from '../domain/run-ledger.ts';
import { asNumber, type MetricValue, valueIn } from '../domain/summary.ts';
import { byKey } from '../domain/text-order.ts';
import { type DateText, formatDay, type UtcDay } from '../domain/utc-day.ts';
import { type Night, type NightsInput, nightsOf, type Remedy, remediesOf } from './nights.ts';
import { type Run, runsOf } from './runs.ts';

/** A metric as reports show it. */
export type ShownMetric = Pick<Metric, 'id' | 'title' | 'description'>;

/** What a report is made from: the ledger's entries of a span of days, and what is known about the nights. */
export interface ReportInput extends NightsInput {
  /** One at least: those of the definition, in its order. */
  readonly metrics: readonly ShownMetric[];
  /** Only this app. */
  readonly app?: string | undefined;
  /** Only this metric. */
  readonly metric?: string | undefined;
}

/** Everything that a report shows, whatever it looks like. */
export interface Report {
  readonly from: DateText;
  readonly to: DateText;
  readonly generatedAt: string;
  /** One for each day of the span, in order; every series has one value for each. */
  readonly nights: readonly Night[];
  readonly remedies: readonly Remedy[];
  /** The largest first, by the first metric over the span. */
  readonly apps: readonly string[];
  readonly metrics: readonly MetricReport[];
  /** Those that wrote the span's numbers, the latest first. */
  readonly runs: readonly Run[];
}

export interface MetricReport {
  readonly metric: ShownMetric;
  readonly series: readonly AppSeries[];
}

/** One metric of one app over the span. */
export interface AppSeries {
  readonly app: string;
  /** One for each night: null where the day has not been finished or its export cannot tell, 0 where it was quiet. */
  readonly values: readonly (number | null)[];
  /** The same as they are stored: sums are decimal text, with all their digits. */
  readonly exact: readonly MetricValue[];
  /** One for each night: the value seven days before, on the same weekday. */
  readonly weekBefore: readonly (number | null)[];
  /** The last finished day of the span. */
  readonly latest: Comparison | null;
}

export interface Comparison {
  readonly date: DateText;
  readonly value: number;
  readonly before: { readonly date: DateText; readonly value: number } | null;
}

export const DAYS_PER_WEEK = 7;

/** Puts a report together. Entries of the week before the span, where given, serve the comparison. */
export function buildReport(input: ReportInput): Report {
  const nights = nightsOf(input);
  const entries = new Map(input.entries.map((entry) => [entry.date, entry]));
  const chosen = input.metrics.filter(({ id }) => input.metric === undefined || id === input.metric);
  const apps = appsOf(nights, chosen[0]?.id ?? '').filter((app) => input.app === undefined || app === input.app);
  return {
    from: formatDay(input.from),
    to: formatDay(input.to),
    generatedAt: new Date(input.now).toISOString(),
    nights,
    remedies: remediesOf(nights),
    apps,
    metrics: chosen.map((metric) => ({ metric, series: apps.map((app) => seriesOf(app, metric.id, nights, entries)) })),
    runs: runsOf(nights.flatMap(({ entry }) => entry ?? [])),
  };
}

/** How the part `value - before` relates to `before`; null where there is nothing to relate to. */
export const changeOf = (value: number, before: number): number | null =>
  before === 0 ? (value === 0 ? 0 : null) : (value - before) / before;

function appsOf(nights: readonly Night[], metric: string): string[] {
  const totals = new Map<string, number>();
  for (const { entry } of nights) {
    for (const [app, summary] of entry?.apps ?? []) {
      totals.set(app, (totals.get(app) ?? 0) + (asNumber(valueIn(summary, metric)) ?? 0));
    }
  }
  return [...totals].sort((a, b) => b[1] - a[1] || byKey(a, b)).map(([app]) => app);
}

function seriesOf(
  app: string,
  metric: string,
  nights: readonly Night[],
  entries: ReadonlyMap<DateText, LedgerEntry>,
): AppSeries {
  const valueOn = (day: UtcDay): MetricValue => {
    const entry = entries.get(formatDay(day));
    return valueIn(entry?.apps.get(app) ?? entry?.nothing, metric) ?? null;
  };
  const exact = nights.map(({ day }) => valueOn(day));
  const values = exact.map(asNumber);
  const weekBefore = nights.map(({ day }) => asNumber(valueOn(day - DAYS_PER_WEEK)));
  return { app, values, exact, weekBefore, latest: latestOf(nights, values, weekBefore) };
}

function latestOf(
  nights: readonly Night[],
  values: readonly (number | null)[],
  weekBefore: readonly (number | null)[],
): Comparison | null {
  const index = values.findLastIndex((value) => value !== null);
  const [night, value, before] = [nights[index], values[index], weekBefore[index]];
  if (night === undefined || typeof value !== 'number') return null;
  return {
    date: night.date,
    value,
    before: typeof before === 'number' ? { date: formatDay(night.day - DAYS_PER_WEEK), value: before } : null,
  };
}
