import { formatDayLong, formatNumber, plural } from '../format.ts';
import { countStates, isRed, type Night, stateNames } from '../nights.ts';
import type { Report } from '../report.ts';
import { html, type Markup, name } from './markup.ts';

/** The title, the span of days, and the one thing to know before looking at anything else. */
export const pageHeader = ({ from, to, nights, apps }: Report, title: Markup | ''): Markup =>
  html`<header class="top"><div>${title}<p>${apps.length === 1 ? html`App ${name(apps[0] ?? '')}, ` : ''}${from === to ? formatDayLong(from) : `${formatDayLong(from)} to ${formatDayLong(to)}`}</p></div>${verdict(nights)}</header>`;

function verdict(nights: readonly Night[]): Markup {
  const counts = countStates(nights);
  const finished = nights.filter(({ entry }) => entry !== undefined).length;
  if (finished === 0) return pill('bad', 'missed', 'No finished night');
  const red = counts.filter(({ state }) => isRed(state));
  const bounds = counts.find(({ state }) => state === 'lowerBound')?.nights ?? 0;
  const parts = [
    ...(bounds === 0 ? [] : [`${formatNumber(bounds)} lower bound${bounds === 1 ? '' : 's'}`]),
    ...(red.length === 0
      ? ['none missing']
      : red.map(({ state, nights: count }) => `${formatNumber(count)} ${stateNames[state]}`)),
  ];
  const text = `${plural(finished + sum(red), 'night')}${parts.length === 1 ? ',' : ':'} ${parts.join(', ')}`;
  return red.length === 0 ? pill('good', 'exact', text) : pill('bad', red[0]?.state ?? 'missed', text);
}

const sum = (counts: readonly { readonly nights: number }[]): number =>
  counts.reduce((total, { nights }) => total + nights, 0);

const pill = (mood: 'good' | 'bad', mark: string, text: string): Markup =>
  html`<p class="verdict ${mood}"><i class="mark ${mark}"></i>${text}</p>`;
