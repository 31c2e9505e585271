import { type Comparison, changeOf, WEEKS_COMPARED } from './comparison.ts';
import {
  formatBytes,
  formatChange,
  formatDayLong,
  formatDayOfMonth,
  formatDuration,
  formatMean,
  formatMoment,
  formatNumber,
  formatWeekday,
  formatWithin,
} from './format.ts';
import type { Night } from './nights.ts';
import type { AppSeries, MetricReport, Report } from './report.ts';
import type { Run } from './runs.ts';
import { daysPerCharacter, sparkline } from './sparkline.ts';
import { type Column, tableLines, tableWidth } from './table.ts';
import { harmless, type Layout, type Paint, plainLayout } from './terminal-text.ts';
import { nightsBlock } from './text-nights.ts';

const TREND_MIN = 10;
const APP_WIDTH = 15;
const NUMBER_WIDTH = 10;
const RUNS_SHOWN = 5;

/** The report for a terminal: a trend for each metric and app, then the nights and the last runs. */
export function toText(report: Report, { paint, columns }: Layout = plainLayout): string {
  // Never wider than in a file: what is read in a wide terminal reads the same there.
  const layout = { paint, columns: Math.min(columns, plainLayout.columns) };
  const width = trendWidth(report, layout);
  const blocks = [
    heading(report, width, paint),
    ...report.metrics.map((metric) => metricBlock(metric, report, width, layout)),
    nightsBlock(report, layout),
    runsBlock(report.runs, layout),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** What the other columns of all the metrics leave, so that all trends have the same scale. */
function trendWidth(report: Report, { columns }: Layout): number {
  const others = report.metrics.map((metric) =>
    tableWidth(
      metricColumns(metric, ''),
      metric.series.map((app) => appCells(app, report.nights, 0)),
    ),
  );
  return Math.max(TREND_MIN, columns - Math.max(0, ...others));
}

function heading({ from, to, nights }: Report, width: number, paint: Paint): string[] {
  const days = daysPerCharacter(nights.length, width);
  const scale = days === 1 ? 'one character a day' : `one character for ${days} days (mean)`;
  return [
    paint.bold(`${formatDayLong(from)} – ${formatDayLong(to)} (UTC)`),
    paint.dim(`Trends: ${scale}, from zero; · none; ≥ lower bound.`),
    paint.dim(`Usual: the mean of the last ${WEEKS_COMPARED} of that weekday, exact ones only.`),
  ];
}

function metricBlock(metric: MetricReport, report: Report, width: number, layout: Layout): string[] {
  if (metric.series.length === 0) return [];
  const rows = metric.series.map((app) => appCells(app, report.nights, width));
  return tableLines(metricColumns(metric, 'trend'), rows, layout);
}

function metricColumns({ metric, series }: MetricReport, trend: string): Column[] {
  const latest = series.find((app) => app.latest !== null)?.latest;
  return [
    { heading: metric.title, align: 'left', key: true, max: APP_WIDTH },
    { heading: trend, align: 'left' },
    { heading: latest ? formatDayOfMonth(latest.date) : 'latest', align: 'right' },
    { heading: latest ? `usual ${formatWeekday(latest.date).slice(0, 3)}` : 'usual', align: 'right' },
    { heading: 'change', align: 'right' },
  ];
}

const appCells = ({ app, values, latest }: AppSeries, nights: readonly Night[], width: number): string[] => [
  harmless(app),
  width === 0 ? '' : sparkline(values, width),
  latest === null ? '–' : valueText(latest, nights),
  latest?.usual ? meanText(latest.usual.mean) : '–',
  latest?.usual ? formatChange(changeOf(latest.value, latest.usual)) : '–',
];

const valueText = ({ date, value }: Comparison, nights: readonly Night[]): string =>
  numberText(value, nights.find((night) => night.date === date)?.state === 'lowerBound' ? '≥' : '');

const numberText = (value: number, mark = ''): string => mark + formatWithin(value, NUMBER_WIDTH - mark.length);

const meanText = (mean: number): string => formatWithin(mean, NUMBER_WIDTH, formatMean);

function runsBlock(runs: readonly Run[], layout: Layout): string[] {
  if (runs.length === 0) return [];
  const columns: Column[] = [
    { heading: 'Last runs', align: 'left', key: true },
    { heading: 'days', align: 'right' },
    { heading: 'records', align: 'right' },
    { heading: 'malformed', align: 'right' },
    { heading: 'read', align: 'right' },
    { heading: 'took', align: 'right' },
  ];
  return tableLines(columns, runs.slice(0, RUNS_SHOWN).map(runCells), layout);
}

const runCells = ({ finishedAt, days, records, bytesRead, durationMillis }: Run): string[] => [
  formatMoment(finishedAt),
  formatNumber(days),
  formatNumber(records.read),
  formatNumber(records.malformed),
  formatBytes(bytesRead),
  formatDuration(durationMillis),
];
