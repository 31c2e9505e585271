import { formatBytes, formatDuration, formatMoment, formatNumber, formatValue, plural } from '../format.ts';
import type { Report } from '../report.ts';
import { rowsOf } from '../rows.ts';
import { lateOf, type Run } from '../runs.ts';
import { html, type Markup, name } from './markup.ts';

const RUNS_SHOWN = 10;
const REASONS_SHOWN = 3;

/** The last runs: what they read, what they could not read, how long they took. */
export function runsCard(runs: readonly Run[], idPrefix: string): Markup {
  const shown = runs.slice(0, RUNS_SHOWN);
  return html`<section class="card" aria-labelledby="${idPrefix}-runs">
<header><h2 id="${idPrefix}-runs">Last runs</h2><p>${runs.length > shown.length ? `The latest ${shown.length} of ${runs.length}.` : 'The latest first.'}</p></header>
<div class="scroll" role="region" aria-label="Table of the last runs" tabindex="0"><table class="numbers">
<thead><tr><th scope="col">Finished</th><th scope="col" class="text">Export</th><th scope="col" class="text">Days</th><th scope="col">Records</th><th scope="col">Malformed</th><th scope="col">Late</th><th scope="col">Read</th><th scope="col">Took</th></tr></thead>
<tbody>${shown.map(runRow)}</tbody></table></div>
</section>`;
}

function runRow(run: Run): Markup {
  const { exportId, exportType, from, to, days, records, rejects, outside, bytesRead, durationMillis, finishedAt } =
    run;
  const reasons = rejects
    .slice(0, REASONS_SHOWN)
    .map(({ reason, records: count }) => `${formatNumber(count)} ${reason}`);
  return html`<tr><th scope="row">${formatMoment(finishedAt)}</th><td class="text">${exportType === 'FULL_EXPORT' ? 'full' : 'incremental'}<small>${exportId}</small></td><td class="text">${from}${from === to ? '' : html`<small>to ${to}, ${plural(days, 'day')}</small>`}</td><td>${formatNumber(records.read)}<small>${formatNumber(records.counted)} counted</small></td><td>${formatNumber(records.malformed)}${reasons.length === 0 ? '' : html`<small>${reasons.join(', ')}</small>`}</td><td>${formatValue(lateOf(outside))}</td><td>${formatBytes(bytesRead)}</td><td>${formatDuration(durationMillis)}</td></tr>
`;
}

/** Every number of the report, to read and to copy. */
export function numbersCard(report: Report, idPrefix: string): Markup {
  const rows = rowsOf(report);
  const ids = report.metrics.map(({ metric }) => metric);
  return html`<section class="card" aria-labelledby="${idPrefix}-numbers">
<header><h2 id="${idPrefix}-numbers">The numbers</h2><p>Every app on every finished day.</p></header>
<details><summary>Show ${plural(rows.length, 'row')}</summary>
<div class="scroll" role="region" aria-label="Table of the numbers" tabindex="0"><table class="numbers">
<thead><tr><th scope="col">Day</th><th scope="col" class="text">App</th>${ids.map(({ title }) => html`<th scope="col">${title}</th>`)}<th scope="col" class="text">Quality</th></tr></thead>
<tbody>${rows.map(
    ({ date, app, values, quality }) =>
      html`<tr><th scope="row">${date}</th><td class="text">${name(app)}</td>${ids.map(({ id }) => html`<td>${formatValue(values[id] ?? null)}</td>`)}<td class="text">${quality === 'exact' ? 'exact' : 'lower bound'}</td></tr>
`,
  )}</tbody></table></div></details>
</section>`;
}
