import { formatMoment } from '../format.ts';
import { type Report, sinceFirstNight } from '../report.ts';
import { documentOf, type Kind, styled, type Theme } from './document.ts';
import { guide } from './guide.ts';
import { pageHeader } from './header.ts';
import { html, type Markup } from './markup.ts';
import { metricCard } from './metric-card.ts';
import { nightsCard } from './nights-card.ts';
import { numbersCard } from './numbers-card.ts';
import { runsCard } from './runs-card.ts';

/** What the page is called and how it looks. */
export interface PageOptions {
  readonly title: string;
  readonly theme: Theme;
}

export interface FragmentOptions {
  readonly theme: Theme;
  /** The room there is, in pixels: where it is little, only the charts are shown. */
  readonly height: number;
}

/** Less than this is room for charts alone, more is worth a scroll bar. */
const MIN_HEIGHT_OF_ALL = 500;

/** A whole page in one file: no scripts, no requests. */
export const toPage = (report: Report, { title, theme }: PageOptions): string =>
  documentOf(
    `${title}, ${report.from} to ${report.to}`,
    theme,
    everything(sinceFirstNight(report), html`<h1>${title}</h1>`, 'page'),
  );

/** The report as a part of somebody else's page, such as a dashboard. */
export function toFragment(report: Report, { theme, height }: FragmentOptions): string {
  const content = height < MIN_HEIGHT_OF_ALL ? charts : everything;
  return styled(theme, 'widget', content(sinceFirstNight(report), '', 'widget')).text;
}

const charts = (report: Report, title: Markup | '', kind: Kind): Markup =>
  html`${pageHeader(report, title)}
<div class="cards ${columnsFor(report.metrics.length)}">${report.metrics.map((metric) => metricCard(metric, report.nights, kind))}</div>`;

/** As many cards in a row, where there is room, as leave none alone on the last one. */
const columnsFor = (metrics: number): string =>
  metrics === 1 ? 'one' : metrics === 2 || metrics === 4 ? 'two' : 'three';

const everything = (report: Report, title: Markup | '', kind: Kind): Markup =>
  html`${charts(report, title, kind)}
${nightsCard(report.nights, report.remedies, kind)}
${report.runs.length === 0 ? '' : runsCard(report.runs, kind)}
${numbersCard(report, kind)}
${guide(report)}
<footer>Made by Daytally on ${formatMoment(report.generatedAt)}. All days are UTC days.</footer>`;
