import type { Changes, Sizes, TableDescription } from '../../../domain/describe/description.ts';
import { MAX_ITEM_BYTES } from '../../../domain/describe/findings.ts';
import { formatBytes, formatNumber } from '../../format.ts';
import { html, type Markup, name } from '../../html/markup.ts';
import { explanations, otherName, percent } from '../words.ts';

/** All kinds with bars for their items and their bytes. */
export function kindsCard(description: TableDescription): Markup {
  const { kinds, others, changes, items, jsonBytes } = description;
  const all = others === null ? kinds : [...kinds, others];
  const totals: Totals = {
    items: { all: items, most: Math.max(0, ...all.map((kind) => kind.items)) },
    bytes: { all: jsonBytes, most: Math.max(0, ...all.map((kind) => kind.jsonBytes)) },
    hasChanges: changes !== null,
  };
  const headings = ['Items', 'JSON', 'Mean item', 'Largest', ...(totals.hasChanges ? CHANGES : [])];
  return html`<section class="card" aria-labelledby="kinds">
<header><h2 id="kinds">Kinds</h2>${explanations(description).map((text) => html`<p>${text}</p>`)}</header>
<table class="kinds" role="table">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Kind</th>${headings.map((heading) => html`<th scope="col" role="columnheader">${heading}</th>`)}</tr></thead>
<tbody role="rowgroup">${kinds.map((kind) => row(name(kind.name), kind, totals))}${others === null ? '' : row(html`${otherName(others.kinds)}`, others, totals)}</tbody></table>
</section>`;
}

const CHANGES = ['New', 'Changed', 'Deleted'];

interface Total {
  readonly all: number;
  /** Of the largest kind: its bar is the longest. */
  readonly most: number;
}

interface Totals {
  readonly items: Total;
  readonly bytes: Total;
  readonly hasChanges: boolean;
}

function row(title: Markup, { items, jsonBytes, itemBytes, largestBytes, changes }: Sizes, totals: Totals): Markup {
  const largest = html`${formatBytes(largestBytes)} <small>${percent(largestBytes / MAX_ITEM_BYTES)} of 400 KB</small>`;
  return html`<tr role="row"><th scope="row" role="rowheader">${title}</th>${[
    measured('Items', formatNumber(items), bar('items', items, totals.items)),
    measured('JSON', formatBytes(jsonBytes), bar('bytes', jsonBytes, totals.bytes)),
    cell('Mean item', items === 0 ? '–' : formatBytes(Math.round(itemBytes / items))),
    cell('Largest', items === 0 ? '–' : largest),
    ...(totals.hasChanges ? changeCells(changes) : []),
  ]}</tr>
`;
}

const changeCells = (changes: Changes | null): Markup[] =>
  [changes?.inserted, changes?.changed, changes?.deleted].map((count, index) =>
    cell(CHANGES[index] ?? '', count == null ? '–' : formatNumber(count)),
  );

/** Where there is little room a row is a card, with no heading above: each cell is told its own. */
const cell = (heading: string, content: Markup | string): Markup =>
  html`<td role="cell"><span class="label" aria-hidden="true">${heading}</span>${content}</td>`;

const measured = (heading: string, amount: string, { share, length }: Bar): Markup =>
  html`<td role="cell" class="measured"><span class="label" aria-hidden="true">${heading}</span><span class="amount">${amount} <small>${percent(share)}</small></span>${length}</td>`;

interface Bar {
  readonly share: number;
  readonly length: Markup;
}

const bar = (what: 'items' | 'bytes', amount: number, { all, most }: Total): Bar => ({
  share: all === 0 ? 0 : amount / all,
  length: html`<i class="bar ${what}" style="--share:${most === 0 ? 0 : Math.round((amount / most) * 1000) / 10}"></i>`,
});
