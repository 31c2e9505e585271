import type { Definition, Metric } from '../domain/definition.ts';
import type { LedgerEntry } from '../domain/run-ledger.ts';
import { asNumber, type MetricValue, valueIn } from '../domain/summary.ts';
import { byKey } from '../domain/text-order.ts';
import { DAYS_PER_WEEK, type DateText, daysBetween, formatDay } from '../domain/utc-day.ts';
import { type Comparison, compare, type DayValue, WEEKS_COMPARED } from './comparison.ts';
import { meaningsOf } from './meaning.ts';
import { type Night, type NightsInput, nightsOf, type Remedy, recountsOf, remediesOf } from './nights.ts';
import { type Run, runsOf } from './runs.ts';
import { weekMeans } from './week-means.ts';

/** A metric as reports show it. */
export type ShownMetric = Pick<Metric, 'id' | 'title' | 'description'>;

/** What a report is made from: the ledger's entries of a span of days, and what is known about the nights. */
export interface ReportInput extends NightsInput {
  /** One at least: those of the definition, in its order. */
  readonly metrics: readonly ShownMetric[];
  /** Those by which days may have been counted, as far as they are known: they tell whether days can be compared. */
  readonly definitions?: readonly Definition[];
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
  /** One for each night: what it meant when the day was counted (see meaning.ts); null where it was not. */
  readonly meanings: readonly (string | null)[];
  readonly series: readonly AppSeries[];
}

/** One metric of one app over the span. */
export interface AppSeries {
  readonly app: string;
  /** One for each night: null where the day has not been finished or its export cannot tell, 0 where it was quiet. */
  readonly values: readonly (number | null)[];
  /** The same as they are stored: sums are decimal text, with all their digits. */
  readonly exact: readonly MetricValue[];
  /** One for each night: the mean of the seven days that end with it; null where too few of them are known. */
  readonly weekMeans: readonly (number | null)[];
  /** The last day of the span that has a number. */
  readonly latest: Comparison | null;
}

/** Puts a report together. Entries of the weeks before the span, where given, serve means and comparisons. */
export function buildReport(input: ReportInput): Report {
  const nights = nightsOf(input);
  const history = historyOf(input);
  const meaningOf = meaningsOf(input.definitions ?? []);
  const chosen = input.metrics.filter(({ id }) => input.metric === undefined || id === input.metric);
  const apps = appsOf(nights, chosen[0]?.id ?? '').filter((app) => input.app === undefined || app === input.app);
  return {
    from: formatDay(input.from),
    to: formatDay(input.to),
    generatedAt: new Date(input.now).toISOString(),
    nights,
    remedies: [...remediesOf(nights), ...recountsOf(nights, input)],
    apps,
    metrics: chosen.map((metric) => {
      const meanings = history.map(({ entry }) =>
        entry === undefined ? null : meaningOf(entry.definition, metric.id),
      );
      const series = apps.map((app) => seriesOf(app, metric.id, history, meanings));
      return { metric, meanings: meanings.slice(LEAD_DAYS), series };
    }),
    runs: runsOf(nights.flatMap(({ entry }) => entry ?? [])),
  };
}

/** The report without the nights before the first one: they have nothing to show. */
export function sinceFirstNight(report: Report): Report {
  const first = report.nights.findIndex(({ state }) => state !== 'before');
  const night = report.nights[first];
  if (night === undefined) return report;
  const shorten = ({ app, values, exact, weekMeans: means, latest }: AppSeries): AppSeries => ({
    app,
    values: values.slice(first),
    exact: exact.slice(first),
    weekMeans: means.slice(first),
    latest,
  });
  return {
    ...report,
    from: night.date,
    nights: report.nights.slice(first),
    metrics: report.metrics.map(({ metric, meanings, series }) => ({
      metric,
      meanings: meanings.slice(first),
      series: series.map(shorten),
    })),
  };
}

function appsOf(nights: readonly Night[], metric: string): string[] {
  const totals = new Map<string, number>();
  for (const { entry } of nights) {
    for (const [app, summary] of entry?.apps ?? []) {
      totals.set(app, (totals.get(app) ?? 0) + (asNumber(valueIn(summary, metric)) ?? 0));
    }
  }
  return [...totals].sort((a, b) => b[1] - a[1] || byKey(a, b)).map(([app]) => app);
}

/** The days of the span, and of the weeks before it with which they are compared. */
const LEAD_DAYS = WEEKS_COMPARED * DAYS_PER_WEEK;

type HistoryDay = Pick<DayValue, 'date'> & { readonly entry: LedgerEntry | undefined };

function historyOf({ entries, from, to }: ReportInput): HistoryDay[] {
  const byDate = new Map(entries.map((entry) => [entry.date, entry]));
  return daysBetween(from - LEAD_DAYS, to)
    .map(formatDay)
    .map((date) => ({ date, entry: byDate.get(date) }));
}

function seriesOf(
  app: string,
  metric: string,
  history: readonly HistoryDay[],
  meanings: readonly (string | null)[],
): AppSeries {
  const exact = history.map(({ entry }) => valueIn(entry?.apps.get(app) ?? entry?.nothing, metric) ?? null);
  const days = history.map(
    ({ date, entry }, index): DayValue => ({
      date,
      value: asNumber(exact[index]),
      quality: entry?.quality,
      meaning: meanings[index] ?? undefined,
    }),
  );
  return {
    app,
    values: days.map(({ value }) => value).slice(LEAD_DAYS),
    exact: exact.slice(LEAD_DAYS),
    weekMeans: weekMeans(days).slice(LEAD_DAYS),
    latest: latestOf(days),
  };
}

function latestOf(days: readonly DayValue[]): Comparison | null {
  const index = days.findLastIndex(({ value }) => value !== null);
  const day = days[index];
  if (day === undefined || index < LEAD_DAYS) return null;
  const weeks = Array.from({ length: WEEKS_COMPARED }, (_, week) => days[index - (week + 1) * DAYS_PER_WEEK]);
  return compare(
    day,
    weeks.flatMap((same) => same ?? []),
  );
}
