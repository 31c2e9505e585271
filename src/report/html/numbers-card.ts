import { formatDayLong, formatNumber, formatValue, plural } from '../format.ts';
import type { Night } from '../nights.ts';
import type { MetricReport, Report } from '../report.ts';
import { html, type Markup, name } from './markup.ts';

/** Up to how many metrics the rows of a table hold in each room; with more they are cards, which wrap. */
const COLUMNS = { few: 4, some: 8, many: 14 };

/** More would make it heavy: 75 bytes each. A dashboard loads a widget anew again and again. */
const MAX_NUMBERS = { page: 20_000, widget: 2000 };

interface Day {
  readonly night: Night;
  /** Its place in every series. */
  readonly index: number;
}

/** The numbers of the report, to read and to copy: the newest day first, its apps below it. */
export function numbersCard(report: Report, idPrefix: keyof typeof MAX_NUMBERS): Markup {
  const { nights, metrics } = report;
  const most = MAX_NUMBERS[idPrefix];
  const apps = report.apps.slice(0, Math.max(1, Math.floor(most / Math.max(1, metrics.length))));
  const days = nights.flatMap((night, index): Day[] => (night.entry === undefined ? [] : [{ night, index }])).reverse();
  const shown = days.slice(0, Math.max(1, Math.floor(most / Math.max(1, apps.length * metrics.length))));
  if (shown.length === 0 || apps.length === 0) return html``;
  return html`<section class="card" aria-labelledby="${idPrefix}-numbers">
<header><h2 id="${idPrefix}-numbers">The numbers</h2><p>${scopeOf({ apps: apps.length, days: shown.length }, { apps: report.apps.length, days: days.length })}</p></header>
<details><summary>Show ${plural(shown.length * apps.length, 'row')}</summary>
${table({ ...report, apps }, shown)}</details>
</section>`;
}

interface Scope {
  readonly apps: number;
  readonly days: number;
}

function scopeOf(shown: Scope, all: Scope): Markup {
  if (shown.apps === all.apps && shown.days === all.days)
    return html`Every app on every finished day, the newest first.`;
  const apps =
    shown.apps === all.apps ? 'Every app' : `The ${formatNumber(shown.apps)} largest of ${formatNumber(all.apps)} apps`;
  const days =
    shown.days === all.days
      ? 'every finished day'
      : `the last ${plural(shown.days, 'finished day')} of ${formatNumber(all.days)}`;
  return html`${apps} on ${days}, the newest first. All: <code>daytally report --format csv</code>`;
}

function table(report: Report, days: readonly Day[]): Markup {
  const isSingle = report.apps.length === 1;
  const rows = isSingle ? dayRow : dayGroup;
  return html`<table class="numbers ${widthOf(report.metrics.length)}" role="table">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${isSingle ? 'Day' : 'App'}</th>${report.metrics.map(({ metric }) => html`<th scope="col" role="columnheader">${metric.title}</th>`)}</tr></thead>
${days.map((day) => html`<tbody role="rowgroup">${rows(report, day)}</tbody>\n`)}</table>`;
}

const widthOf = (metrics: number): string =>
  Object.entries(COLUMNS).find(([, columns]) => metrics <= columns)?.[0] ?? 'cards';

const dayName = ({ night: { date, state } }: Day): Markup =>
  html`${formatDayLong(date)}${state === 'lowerBound' ? html` <small>lower bounds</small>` : ''}`;

/** Where there is one app, a day is a row. */
const dayRow = (report: Report, day: Day): Markup => row(dayName(day), report.metrics, 0, day);

const dayGroup = (report: Report, day: Day): Markup =>
  html`<tr role="row" class="group"><th scope="rowgroup" role="rowheader" colspan="${report.metrics.length + 1}">${dayName(day)}</th></tr>${report.apps.map((app, index) => row(name(app), report.metrics, index, day))}`;

const row = (heading: Markup, metrics: readonly MetricReport[], app: number, day: Day): Markup =>
  html`<tr role="row"><th scope="row" role="rowheader">${heading}</th>${metrics.map(({ metric, series }) => {
    const value = series[app]?.exact[day.index] ?? null;
    const label = metrics.length > COLUMNS.few ? cardLabel(metric.title) : '';
    return html`<td role="cell">${label}${formatValue(value)}</td>`;
  })}</tr>`;

/** In a card there is no heading above: each number is told its metric. */
const cardLabel = (title: string): Markup => html`<span class="label" aria-hidden="true">${title}</span>`;
