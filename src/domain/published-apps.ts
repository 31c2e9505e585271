import type { Metric } from './definition.ts';
import { asNumber, type Summary, valueIn } from './summary.ts';
import { compareText } from './text-order.ts';

/**
 * How many apps have metrics in CloudWatch, unless it is chosen. Each metric of each app costs $0.30 a month there, and
 * where apps are named by clients, one client could make thousands.
 * https://aws.amazon.com/cloudwatch/pricing/
 */
export const MAX_PUBLISHED_APPS = 100;

/** The apps of a day whose numbers go to CloudWatch: the largest by the first metric. All are in the table. */
export function publishedApps(
  apps: ReadonlyMap<string, Summary>,
  [first]: readonly Pick<Metric, 'id'>[],
  max: number,
): ReadonlySet<string> {
  if (apps.size <= max) return new Set(apps.keys());
  const sizeOf = (summary: Summary): number => (first === undefined ? 0 : (asNumber(valueIn(summary, first.id)) ?? 0));
  const largestFirst = [...apps].sort(([a, mine], [b, theirs]) => sizeOf(theirs) - sizeOf(mine) || compareText(a, b));
  return new Set(largestFirst.slice(0, max).map(([app]) => app));
}
