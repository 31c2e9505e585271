import { DAYS_PER_WEEK } from '../domain/utc-day.ts';
import type { DayValue } from './comparison.ts';

/** With fewer of the seven the mean would follow the weekdays that it has. */
const FEWEST_KNOWN = 5;

/**
 * For each of consecutive days the mean of the seven that end with it: it has each weekday once, so that the swing of
 * the week is gone. Null on a day without a number, where too few are known, and where some are lower bounds and some
 * exact, or the metric meant something else: a mean of both would draw a slope where there is only another way to count.
 */
export const weekMeans = (days: readonly DayValue[]): (number | null)[] =>
  days.map(({ value, quality, meaning }, index) => {
    if (value === null) return null;
    const week = days.slice(Math.max(0, index - DAYS_PER_WEEK + 1), index + 1).filter((day) => day.value !== null);
    if (week.length < FEWEST_KNOWN) return null;
    if (week.some((day) => day.quality !== quality || day.meaning !== meaning)) return null;
    return week.reduce((sum, day) => sum + (day.value ?? 0), 0) / week.length;
  });
