import { formatDayLong, formatMoment, formatNumber, plural } from '../format.ts';
import { countStates, type Night, stateNames } from '../nights.ts';
import type { Report } from '../report.ts';
import { calendarCard } from './calendar.ts';
import { isRed } from './chart.ts';
import { documentOf, type Kind, styled, type Theme } from './document.ts';
import { html, type Markup } from './markup.ts';
import { metricCard } from './metric-card.ts';
import { numbersCard, runsCard } from './tables.ts';

/** What the page is called and how it looks. */
export interface PageOptions {
  readonly title: string;
  readonly theme: Theme;
}

export interface FragmentOptions extends PageOptions {
  /** The room there is, in pixels: where it is little, only the charts are shown. */
  readonly height: number;
}

/** Less than this is room for charts alone, more is worth a scroll bar. */
const MIN_HEIGHT_OF_ALL = 500;

/** A whole page in one file: no scripts, no requests. */
export const toPage = (report: Report, { title, theme }: PageOptions): string =>
  documentOf(`${title}, ${report.from} to ${report.to}`, theme, everything(report, title, 'page'));

/** The report as a part of somebody else's page, such as a dashboard. */
export const toFragment = (report: Report, { title, theme, height }: FragmentOptions): string =>
  styled(
    theme,
    'widget',
    height < MIN_HEIGHT_OF_ALL ? charts(report, title, 'widget') : everything(report, title, 'widget'),
  ).text;

const charts = (report: Report, title: string, kind: Kind): Markup =>
  html`${header(report, title, kind)}
<div class="cards">${report.metrics.map((metric) => metricCard(metric, report.nights, kind))}</div>`;

const everything = (report: Report, title: string, kind: Kind): Markup =>
  html`${charts(report, title, kind)}
${calendarCard(report.nights, report.remedies, kind)}
${report.runs.length === 0 ? '' : runsCard(report.runs, kind)}
${numbersCard(report, kind)}
<footer>Made by Daytally on ${formatMoment(report.generatedAt)}. All days are UTC days.</footer>`;

const header = ({ from, to, nights }: Report, title: string, kind: Kind): Markup =>
  html`<header class="top"><div>${kind === 'page' ? html`<h1>${title}</h1>` : ''}<p>${formatDayLong(from)} – ${formatDayLong(to)}</p></div>${verdict(nights)}</header>`;

/** The one thing to know before looking at anything else. */
function verdict(nights: readonly Night[]): Markup {
  const red = countStates(nights).filter(({ state }) => isRed(state));
  const finished = nights.filter(({ entry }) => entry !== undefined).length;
  if (finished === 0) return html`<p class="verdict bad"><i class="mark missed"></i>No finished night</p>`;
  if (red.length === 0)
    return html`<p class="verdict good"><i class="mark exact"></i>${plural(finished, 'night')}, none missing</p>`;
  const counts = red.map(({ state, nights: count }) => `${formatNumber(count)} ${stateNames[state]}`);
  return html`<p class="verdict bad"><i class="mark ${red[0]?.state ?? 'missed'}"></i>${counts.join(', ')} of ${plural(nights.length, 'night')}</p>`;
}
