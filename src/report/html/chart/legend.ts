import { DAYS_PER_WEEK } from '../../../domain/utc-day.ts';
import { formatDayOfMonth } from '../../format.ts';
import { html, type Markup } from '../markup.ts';
import { type Frame, MAX_LINES } from './frame.ts';
import type { Zone } from './zones.ts';

/** Says what the chart's marks mean, those that occur in it. */
export function chartLegend(frame: Frame, zones: readonly Zone[], apps: number): Markup {
  const kinds = new Set(zones.map(({ kind }) => kind));
  const redefined = zones.filter(({ isRedefined }) => isRedefined).map(({ first }) => frame.nights[first]?.date ?? '');
  const entries = [
    frame.showsMeans
      ? html`<i class="stroke"></i>mean of ${DAYS_PER_WEEK} days <i class="stroke thin"></i>each day`
      : undefined,
    apps > MAX_LINES ? html`the ${MAX_LINES} largest of ${apps} apps` : undefined,
    kinds.has('lowerBound')
      ? html`<i class="mark lowerBound"></i>lower bounds: the true numbers are at least these`
      : undefined,
    kinds.has('gap') ? html`<i class="mark gap"></i>no number: the night was missed or is lost` : undefined,
    kinds.has('untold')
      ? html`<i class="mark untold"></i>no number: the export of these days cannot tell it`
      : undefined,
    ...redefined.map(
      (date) =>
        html`<i class="mark recount"></i>new definition from ${formatDayOfMonth(date)}: not comparable with before`,
    ),
  ].filter((entry) => entry !== undefined);
  return entries.length === 0
    ? html``
    : html`<ul class="legend">${entries.map((entry) => html`<li>${entry}</li>`)}</ul>`;
}
