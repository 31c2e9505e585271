import { DAYS_PER_WEEK } from '../../domain/utc-day.ts';
import { WEEKS_COMPARED } from '../comparison.ts';
import type { Report } from '../report.ts';
import { html, type Markup } from './markup.ts';

/** What the page's words mean: for whoever reads it for the first time. */
export function guide({ nights, metrics }: Report): Markup {
  const isRedefined = metrics.some(({ meanings }) => new Set(meanings.filter((one) => one !== null)).size > 1);
  const hasBounds = nights.some(({ state }) => state === 'lowerBound');
  return html`<details class="guide"><summary>How to read this page</summary><dl>
<dt>Usual</dt><dd>The mean of the last ${WEEKS_COMPARED} days of the same weekday, as far as their numbers are exact.</dd>
<dt>Change</dt><dd>The difference from the usual: in percent, or as a number where the usual is so small that a percentage says nothing. It has a colour only where it is more than chance and the differences between those weeks explain.</dd>
<dt>Mean of ${DAYS_PER_WEEK} days</dt><dd>Of each day and the six before it. Each weekday is in it once, so that weekends do not show.</dd>
${hasBounds ? html`<dt>Lower bound</dt><dd>Counted from a full export, which holds only each item’s last state: what was changed again later or has expired since is missing. The true number is at least the one shown. Where exact numbers begin, the line is broken: the step there is another way to count, not growth.</dd>` : ''}
${isRedefined ? html`<dt>New definition</dt><dd>From that day on the metric is counted by other rules. The line is broken there, and no day before is compared with one behind it.</dd>` : ''}
<dt>No number</dt><dd>A day that was not counted is a gap, a day on which nothing happened is a zero.</dd>
</dl></details>`;
}
