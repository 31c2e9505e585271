import { type Comparison, changeOf, WEEKS_COMPARED } from './comparison.ts';
import {
  formatBytes,
  formatChange,
  formatDayLong,
  formatDayShort,
  formatDuration,
  formatMean,
  formatMoment,
  formatNumber,
  formatWeekday,
  formatWithin,
  plural,
} from './format.ts';
import { countStates, type Night, type NightState, stateNames } from './nights.ts';
import type { AppSeries, MetricReport, Report } from './report.ts';
import type { Run } from './runs.ts';
import { daysPerCharacter, sparkline } from './sparkline.ts';
import { type Column, harmless, type Paint, plain, tableLines, wrap } from './terminal-text.ts';

const WIDTH = 80;
/** The widest that columns may be to fit it. */
const TREND_WIDTH = 31;
const APP_WIDTH = 15;
const NUMBER_WIDTH = 10;
const RUNS_SHOWN = 5;

/** The report for a terminal of 80 columns: a trend for each metric and app, then the nights and the last runs. */
export function toText(report: Report, paint: Paint = plain): string {
  const blocks = [
    heading(report, paint),
    ...report.metrics.map((metric) => metricBlock(metric, report, paint)),
    nightsBlock(report, paint),
    runsBlock(report.runs, paint),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading({ from, to, nights }: Report, paint: Paint): string[] {
  const days = daysPerCharacter(nights.length, TREND_WIDTH);
  const scale = days === 1 ? 'one character a day' : `one character for ${days} days (mean)`;
  return [
    paint.bold(`${formatDayLong(from)} – ${formatDayLong(to)} (UTC)`),
    paint.dim(`Trends: ${scale}, from zero; · none; ≥ lower bound.`),
    paint.dim(`Usual: the mean of the last ${WEEKS_COMPARED} of that weekday, exact ones only.`),
  ];
}

function metricBlock({ metric, series }: MetricReport, report: Report, paint: Paint): string[] {
  if (series.length === 0) return [];
  const latest = series.find((app) => app.latest !== null)?.latest;
  const columns: Column[] = [
    { heading: metric.title, align: 'left', max: APP_WIDTH },
    { heading: 'trend', align: 'left' },
    { heading: latest ? formatDayShort(latest.date) : 'latest', align: 'right' },
    { heading: latest ? `usual ${formatWeekday(latest.date).slice(0, 3)}` : 'usual', align: 'right' },
    { heading: 'change', align: 'right' },
  ];
  const [head = '', ...rows] = tableLines(
    columns,
    series.map((app) => appCells(app, report.nights)),
  );
  return [paint.bold(head), ...rows];
}

const appCells = ({ app, values, latest }: AppSeries, nights: readonly Night[]): string[] => [
  harmless(app),
  sparkline(values, TREND_WIDTH),
  latest === null ? '–' : valueText(latest, nights),
  latest?.usual ? meanText(latest.usual.mean) : '–',
  latest?.usual ? formatChange(changeOf(latest.value, latest.usual)) : '–',
];

const valueText = ({ date, value }: Comparison, nights: readonly Night[]): string =>
  numberText(value, nights.find((night) => night.date === date)?.state === 'lowerBound' ? '≥' : '');

const numberText = (value: number, mark = ''): string => mark + formatWithin(value, NUMBER_WIDTH - mark.length);

const meanText = (mean: number): string => formatWithin(mean, NUMBER_WIDTH, formatMean);

const stateMarks: Readonly<Record<NightState, string>> = {
  exact: '■',
  lowerBound: '≥',
  missed: '!',
  lost: '×',
  pending: '…',
  before: '·',
};

const statePaint = (state: NightState, paint: Paint): ((text: string) => string) =>
  ({
    exact: paint.green,
    lowerBound: paint.yellow,
    missed: paint.red,
    lost: paint.red,
    pending: paint.dim,
    before: paint.dim,
  })[state];

const DAYS_PER_LINE = 31;

const INDENT = ' '.repeat('2026-11  '.length);
/** Days of the month: a digit at each tenth, a plus half-way. */
const RULER = '....+....1....+....2....+....3.';

/** The calendar of nights: a month a line, with what each mark means and what can be done. */
export function nightsBlock({ nights, remedies }: Pick<Report, 'nights' | 'remedies'>, paint: Paint = plain): string[] {
  const lines = [...groupByMonth(nights)].map(([month, own]) => `${month}  ${monthLine(own, paint)}`);
  const legend = countStates(nights).map(({ state, nights: count }) =>
    statePaint(state, paint)(`${stateMarks[state]} ${formatNumber(count)} ${stateNames[state]}`),
  );
  return [
    paint.bold(plural(nights.length, 'night')),
    paint.dim(INDENT + RULER),
    ...lines,
    ...wrap(legend, '   ', WIDTH - INDENT.length).map((line) => INDENT + line),
    ...remedies.flatMap(({ state, from, to, nights: count, explanation, command }) => [
      '',
      paint.red(`${from === to ? from : `${from} to ${to}`}: ${plural(count, 'night')} ${stateNames[state]}`),
      `  ${explanation}`,
      `  ${paint.bold(command)}`,
    ]),
  ];
}

function monthLine(nights: readonly Night[], paint: Paint): string {
  const byDayOfMonth = new Map(nights.map((night) => [Number(night.date.slice(8)), night.state]));
  return Array.from({ length: DAYS_PER_LINE }, (_, index) => {
    const state = byDayOfMonth.get(index + 1);
    return state === undefined ? ' ' : statePaint(state, paint)(stateMarks[state]);
  })
    .join('')
    .trimEnd();
}

function groupByMonth(nights: readonly Night[]): Map<string, Night[]> {
  const months = new Map<string, Night[]>();
  for (const night of nights) {
    const month = night.date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), night]);
  }
  return months;
}

function runsBlock(runs: readonly Run[], paint: Paint): string[] {
  if (runs.length === 0) return [];
  const columns: Column[] = [
    { heading: 'Last runs', align: 'left' },
    { heading: 'days', align: 'right' },
    { heading: 'records', align: 'right' },
    { heading: 'malformed', align: 'right' },
    { heading: 'read', align: 'right' },
    { heading: 'took', align: 'right' },
  ];
  const [head = '', ...rows] = tableLines(columns, runs.slice(0, RUNS_SHOWN).map(runCells));
  return [paint.bold(head), ...rows];
}

const runCells = ({ finishedAt, days, records, bytesRead, durationMillis }: Run): string[] => [
  formatMoment(finishedAt),
  formatNumber(days),
  formatNumber(records.read),
  formatNumber(records.malformed),
  formatBytes(bytesRead),
  formatDuration(durationMillis),
];
