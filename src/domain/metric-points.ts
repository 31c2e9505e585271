import type { Metric } from './definition.ts';
import { asNumber, type Summary, valueIn } from './summary.ts';
import { MILLIS_PER_DAY, noonOf, type UtcDay } from './utc-day.ts';

/** One value for CloudWatch: unit Count, dimension `App`. */
export interface MetricPoint {
  readonly name: string;
  readonly app: string;
  readonly value: number;
  /**
   * The day's 12:00:00.000 UTC, epoch milliseconds. Not its midnight: a point that is 24 hours old when it is sent takes
   * CloudWatch up to two days to show, a younger one up to two hours.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
   */
  readonly timestamp: number;
}

/**
 * CloudWatch takes points that are up to two weeks old.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html
 */
export const MAX_POINT_AGE_DAYS = 14;

/** Whether CloudWatch still takes points of this day. */
export const isPublishable = (day: UtcDay, nowMillis: number): boolean =>
  noonOf(day) >= nowMillis - MAX_POINT_AGE_DAYS * MILLIS_PER_DAY;

/** The values of one app and day that differ from what was published before; of what cannot be told there is no point. */
export const changedPoints = (
  metrics: readonly Metric[],
  { day, app }: { readonly day: UtcDay; readonly app: string },
  summary: Summary,
  published: Summary | undefined,
): MetricPoint[] =>
  metrics
    .filter(({ id }) => valueIn(summary, id) !== valueIn(published, id))
    .flatMap(({ id, cloudWatch }) => {
      const value = asNumber(valueIn(summary, id));
      return value === null ? [] : [{ name: cloudWatch, app, value, timestamp: noonOf(day) }];
    });
