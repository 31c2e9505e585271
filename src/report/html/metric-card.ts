import type { DateText } from '../../domain/utc-day.ts';
import { type Comparison, changeOf, type Usual } from '../comparison.ts';
import {
  formatChange,
  formatDayOfMonth,
  formatDayShort,
  formatMean,
  formatWeekday,
  formatWithin,
  plural,
} from '../format.ts';
import type { Night } from '../nights.ts';
import type { AppSeries, MetricReport } from '../report.ts';
import { metricChart } from './chart/chart.ts';
import { MAX_LINES } from './chart/frame.ts';
import { html, type Markup, name } from './markup.ts';

/** A metric: its chart, and where each app stands against what is usual on that weekday. */
export function metricCard(report: MetricReport, nights: readonly Night[], idPrefix: string): Markup {
  const { metric, series } = report;
  const id = `${idPrefix}-${metric.id}`;
  const latest = latestOf(series, nights);
  return html`<section class="card metric" aria-labelledby="${id}">
<header><h2 id="${id}">${metric.title}</h2><p>${metric.description}</p></header>
${
  series.length === 0
    ? html`<p class="empty">No numbers in this span.</p>`
    : html`${series.length === 1 && latest ? figure(latest) : ''}${metricChart(report, nights, `${id}-chart`)}
${series.length > 1 && latest ? comparison(report, latest) : ''}
${latest ? basis(latest) : ''}`
}
</section>`;
}

/** How many apps that have no line a card lists: with thousands it would weigh megabytes. */
const MAX_OTHERS = 100;

/** The last day that has numbers: the same for all apps of a metric. */
interface Latest extends Comparison {
  readonly isBound: boolean;
}

function latestOf(series: readonly AppSeries[], nights: readonly Night[]): Latest | null {
  const latest = series.find((app) => app.latest !== null)?.latest;
  if (!latest) return null;
  return { ...latest, isBound: nights.find(({ date }) => date === latest.date)?.state === 'lowerBound' };
}

/** Where there is one app, its number is the figure of the card. */
const figure = (latest: Latest): Markup =>
  html`<p class="figure"><strong>${valueText(latest, latest.isBound)}</strong>${latest.usual ? changeMark(latest.value, latest.usual) : ''}<span>${formatDayShort(latest.date)}${latest.usual ? `, usual ${meanText(latest.usual)}` : ''}</span></p>`;

function comparison({ metric, series }: MetricReport, latest: Latest): Markup {
  const rows = series.slice(0, MAX_LINES + MAX_OTHERS).map((app, index) => row(app, index, latest));
  const others = series.length - MAX_LINES;
  const table = (own: readonly Markup[]) => html`<table class="comparison${latest.usual ? '' : ' alone'}">
<caption class="hidden">${metric.title} on the last day${latest.usual ? ', and what is usual' : ''}</caption>
<thead><tr><th scope="col">App</th><th scope="col">${formatDayShort(latest.date)}</th>${latest.usual ? html`<th scope="col">Usual ${formatWeekday(latest.date)}</th><th scope="col">Change</th>` : ''}</tr></thead>
<tbody>${own}</tbody></table>`;
  return html`${table(rows.slice(0, MAX_LINES))}
${others > 0 ? html`<details class="more"><summary>and ${plural(others, 'other app')}${others > MAX_OTHERS ? `, the ${MAX_OTHERS} largest of them` : ''}</summary>${table(rows.slice(MAX_LINES))}</details>` : ''}`;
}

/** What the last day is compared with, or why with nothing. */
function basis({ date, usual, isBound }: Latest): Markup {
  const text = usual
    ? `Usual: ${usualDays(date, usual)}.`
    : isBound
      ? 'A lower bound is not compared: how much it lacks differs from day to day.'
      : `No exact ${formatWeekday(date)} before this one to compare with.`;
  return html`<p class="basis">${text}</p>`;
}

/** `the mean of the last 4 Tuesdays, 27 Oct to 17 Nov` */
function usualDays(date: DateText, { dates }: Usual): string {
  const [last, first] = [dates[0] ?? '', dates.at(-1) ?? ''];
  if (dates.length === 1) return `as on ${formatDayShort(last)}`;
  return `the mean of the last ${dates.length} ${formatWeekday(date)}s, ${formatDayOfMonth(first)} to ${formatDayOfMonth(last)}`;
}

function row({ app, latest }: AppSeries, index: number, { usual, isBound }: Latest): Markup {
  const cells = usual
    ? html`<td>${latest?.usual ? meanText(latest.usual) : '–'}</td><td>${latest?.usual ? changeMark(latest.value, latest.usual) : '–'}</td>`
    : html``;
  return html`<tr><th scope="row"><span class="app">${swatch(index)}${name(app)}</span></th><td>${latest ? valueText(latest, isBound) : '–'}</td>${cells}</tr>
`;
}

/** How long a number may be; the table of all numbers has it whole. */
const MAX_LENGTH = 13;

const valueText = ({ value }: Comparison, isBound: boolean): string =>
  `${isBound ? '≥ ' : ''}${formatWithin(value, MAX_LENGTH)}`;

const meanText = ({ mean }: Usual): string => formatWithin(mean, MAX_LENGTH, formatMean);

/** The colour of the line; apps beyond those that the chart draws have none. */
const swatch = (index: number): Markup =>
  index < MAX_LINES ? html`<i class="key app-${index + 1}"></i>` : html`<i class="key"></i>`;

/** An arrow says the direction, for those who cannot tell the colours apart; what chance can do has neither. */
function changeMark(value: number, usual: Usual): Markup {
  const change = changeOf(value, usual);
  const arrow = { up: '▲', down: '▼', level: '' }[change.direction];
  return html`<span class="change ${change.direction}">${arrow === '' ? '' : html`<span aria-hidden="true">${arrow}</span> `}${formatChange(change)}</span>`;
}
