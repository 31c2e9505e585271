import type { AttributeDescription, KindDescription } from '../../../domain/describe/description.ts';
import { plural } from '../../format.ts';
import { html, type Markup, name } from '../../html/markup.ts';
import { contentText, meaningText, percent, typesText } from '../words.ts';

/** One kind's attributes. */
export const kindCard = (kind: KindDescription, index: number): Markup =>
  html`<section class="card" aria-labelledby="kind-${index}">
<header><h2 id="kind-${index}">${name(kind.name)}</h2><p>${plural(kind.items, 'item')}, ${plural(kind.attributes.length, 'attribute')}${kind.unnamedAttributes > 0 ? ' and others, each in a few items' : ''}.</p></header>
<div class="scroll all" role="region" aria-label="Attributes of ${kind.name}" tabindex="0"><table class="attributes">
<thead><tr><th scope="col">Attribute</th><th scope="col" class="text">Type</th><th scope="col">Have it</th><th scope="col" class="text">Likely</th><th scope="col" class="text">What is in it</th></tr></thead>
<tbody>${kind.attributes.flatMap((attribute) => [row(attribute, ''), ...attribute.members.map((member) => row(member, `${attribute.name}.`))])}</tbody></table></div>
</section>
`;

function row(attribute: AttributeDescription, prefix: string): Markup {
  const meaning = meaningText(attribute);
  return html`<tr><th scope="row"><span class="${prefix === '' ? '' : 'inside'}">${name(prefix + attribute.name)}</span></th><td class="text">${typesText(attribute)}</td><td>${percent(attribute.share)}${attribute.share === 1 ? '' : html`<small>${plural(attribute.items, 'item')}</small>`}</td><td class="text">${meaning === '' ? '' : html`<span class="tag">${meaning}</span>`}</td><td class="text pattern">${contentText(attribute)}</td></tr>
`;
}
