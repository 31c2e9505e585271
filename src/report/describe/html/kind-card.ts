import type { AttributeDescription, KindDescription } from '../../../domain/describe/description.ts';
import { plural } from '../../format.ts';
import { html, type Markup, name } from '../../html/markup.ts';
import { contentText, meaningText, percent, typesText } from '../words.ts';

/** The attributes of more kinds are folded away. */
const OPEN_KINDS = 12;

/** One kind's attributes. */
export function kindCard(kind: KindDescription, index: number): Markup {
  const content = html`<summary><h2 id="kind-${index}">${name(kind.name)}</h2><p>${plural(kind.items, 'item')}, ${plural(kind.attributes.length, 'attribute')}${kind.unnamedAttributes > 0 ? ' and others, each in a few items' : ''}</p></summary>
${table(kind)}`;
  return html`<section class="card kind" aria-labelledby="kind-${index}">
${index < OPEN_KINDS ? html`<details open>${content}</details>` : html`<details>${content}</details>`}
</section>
`;
}

const headings = ['Attribute', 'Type', 'Items have it', 'Likely', 'What is in it'];

const table = ({ attributes }: KindDescription): Markup => html`<table class="attributes" role="table">
<thead role="rowgroup"><tr role="row">${headings.map((heading) => html`<th scope="col" role="columnheader">${heading}</th>`)}</tr></thead>
<tbody role="rowgroup">${attributes.flatMap((attribute) => [row(attribute, ''), ...attribute.members.map((member) => row(member, `${attribute.name}.`))])}</tbody></table>`;

function row(attribute: AttributeDescription, prefix: string): Markup {
  const meaning = meaningText(attribute);
  return html`<tr role="row"><th scope="row" role="rowheader" class="${prefix === '' ? '' : 'inside'}">${name(prefix + attribute.name)}</th><td role="cell">${typesText(attribute)}</td><td role="cell">${percent(attribute.share)}</td><td role="cell">${meaning === '' ? '' : html`<span class="tag">${meaning}</span>`}</td><td role="cell" class="pattern">${contentText(attribute)}</td></tr>
`;
}
