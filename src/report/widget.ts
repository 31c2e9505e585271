import { RETENTION_DAYS } from '../domain/analytics-record.ts';
import type { Metric } from '../domain/definition.ts';
import { DAYS_PER_WEEK, dayOfMillis, type UtcDay } from '../domain/utc-day.ts';

/** A span of days, both inclusive. */
export interface DaySpan {
  readonly from: UtcDay;
  readonly to: UtcDay;
}

/**
 * The finished days that a dashboard's time range asks for: never today, at least a week (a dashboard that shows the last
 * three hours would show nothing), and no more than are kept.
 * @param range epoch milliseconds
 */
export function daysOfRange(range: { readonly start: number; readonly end: number }, now: number): DaySpan {
  const yesterday = dayOfMillis(now) - 1;
  const to = Math.min(yesterday, Math.max(dayOfMillis(range.end - 1), yesterday - RETENTION_DAYS + DAYS_PER_WEEK));
  const from = Math.max(dayOfMillis(range.start), yesterday - RETENTION_DAYS + 1);
  return { from: Math.min(from, to - DAYS_PER_WEEK + 1), to };
}

/** What the dashboard's editor shows of the widget's parameters. */
export const widgetDescription = (metrics: readonly Pick<Metric, 'id'>[]): string => `## Daytally: history

Daily product metrics from the Analytics Table: up to ${RETENTION_DAYS} days, without the limits of CloudWatch metrics (no points
older than two weeks, new ones shown after up to two hours, those of past days after up to two days). Follows the dashboard's time range, at least a week, and its
theme; a widget less than 500 pixels high shows the charts alone.

### Parameters
Param | Description
---|---
**app** | Only this app; by default all
**metric** | Only this metric: ${metrics.map(({ id }) => `\`${id}\``).join(', ')}; by default all

### Example
\`\`\` yaml
app: chess
metric: ${metrics[0]?.id}
\`\`\`
`;
