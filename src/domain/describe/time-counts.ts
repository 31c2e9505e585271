import type { TimeForm } from '../definition.ts';
import type { TimeSighting } from './observed.ts';

/** A form that a single value shows; `auto` is several of them. */
export type SeenForm = Exclude<TimeForm, 'auto'>;

const DAY = 86_400_000;
/** DynamoDB deletes expired items "within a few days". */
const FEW_DAYS_MILLIS = 7 * DAY;
/** What expired longer ago than five years is not deleted. */
const FIVE_YEARS_MILLIS = 5 * 365.25 * DAY;

/** Times of one form. */
export interface TimeCounts {
  items: number;
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** How many lie before the export by more than a few days, and by more than five years. */
  longPast: number;
  ancient: number;
}

export type TimesByForm = Map<SeenForm, TimeCounts>;

/** @param now the moment that the export is of, epoch milliseconds */
export function addTime(times: TimesByForm, { form, millis }: TimeSighting, now: number): void {
  const counts = countsOf(times, form);
  counts.items++;
  if (millis < counts.from) counts.from = millis;
  if (millis > counts.to) counts.to = millis;
  if (millis < now - FEW_DAYS_MILLIS) counts.longPast++;
  if (millis < now - FIVE_YEARS_MILLIS) counts.ancient++;
}

export function mergeTimes(times: TimesByForm, other: TimesByForm): void {
  for (const [form, { items, from, to, longPast, ancient }] of other) {
    const counts = countsOf(times, form);
    counts.items += items;
    counts.from = Math.min(counts.from, from);
    counts.to = Math.max(counts.to, to);
    counts.longPast += longPast;
    counts.ancient += ancient;
  }
}

function countsOf(times: TimesByForm, form: SeenForm): TimeCounts {
  const known = times.get(form) ?? { items: 0, from: Infinity, to: -Infinity, longPast: 0, ancient: 0 };
  times.set(form, known);
  return known;
}
