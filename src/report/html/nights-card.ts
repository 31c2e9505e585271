import { formatDayLong, formatMonth, formatNumber, plural } from '../format.ts';
import {
  countStates,
  groupBy,
  monthOf,
  type Night,
  type NightState,
  type Remedy,
  remedyNames,
  stateNames,
} from '../nights.ts';
import { html, type Markup } from './markup.ts';

const DAYS_OF_A_MONTH = Array.from({ length: 31 }, (_, index) => index + 1);
/** Named where there is no room for every day. */
const MAJOR_DAYS = new Set([1, 5, 10, 15, 20, 25, 30]);

/** The nights, a line for each month, with what can be done for each red one. */
export function nightsCard(nights: readonly Night[], remedies: readonly Remedy[], idPrefix: string): Markup {
  return html`<section class="card nights" aria-labelledby="${idPrefix}-nights">
<header><h2 id="${idPrefix}-nights">Nights</h2><p>Each night a run counts the day before: one mark a day (UTC).</p></header>
<ul class="legend">${countStates(nights).map(legendEntry)}</ul>
<table class="months"><caption class="hidden">How each day was counted</caption>
<thead><tr><td></td>${DAYS_OF_A_MONTH.map((day) => html`<th scope="col"${MAJOR_DAYS.has(day) ? '' : html` class="minor"`}><span>${day}</span></th>`)}</tr></thead>
<tbody>${[...groupBy(nights, monthOf).values()].map(month)}</tbody></table>
${remedies.length === 0 ? '' : html`<h3>What to do</h3><ul class="remedies">${remedies.map(remedyItem)}</ul>`}
</section>`;
}

const legendEntry = ({ state, nights }: { state: NightState; nights: number }): Markup =>
  html`<li><i class="mark ${state}"></i>${formatNumber(nights)} ${stateNames[state]}</li>`;

function month(nights: readonly Night[]): Markup {
  const byDay = new Map(nights.map((night) => [Number(night.date.slice(8)), night]));
  return html`<tr><th scope="row">${formatMonth(nights[0]?.date ?? '')}</th>${DAYS_OF_A_MONTH.map((day) => cell(byDay.get(day)))}</tr>
`;
}

const cell = (night: Night | undefined): Markup =>
  night === undefined
    ? html`<td></td>`
    : html`<td title="${formatDayLong(night.date)}: ${stateNames[night.state]}"><i class="night ${night.state}"></i><span class="hidden">${stateNames[night.state]}</span></td>`;

const remedyItem = ({ state, from, to, nights, explanation, command }: Remedy): Markup =>
  html`<li><i class="mark ${state}"></i><div><strong>${formatDayLong(from)}${from === to ? '' : ` to ${formatDayLong(to)}`}: ${plural(nights, 'night')} ${remedyNames[state]}</strong><br>${explanation}<br><code>${command}</code></div></li>
`;
