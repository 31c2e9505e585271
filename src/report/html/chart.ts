import { formatChange, formatDayLong, formatDayOfMonth, formatNumber, formatShort } from '../format.ts';
import { type Night, type NightState, stateNames } from '../nights.ts';
import { type AppSeries, DAYS_PER_WEEK, type MetricReport } from '../report.ts';
import { hatchPath } from './hatch.ts';
import { html, type Markup } from './markup.ts';
import { CHART_HEIGHT, CHART_WIDTH, type DayScale, dayScale, type ValueScale, valueScale } from './scales.ts';

/** How many apps a chart draws; the tables have them all. There are as many colours and dashes in the style sheet. */
export const MAX_LINES = 7;

/** Up to this many days each day has a dot; more would blur the line. */
const MAX_DAYS_WITH_DOTS = 45;
const MAX_DAYS_AS_THEY_ARE = 92;
const HATCH_SPACING = 14;

/** One metric of all apps over time: an SVG that stretches to its place, with the axes' names as text beside it. */
export function metricChart({ metric, series }: MetricReport, nights: readonly Night[], id: string): Markup {
  const lines = series.slice(0, MAX_LINES);
  const values = valueScale(Math.max(0, ...lines.flatMap((app) => app.values.map((value) => value ?? 0))));
  const days = dayScale(nights[0]?.day ?? 0, nights.length);
  return html`<div class="chart">
<div class="plot">
<svg viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${metric.title} by app</title>
<desc id="${id}-desc">${describe(lines, nights)}</desc>
${background(nights, days)}
${values.ticks.map((tick) => html`<path class="grid" d="M0 ${round(values.y(tick))}H${CHART_WIDTH}"/>`)}
${lines.map((app, index) => appLine(app, index, values, days)).toReversed()}
${nights.map((night, index) => dayColumn(night, index, lines, days))}
</svg>
${values.ticks.map((tick) => html`<span class="tick y" style="top:${percent(values.y(tick), CHART_HEIGHT)}" aria-hidden="true">${formatShort(tick)}</span>`)}
${days.ticks.map((day, index) => dayTick(nights[day], days.middle(day), index % 2 === 0))}
</div>
</div>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const percent = (value: number, whole: number): string => `${round((value / whole) * 100)}%`;

/** Where there is little room, only every other tick is named. */
function dayTick(night: Night | undefined, middle: number, isMajor: boolean): Markup {
  if (night === undefined) return html``;
  return html`<span class="tick x${isMajor ? '' : ' minor'}" style="left:${percent(middle, CHART_WIDTH)}" aria-hidden="true">${formatDayOfMonth(night.date)}</span>`;
}

/** What a person who does not see the chart should know of it; the table behind has every number. */
function describe(lines: readonly AppSeries[], nights: readonly Night[]): string {
  const span = `${formatDayLong(nights[0]?.date ?? '')} to ${formatDayLong(nights.at(-1)?.date ?? '')}.`;
  const apps = lines.map(({ app, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${app}: no numbers.`;
    const [lowest, highest] = [Math.min(...known), Math.max(...known)].map(formatNumber);
    return `${app}: from ${lowest} to ${highest}, last ${formatNumber(known.at(-1) ?? 0)}.`;
  });
  return [span, ...apps].join(' ');
}

/** Lower bounds are hatched, nights without numbers marked, so that a gap in a line explains itself. */
const background = (nights: readonly Night[], days: DayScale): Markup[] => [
  ...stretchesOf(nights, ({ state }) => state === 'lowerBound').map(({ first, end }) => {
    const box = { left: days.left(first), right: days.left(end), top: 0, bottom: CHART_HEIGHT };
    return html`<path class="hatch" d="${hatchPath(box, HATCH_SPACING)}"/>`;
  }),
  ...stretchesOf(nights, ({ state }) => isRed(state)).map(({ first, end }) => {
    const width = days.left(end) - days.left(first);
    return html`<rect class="gap" x="${round(days.left(first))}" y="0" width="${round(width)}" height="${CHART_HEIGHT}"/>`;
  }),
];

/** Stretches of neighbouring nights, as indices; `end` is exclusive. */
function stretchesOf(nights: readonly Night[], belongs: (night: Night) => boolean): { first: number; end: number }[] {
  const stretches: { first: number; end: number }[] = [];
  nights.forEach((night, index) => {
    if (!belongs(night)) return;
    const last = stretches.at(-1)?.end === index ? stretches.pop() : undefined;
    stretches.push({ first: last?.first ?? index, end: index + 1 });
  });
  return stretches;
}

export const isRed = (state: NightState): boolean => state === 'missed' || state === 'lost';

/** Over longer spans the swing of the week hides the trend: the line is then the mean of the week, the days faint. */
export const isLong = (nights: readonly unknown[]): boolean => nights.length > MAX_DAYS_AS_THEY_ARE;

function appLine({ values }: AppSeries, index: number, { y }: ValueScale, days: DayScale): Markup {
  const points = (heights: readonly (number | null)[]): (Point | null)[] =>
    heights.map((value, day) => (value === null ? null : { x: days.middle(day), y: y(value) }));
  const dots = values.flatMap((value, day) =>
    value !== null && (values.length <= MAX_DAYS_WITH_DOTS || standsAlone(values, day))
      ? `M${round(days.middle(day))} ${round(y(value))}h0`
      : [],
  );
  const lines = isLong(values)
    ? html`<path class="faint" d="${linePath(points(values))}"/><path class="line" d="${linePath(points(weekMeans(values)))}"/>`
    : html`<path class="line" d="${linePath(points(values))}"/>`;
  return html`<g class="app app-${index + 1}">${lines}<path class="dots" d="${dots.join('')}"/></g>`;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line through the points that begins anew behind each gap. */
const linePath = (points: readonly (Point | null)[]): string =>
  points
    .map((point, index) =>
      point === null ? '' : `${(points[index - 1] ?? null) === null ? 'M' : 'L'}${round(point.x)} ${round(point.y)}`,
    )
    .join('');

/** For each day that has a number, the mean of those of the seven days that end with it. */
const weekMeans = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value, day) => {
    const week = values.slice(Math.max(0, day - DAYS_PER_WEEK + 1), day + 1).filter((other) => other !== null);
    return value === null ? null : week.reduce((sum, other) => sum + other, 0) / week.length;
  });

/** A day between two gaps has no line that would show it. */
const standsAlone = (values: readonly (number | null)[], day: number): boolean =>
  (values[day - 1] ?? null) === null && (values[day + 1] ?? null) === null;

/** The day's column: invisible, but it lights up under the pointer and tells the day's numbers. */
function dayColumn(night: Night, index: number, lines: readonly AppSeries[], days: DayScale): Markup {
  const numbers = night.entry === undefined ? [] : lines.map((app) => `\n${app.app}: ${numberOf(app, index)}`);
  return html`<rect class="day" x="${round(days.left(index))}" y="0" width="${round(days.columnWidth)}" height="${CHART_HEIGHT}"><title>${formatDayLong(night.date)}, ${stateNames[night.state]}${numbers}</title></rect>`;
}

function numberOf({ values, weekBefore }: AppSeries, index: number): string {
  const [value, before] = [values[index] ?? 0, weekBefore[index] ?? null];
  const change = before === null ? '' : ` (${formatChange(value, before)} on 7 days before)`;
  return `${formatNumber(value)}${change}`;
}
