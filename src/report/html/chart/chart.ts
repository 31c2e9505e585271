import { formatDayLong, formatDayOfMonth, formatNumber, formatShort } from '../../format.ts';
import type { Night } from '../../nights.ts';
import type { MetricReport } from '../../report.ts';
import { html, type Markup } from '../markup.ts';
import { dayValues } from './day-values.ts';
import { type Frame, frameOf } from './frame.ts';
import { chartLegend } from './legend.ts';
import { lineEnds, namesWidth } from './line-ends.ts';
import { appLines } from './lines.ts';
import { CHART_HEIGHT, CHART_WIDTH, percentOf, round } from './scales.ts';
import { zoneNames, zoneShapes, zonesOf } from './zones.ts';

/** One metric of all apps over time: an SVG that stretches to its place, with all text beside it as text. */
export function metricChart(report: MetricReport, nights: readonly Night[], id: string): Markup {
  const frame = frameOf(report, nights);
  const { metric, series } = report;
  const zones = zonesOf(frame);
  const names = zoneNames(frame, zones);
  return html`<div class="chart${frame.isLong ? ' long' : ''}" style="--names:${namesWidth(frame)}">
<div class="plot${names.length === 0 ? '' : ' named'}">
${zoneShapes(frame, zones)}
<svg viewBox="0 0 ${CHART_WIDTH} ${CHART_HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${metric.title} by app</title>
<desc id="${id}-desc">${describe(frame)}</desc>
${frame.values.ticks.map((tick) => html`<path class="grid" d="M0 ${round(frame.values.y(tick))}H${CHART_WIDTH}"/>`)}
${appLines(frame)}
</svg>
${names}
${frame.values.ticks.map((tick) => html`<span class="tick y" style="top:${percentOf(frame.values.y(tick), CHART_HEIGHT)}" aria-hidden="true">${formatShort(tick)}</span>`)}
${frame.days.ticks.map((day, index) => dayTick(nights[day], frame.days.middle(day), index % 2 === 0))}
${lineEnds(frame)}
${dayValues(frame, id, metric.title)}
</div>
</div>
${chartLegend(frame, zones, series.length)}`;
}

/** Where there is little room, only every other tick is named. */
function dayTick(night: Night | undefined, middle: number, isMajor: boolean): Markup {
  if (night === undefined) return html``;
  return html`<span class="tick x${isMajor ? '' : ' minor'}" style="left:${percentOf(middle, CHART_WIDTH)}" aria-hidden="true">${formatDayOfMonth(night.date)}</span>`;
}

/** What a person who does not see the chart should know of it; the table behind has every number. */
function describe({ lines, nights }: Frame): string {
  const span = `${formatDayLong(nights[0]?.date ?? '')} to ${formatDayLong(nights.at(-1)?.date ?? '')}.`;
  const apps = lines.map(({ app, values }) => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) return `${app}: no numbers.`;
    const [lowest, highest] = [Math.min(...known), Math.max(...known)].map(formatNumber);
    return `${app}: from ${lowest} to ${highest}, last ${formatNumber(known.at(-1) ?? 0)}.`;
  });
  return [span, ...apps].join(' ');
}
