import type { DateText, UtcDay } from '../../domain/utc-day.ts';
import { formatDayLong, formatNumber, plural } from '../format.ts';
import { countStates, type Night, type NightState, type Remedy, stateNames } from '../nights.ts';
import { DAYS_PER_WEEK } from '../report.ts';
import { html, type Markup } from './markup.ts';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** 1970-01-01 was a Thursday: with Monday as 0. */
const weekdayOf = (day: UtcDay): number => (day + 3) % DAYS_PER_WEEK;

const monthNames = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

const LOWER_BOUND_NOTE = html`<p class="note">Lower bounds come from a full export, which holds only each item’s last state: one that was written on three days counts on the last, and expired items are gone. The true number is at least the one shown.</p>`;

/** The nights as calendar months, with what can be done for each red one. */
export function calendarCard(nights: readonly Night[], remedies: readonly Remedy[], idPrefix: string): Markup {
  return html`<section class="card" aria-labelledby="${idPrefix}-nights">
<header><h2 id="${idPrefix}-nights">Nights</h2><p>One run a night, one mark a day (UTC).</p></header>
<ul class="legend">${countStates(nights).map(legendEntry)}</ul>
${nights.some(({ state }) => state === 'lowerBound') ? LOWER_BOUND_NOTE : ''}
<div class="months">${byMonth(nights).map(month)}</div>
${remedies.length === 0 ? html`` : html`<h3>What to do</h3><ul class="remedies">${remedies.map(remedyItem)}</ul>`}
</section>`;
}

const legendEntry = ({ state, nights }: { state: NightState; nights: number }): Markup =>
  html`<li><i class="mark ${state}"></i>${formatNumber(nights)} ${stateNames[state]}</li>`;

function byMonth(nights: readonly Night[]): Night[][] {
  const months = new Map<DateText, Night[]>();
  for (const night of nights) {
    const month = night.date.slice(0, 7);
    const own = months.get(month);
    if (own === undefined) months.set(month, [night]);
    else own.push(night);
  }
  return [...months.values()];
}

function month(nights: readonly Night[]): Markup {
  const [first] = nights;
  if (first === undefined) return html``;
  const weeks: Markup[][] = [];
  for (const night of nights) {
    if (weeks.length === 0 || weekdayOf(night.day) === 0) weeks.push([]);
    weeks.at(-1)?.push(cell(night));
  }
  const indent = html`${Array.from({ length: weekdayOf(first.day) }, () => html`<td class="none"></td>`)}`;
  return html`<table class="month"><caption>${monthNames.format(new Date(`${first.date}T00:00:00Z`))}</caption>
<thead><tr>${weekdays.map((day) => html`<th scope="col" abbr="${day}">${day.slice(0, 1)}</th>`)}</tr></thead>
<tbody>${weeks.map((week, index) => html`<tr>${index === 0 ? indent : ''}${week}</tr>`)}</tbody></table>
`;
}

const cell = ({ date, state }: Night): Markup =>
  html`<td class="${state}" title="${formatDayLong(date)}: ${stateNames[state]}">${Number(date.slice(8))}<span class="hidden"> ${stateNames[state]}</span></td>`;

const remedyItem = ({ state, from, to, nights, explanation, command }: Remedy): Markup =>
  html`<li><i class="mark ${state}"></i><div><strong>${formatDayLong(from)}${from === to ? '' : ` to ${formatDayLong(to)}`}: ${plural(nights, 'night')} ${stateNames[state]}</strong><br>${explanation}<br><code>${command}</code></div></li>
`;
