import { nice, ticks } from 'd3-array';
import { utcTicks } from 'd3-time';
import { dayOfMillis, midnightOf, type UtcDay } from '../../domain/utc-day.ts';

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

/** From zero to a round number above the highest value; counts have whole ticks. */
export function valueScale(highest: number): ValueScale {
  const [, top] = nice(0, Math.max(1, highest), VALUE_TICKS);
  return {
    y: (value) => CHART_HEIGHT * (1 - value / top),
    ticks: ticks(0, top, VALUE_TICKS).filter(Number.isInteger),
  };
}

/** Each day has a column of its own; a day's point stands in the middle of it. */
export interface DayScale {
  readonly columnWidth: number;
  readonly left: (index: number) => number;
  readonly middle: (index: number) => number;
  /** Indices of the days that the axis names. */
  readonly ticks: readonly number[];
}

export function dayScale(from: UtcDay, days: number): DayScale {
  const columnWidth = CHART_WIDTH / days;
  const instants = utcTicks(new Date(midnightOf(from)), new Date(midnightOf(from + days - 1)), DAY_TICKS);
  return {
    columnWidth,
    left: (index) => index * columnWidth,
    middle: (index) => (index + 0.5) * columnWidth,
    ticks:
      days <= DAY_TICKS
        ? Array.from({ length: days }, (_, index) => index)
        : instants.map((instant) => dayOfMillis(instant.getTime()) - from),
  };
}
