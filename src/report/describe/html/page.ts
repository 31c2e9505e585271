import type { TableDescription } from '../../../domain/describe/description.ts';
import { findingsIn } from '../../../domain/describe/findings.ts';
import { formatMoment, plural } from '../../format.ts';
import { documentOf } from '../../html/document.ts';
import { html, type Markup, name, trusted } from '../../html/markup.ts';
import { findingPlace, findingText } from '../finding-words.ts';
import { headline } from '../words.ts';
import { kindCard } from './kind-card.ts';
import { kindsCard } from './kinds-card.ts';
import { describeStyle } from './style.ts';

/** What is in a table, as a page in one file. */
export function toPage(description: TableDescription): string {
  const { exportId, exportTime } = description.export;
  const content = html`<style>${trusted(describeStyle)}</style>
<header class="top"><div><h1>What is in the table</h1><p>${headline(description)}</p></div>${verdict(description)}</header>
${kindsCard(description)}
${findingsCard(description)}
${description.kinds.map(kindCard)}
<footer>Made by Daytally of export ${exportId}, ${formatMoment(new Date(exportTime).toISOString())}. No values: patterns, shared constants and ranges of days.</footer>`;
  return documentOf(`What is in the table, export ${exportId}`, 'auto', content);
}

function verdict(description: TableDescription): Markup {
  const count = findingsIn(description).length;
  return count === 0
    ? html`<p class="verdict good"><i class="mark exact"></i>Nothing odd</p>`
    : html`<p class="verdict bad"><i class="mark missed"></i>${plural(count, 'thing')} to look at</p>`;
}

function findingsCard(description: TableDescription): Markup {
  const findings = findingsIn(description);
  if (findings.length === 0) return html``;
  return html`<section class="card" aria-labelledby="findings">
<header><h2 id="findings">To look at</h2></header>
<ul class="findings">${findings.map(
    (
      finding,
    ) => html`<li><i class="mark missed"></i><div><strong>${name(findingPlace(finding))}</strong> ${findingText(finding)}</div></li>
`,
  )}</ul>
</section>`;
}
