import { nice, ticks } from 'd3-array';
import { utcTicks } from 'd3-time';
import { dayOfMillis, midnightOf, type UtcDay } from '../../../domain/utc-day.ts';

/** The charts' own units: stretched to the room that the page gives, so that only proportions count. */
export const CHART_WIDTH = 1000;
export const CHART_HEIGHT = 300;

const VALUE_TICKS = 4;
const DAY_TICKS = 5;

/** Where a value stands from the top, and which values the axis names. */
export interface ValueScale {
  readonly y: (value: number) => number;
  readonly ticks: readonly number[];
}

/** From zero, or from below where there is less, to a round number above the highest; whole numbers have whole ticks. */
export function valueScale(values: readonly number[]): ValueScale {
  const [lowest, highest] = [Math.min(0, ...values), Math.max(0, ...values)];
  const isWhole = values.every(Number.isInteger);
  const isFlat = lowest === highest;
  const [bottom, top] = nice(lowest, isFlat || isWhole ? Math.max(1, highest) : highest, VALUE_TICKS);
  return {
    y: (value) => CHART_HEIGHT * (1 - (value - bottom) / (top - bottom)),
    ticks: ticks(bottom, top, VALUE_TICKS).filter((tick) => !isWhole || Number.isInteger(tick)),
  };
}

/** Each day has a column of its own; a day's point stands in the middle of it. */
export interface DayScale {
  readonly left: (index: number) => number;
  readonly middle: (index: number) => number;
  /** Indices of the days that the axis names. */
  readonly ticks: readonly number[];
}

export function dayScale(from: UtcDay, days: number): DayScale {
  const columnWidth = CHART_WIDTH / days;
  const instants = utcTicks(new Date(midnightOf(from)), new Date(midnightOf(from + days - 1)), DAY_TICKS);
  return {
    left: (index) => index * columnWidth,
    middle: (index) => (index + 0.5) * columnWidth,
    ticks:
      days <= DAY_TICKS
        ? Array.from({ length: days }, (_, index) => index)
        : instants.map((instant) => dayOfMillis(instant.getTime()) - from),
  };
}

/** In the charts' units, or in percent: as exactly as eyes see. */
export const round = (value: number): number => Math.round(value * 10) / 10;

export const percentOf = (part: number, whole: number): string => `${round((part / whole) * 100)}%`;
