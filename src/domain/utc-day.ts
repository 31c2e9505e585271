/** A UTC calendar day as the whole number of days since 1970-01-01; from 0 to {@link LAST_DAY}. */
export type UtcDay = number;

/** A UTC calendar day as text, `YYYY-MM-DD`. */
export type DateText = string;

export const MILLIS_PER_DAY = 86_400_000;

export const DAYS_PER_WEEK = 7;

/** 9999-12-31, the last day whose year has four digits. */
export const LAST_DAY: UtcDay = 2_932_896;

/** The first millisecond that is no longer on {@link LAST_DAY}. */
export const END_OF_TIME_MILLIS = (LAST_DAY + 1) * MILLIS_PER_DAY;

/** The UTC day on which an instant (epoch milliseconds) lies. */
export const dayOfMillis = (epochMillis: number): UtcDay => Math.floor(epochMillis / MILLIS_PER_DAY);

/** The day's 00:00:00.000 UTC, in epoch milliseconds. */
export const midnightOf = (day: UtcDay): number => day * MILLIS_PER_DAY;

/** The day's 12:00:00.000 UTC, in epoch milliseconds. */
export const noonOf = (day: UtcDay): number => midnightOf(day) + MILLIS_PER_DAY / 2;

export const formatDay = (day: UtcDay): DateText => new Date(midnightOf(day)).toISOString().slice(0, 10);

/**
 * Reads `YYYY-MM-DD`.
 * @returns undefined where the text is not a day that exists between 1970-01-01 and 9999-12-31
 */
export function parseDay(text: string): UtcDay | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = dayOfMillis(Date.parse(`${text}T00:00:00Z`));
  // Date rolls the 30th of February over into March: only what reads back the same exists.
  return day >= 0 && day <= LAST_DAY && formatDay(day) === text ? day : undefined;
}

/** All days from `from` to `to`, both inclusive; none where `from` is after `to`. */
export const daysBetween = (from: UtcDay, to: UtcDay): UtcDay[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, offset) => from + offset);
