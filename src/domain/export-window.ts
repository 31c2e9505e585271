import { dayOfMillis, MILLIS_PER_DAY, midnightOf, type UtcDay } from './utc-day.ts';

/**
 * The UTC days that an export speaks for, both inclusive.
 * `from` is null where there is no first day (a full export without a start date);
 * `from` after `to` is an export that covers no whole day.
 */
export interface DayWindow {
  readonly from: UtcDay | null;
  readonly to: UtcDay;
}

/** A span of time in epoch milliseconds, `from` inclusive, `to` exclusive, as DynamoDB's export windows are. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Incremental exports: the days that lie wholly inside the span. A day cut in two would be counted in part. */
export const wholeDaysIn = ({ from, to }: TimeSpan): DayWindow => ({
  from: Math.ceil(from / MILLIS_PER_DAY),
  to: Math.floor(to / MILLIS_PER_DAY) - 1,
});

/** Full exports: from the start date, if any, to the last day that was over when the export's state was taken. */
export const daysBefore = (exportTimeMillis: number, startDay: UtcDay | null): DayWindow => ({
  from: startDay,
  to: dayOfMillis(exportTimeMillis) - 1,
});

/** What two windows have in common. */
export const intersect = (a: DayWindow, b: { from?: UtcDay | undefined; to?: UtcDay | undefined }): DayWindow => ({
  from: a.from === null ? (b.from ?? null) : Math.max(a.from, b.from ?? a.from),
  to: Math.min(a.to, b.to ?? a.to),
});

export const contains = ({ from, to }: DayWindow, day: UtcDay): boolean => day <= to && (from === null || day >= from);

export const isEmpty = ({ from, to }: DayWindow): boolean => from !== null && from > to;

/** The day that a span is, or null where it is not one whole UTC day. */
export const dayOfSpan = ({ from, to }: TimeSpan): UtcDay | null =>
  from % MILLIS_PER_DAY === 0 && to - from === MILLIS_PER_DAY ? dayOfMillis(from) : null;

/** The span of one whole UTC day: [00:00, 24:00). */
export const spanOfDay = (day: UtcDay): TimeSpan => ({ from: midnightOf(day), to: midnightOf(day + 1) });

/** Which days to ask exports for, oldest first, and which can no longer be had. */
export interface ExportPlan {
  readonly days: readonly UtcDay[];
  /** Days that began before point-in-time recovery reaches back: no exact export of them exists any more. */
  readonly lost: readonly UtcDay[];
}

/** Splits wanted days into those that point-in-time recovery still covers from their first moment, and lost ones. */
export const planDays = (wanted: readonly UtcDay[], earliestRestorableMillis: number): ExportPlan => ({
  days: wanted.filter((day) => midnightOf(day) >= earliestRestorableMillis),
  lost: wanted.filter((day) => midnightOf(day) < earliestRestorableMillis),
});
