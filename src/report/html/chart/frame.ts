import type { Night } from '../../nights.ts';
import type { AppSeries, MetricReport } from '../../report.ts';
import { type DayScale, dayScale, type ValueScale, valueScale } from './scales.ts';

/** How many apps a chart draws; the tables have them all. There are as many colours in the style sheet. */
export const MAX_LINES = 7;

/** In fewer days there is no swing of the week to be seen: each day counts. */
const MIN_DAYS_FOR_MEANS = 14;

/** More days stand so close that they can only be pointed at by weeks, and shimmer unless they are drawn faintly. */
const MAX_DAYS_APART = 92;

/** One app's line: what is drawn bold, and what is drawn thin behind it. */
export interface Line {
  readonly app: string;
  readonly values: AppSeries['values'];
  readonly means: AppSeries['weekMeans'];
}

/** All that the parts of one chart share. */
export interface Frame {
  readonly nights: readonly Night[];
  /** One for each night: see {@link MetricReport.meanings}. */
  readonly meanings: MetricReport['meanings'];
  readonly lines: readonly Line[];
  readonly days: DayScale;
  readonly values: ValueScale;
  /** Whether the means of the week are drawn, with the days thin behind them. */
  readonly showsMeans: boolean;
  /** Whether the days stand too close to each other to be told apart. */
  readonly isLong: boolean;
}

export function frameOf({ series, meanings }: MetricReport, nights: readonly Night[]): Frame {
  const lines = series
    .slice(0, MAX_LINES)
    .map(({ app, values, weekMeans }): Line => ({ app, values, means: weekMeans }));
  return {
    nights,
    meanings,
    lines,
    days: dayScale(nights[0]?.day ?? 0, nights.length),
    values: valueScale(lines.flatMap(({ values }) => values.filter((value) => value !== null))),
    isLong: nights.length > MAX_DAYS_APART,
    showsMeans: nights.length >= MIN_DAYS_FOR_MEANS && lines.some(({ means }) => means.some((value) => value !== null)),
  };
}

/** Where a line ends that is drawn bold: the value that its label stands beside. */
export const lastBold = ({ values, means }: Line, showsMeans: boolean): number | null =>
  (showsMeans ? means : values).findLast((value) => value !== null) ??
  values.findLast((value) => value !== null) ??
  null;
