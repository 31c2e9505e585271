import type { Quality } from '../domain/provenance.ts';
import type { DateText } from '../domain/utc-day.ts';

/** So many of the same weekday before a day tell what is usual on it. */
export const WEEKS_COMPARED = 4;

/** Of a smaller number a percentage says nothing: a single one more or less is already several percent. */
const SMALLEST_FOR_SHARE = 30;

/** So many standard deviations a change lies outside of what chance does, with a probability of about 95 %. */
const DEVIATIONS_BEYOND_CHANCE = 2;

/** A number of one day, as far as it is known. */
export interface DayValue {
  readonly date: DateText;
  /** Null where the day has no number. */
  readonly value: number | null;
  /** Undefined where the day has not been finished. */
  readonly quality: Quality | undefined;
  /** What the metric meant when it was counted: see meaning.ts. */
  readonly meaning: string | undefined;
}

/** What a number is measured by: the mean of the last days of the same weekday. */
export interface Usual {
  readonly mean: number;
  /** The days that it is the mean of, the latest first: 1 to {@link WEEKS_COMPARED}. */
  readonly dates: readonly DateText[];
  /** How far a day may be expected to stray from the mean: one standard deviation. */
  readonly deviation: number;
}

/** A day's number, and what is usual on its weekday. */
export interface Comparison {
  readonly date: DateText;
  readonly value: number;
  /**
   * Null where there is nothing to compare with. Only exact numbers of the same meaning are compared: beside a lower bound, which is too low
   * by an unknown part, every exact number looks like growth.
   */
  readonly usual: Usual | null;
}

export interface Change {
  readonly difference: number;
  /** The difference as a part of what is usual; null where that is so small that its parts say nothing. */
  readonly share: number | null;
  /** `level` where the change is no more than chance does. */
  readonly direction: 'up' | 'down' | 'level';
}

/** @param before the days of the same weekday before, the latest first */
export function compare(day: DayValue, before: readonly DayValue[]): Comparison | null {
  if (day.value === null) return null;
  const known = before.flatMap(({ date, value, quality, meaning }) =>
    value !== null && quality === 'exact' && meaning === day.meaning ? [{ date, value }] : [],
  );
  return { date: day.date, value: day.value, usual: day.quality === 'exact' ? usualOf(known) : null };
}

function usualOf(days: readonly { readonly date: DateText; readonly value: number }[]): Usual | null {
  if (days.length === 0) return null;
  const mean = days.reduce((sum, { value }) => sum + value, 0) / days.length;
  const squares = days.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const spread = days.length === 1 ? 0 : Math.sqrt(squares / (days.length - 1));
  // A count of independent events strays by its square root, however calm the few days before happened to be.
  const ofOneDay = Math.max(Math.sqrt(Math.abs(mean)), spread);
  return { mean, dates: days.map(({ date }) => date), deviation: ofOneDay * Math.sqrt(1 + 1 / days.length) };
}

/** How a number differs from what is usual, and whether that is more than small numbers and chance can carry. */
export function changeOf(value: number, { mean, deviation }: Usual): Change {
  const difference = value - mean;
  if (Math.abs(mean) < SMALLEST_FOR_SHARE) return { difference, share: null, direction: 'level' };
  const isChance = Math.abs(difference) <= DEVIATIONS_BEYOND_CHANCE * deviation;
  const direction = isChance ? 'level' : difference > 0 ? 'up' : 'down';
  return { difference, share: difference / Math.abs(mean), direction };
}
