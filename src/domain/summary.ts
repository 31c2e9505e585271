import type { CountingRules } from './counting-rules.ts';
import { addDecimals, formatDecimal, readDecimal, ZERO } from './decimal.ts';
import type { Definition, Metric } from './definition.ts';
import type { ActivityCounts, AppDay } from './tally.ts';

/**
 * One metric's number: a count; a sum as decimal text, exact; null where the export cannot tell, which is not 0.
 */
export type MetricValue = number | string | null;

/** One value per metric, by its id. */
export type Summary = Readonly<Record<string, MetricValue>>;

/** A summary's value; undefined where it has none, being of another definition. Ids may be names like `constructor`. */
export const valueIn = (summary: Summary | undefined, id: string): MetricValue | undefined =>
  summary !== undefined && Object.hasOwn(summary, id) ? summary[id] : undefined;

/** The nearest number, for graphs and for putting in order; null where there is none. */
export const asNumber = (value: MetricValue | undefined): number | null =>
  value === undefined || value === null ? null : Number(value);

/** Makes a summary by asking `value` for each metric. */
const summaryOf = (metrics: readonly Metric[], value: (metric: Metric) => MetricValue): Summary =>
  Object.fromEntries(metrics.map((metric) => [metric.id, value(metric)]));

/** Every metric's number for one app and day. */
export const summarize = ({ definition, told }: CountingRules, counts: AppDay): Summary =>
  summaryOf(definition.metrics, (metric) =>
    told[metric.activity] === true ? measured(metric, counts[metric.activity] as ActivityCounts) : null,
  );

function measured({ measure, sum }: Metric, { users, sums }: ActivityCounts): MetricValue {
  if (measure === 'distinctUsers') return users.size;
  if (sum !== null) return formatDecimal(sums[sum] ?? ZERO);
  return [...users.values()].reduce((total, times) => total + times, 0);
}

/** What nothing at all comes to: still null for what the export cannot tell. */
export const zeroSummary = ({ definition, told }: CountingRules): Summary =>
  summaryOf(definition.metrics, ({ activity, measure }) =>
    told[activity] !== true ? null : measure === 'sum' ? '0' : 0,
  );

/** Whether nothing is known to have happened. */
export const isZero = (summary: Summary): boolean =>
  Object.values(summary).every((value) => value === null || value === 0 || value === '0');

export function equalSummaries(a: Summary, b: Summary): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => valueIn(b, id) === a[id]);
}

/** Of two parts of the same app and day that have no user in common, so that distinct users add up too. */
export const addSummaries = ({ metrics }: Pick<Definition, 'metrics'>, a: Summary, b: Summary): Summary =>
  summaryOf(metrics, ({ id }) => addValues(a[id] ?? null, b[id] ?? null));

function addValues(a: MetricValue, b: MetricValue): MetricValue {
  if (a === null || b === null) return null;
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return formatDecimal(addDecimals(readDecimal(`${a}`), readDecimal(`${b}`)));
}
