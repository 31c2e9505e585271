import { formatChange, formatDayShort, formatNumber } from '../format.ts';
import type { Night } from '../nights.ts';
import { type AppSeries, changeOf, DAYS_PER_WEEK, type MetricReport } from '../report.ts';
import { isLong, isRed, MAX_LINES, metricChart } from './chart.ts';
import { html, type Markup, name } from './markup.ts';

/** A metric's chart and, below it, where each app stands against the same weekday before. */
export function metricCard(report: MetricReport, nights: readonly Night[], idPrefix: string): Markup {
  const { metric, series } = report;
  const id = `${idPrefix}-${metric.id}`;
  return html`<section class="card metric" aria-labelledby="${id}">
<header><h2 id="${id}">${metric.title}</h2><p>${metric.description}, by app and UTC day.</p></header>
${
  series.length === 0
    ? html`<p class="empty">No numbers in this span.</p>`
    : html`${metricChart(report, nights, `${id}-chart`)}
${chartLegend(nights)}
${comparison(report, nights)}`
}
</section>`;
}

/** Says what the chart's marks mean, those that occur. */
function chartLegend(nights: readonly Night[]): Markup {
  const marks = [
    ...(isLong(nights) ? [html`<li>Bold: mean of ${DAYS_PER_WEEK} days</li>`] : []),
    ...(nights.some(({ state }) => state === 'lowerBound')
      ? [html`<li><i class="mark lowerBound"></i>Lower bound</li>`]
      : []),
    ...(nights.some(({ state }) => isRed(state)) ? [html`<li><i class="mark gap"></i>Missed or lost</li>`] : []),
  ];
  return marks.length === 0 ? html`` : html`<ul class="legend">${marks}</ul>`;
}

function comparison({ metric, series }: MetricReport, nights: readonly Night[]): Markup {
  const latest = series.find((app) => app.latest !== null)?.latest;
  if (!latest) return html``;
  const bound = nights.find(({ date }) => date === latest.date)?.state === 'lowerBound';
  const before = latest.before;
  return html`<table class="comparison">
<caption class="hidden">${metric.title}: the last day and the same weekday before</caption>
<thead><tr><th scope="col">App</th><th scope="col">${formatDayShort(latest.date)}</th><th scope="col">${before ? formatDayShort(before.date) : '7 days before'}</th><th scope="col">Change</th></tr></thead>
<tbody>${series.map((app, index) => comparisonRow(app, index, bound))}</tbody>
</table>`;
}

function comparisonRow({ app, latest }: AppSeries, index: number, bound: boolean): Markup {
  const before = latest?.before ?? null;
  return html`<tr><th scope="row">${swatch(index)}${name(app)}</th><td>${bound ? '≥ ' : ''}${latest ? formatNumber(latest.value) : '–'}</td><td>${before ? formatNumber(before.value) : '–'}</td><td>${latest && before ? changeMark(latest.value, before.value) : '–'}</td></tr>
`;
}

/** The line as the chart draws it; apps beyond those that it draws have none. */
const swatch = (index: number): Markup =>
  index < MAX_LINES
    ? html`<svg class="swatch app app-${index + 1}" viewBox="0 0 24 8" aria-hidden="true"><path class="line" d="M1 4H23"/></svg>`
    : html`<span class="swatch"></span>`;

/** An arrow says the direction, for those who cannot tell the colours apart. */
function changeMark(value: number, before: number): Markup {
  const change = changeOf(value, before);
  const direction = change === null || change > 0 ? 'up' : change < 0 ? 'down' : 'level';
  const arrow = { up: '▲', down: '▼', level: '' }[direction];
  return html`<span class="change ${direction}"><span aria-hidden="true">${arrow}</span> ${formatChange(value, before)}</span>`;
}
