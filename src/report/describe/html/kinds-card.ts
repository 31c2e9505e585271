import type { Changes, Sizes, TableDescription } from '../../../domain/describe/description.ts';
import { MAX_ITEM_BYTES } from '../../../domain/describe/findings.ts';
import { formatBytes, formatNumber, plural } from '../../format.ts';
import { html, type Markup, name } from '../../html/markup.ts';
import { explanations, percent } from '../words.ts';

/** All kinds with bars for their items and their bytes. */
export function kindsCard(description: TableDescription): Markup {
  const { kinds, others, changes } = description;
  const largest: Totals = {
    items: Math.max(1, ...kinds.map(({ items }) => items), others?.items ?? 0),
    bytes: Math.max(1, ...kinds.map(({ jsonBytes }) => jsonBytes), others?.jsonBytes ?? 0),
    all: Math.max(1, description.items),
    hasChanges: changes !== null,
  };
  return html`<section class="card" aria-labelledby="kinds">
<header><h2 id="kinds">Kinds</h2>${explanations(description).map((text) => html`<p>${text}</p>`)}</header>
<div class="scroll" role="region" aria-label="Table of kinds" tabindex="0"><table class="numbers bars">
<thead><tr><th scope="col">Kind</th><th scope="col">Items</th><th scope="col" class="text">Share of items</th><th scope="col">JSON</th><th scope="col" class="text">Bytes of JSON</th><th scope="col">Mean item</th><th scope="col">Largest</th>${largest.hasChanges ? html`<th scope="col">New</th><th scope="col">Changed</th><th scope="col">Deleted</th>` : ''}</tr></thead>
<tbody>${kinds.map((kind) => row(name(kind.name), kind, largest))}${others === null ? '' : row(html`other (${plural(others.kinds, 'kind')})`, others, largest)}</tbody></table></div>
</section>`;
}

interface Totals {
  /** Of the largest kind: its bar is the longest. */
  readonly items: number;
  readonly bytes: number;
  /** Items of all kinds. */
  readonly all: number;
  readonly hasChanges: boolean;
}

function row(title: Markup, { items, jsonBytes, itemBytes, largestBytes, changes }: Sizes, totals: Totals): Markup {
  const isEmpty = items === 0;
  return html`<tr><th scope="row">${title}</th><td>${formatNumber(items)}</td><td class="text barred">${bar('items', items / totals.items)}<small>${percent(items / totals.all)}</small></td><td>${formatBytes(jsonBytes)}</td><td class="text barred">${bar('bytes', jsonBytes / totals.bytes)}</td><td>${isEmpty ? '–' : formatBytes(Math.round(itemBytes / items))}</td><td>${isEmpty ? '–' : formatBytes(largestBytes)}${isEmpty ? '' : html`<small>${percent(largestBytes / MAX_ITEM_BYTES)} of 400 KB</small>`}</td>${totals.hasChanges ? changeCells(changes) : ''}</tr>
`;
}

const changeCells = (changes: Changes | null): Markup =>
  html`${[changes?.inserted, changes?.changed, changes?.deleted].map((count) => html`<td>${count == null ? '–' : formatNumber(count)}</td>`)}`;

const bar = (what: 'items' | 'bytes', share: number): Markup =>
  html`<i class="bar ${what}" style="--share:${Math.round(share * 1000) / 10}"></i>`;
