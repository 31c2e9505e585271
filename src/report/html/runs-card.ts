import { doubtsOf } from '../../domain/doubts.ts';
import { lateOf } from '../../domain/run-ledger.ts';
import {
  formatBytes,
  formatDayLong,
  formatDayShort,
  formatDuration,
  formatMoment,
  formatNumber,
  plural,
} from '../format.ts';
import { wordsOfReason } from '../reasons.ts';
import type { Run } from '../runs.ts';
import { html, type Markup } from './markup.ts';

const RUNS_SHOWN = 8;
const REASONS_SHOWN = 3;

/** The last runs in words; what an operator looks for (ids, codes, sizes) is behind each. */
export function runsCard(runs: readonly Run[], idPrefix: string): Markup {
  const shown = runs.slice(0, RUNS_SHOWN);
  return html`<section class="card" aria-labelledby="${idPrefix}-runs">
<header><h2 id="${idPrefix}-runs">Last runs</h2><p>What was counted when${runs.length > shown.length ? `, the latest ${shown.length} of ${formatNumber(runs.length)}` : ', the latest first'}.</p></header>
<ol class="runs">${shown.map(runItem)}</ol>
</section>`;
}

function runItem(run: Run): Markup {
  const { finishedAt, records, durationMillis } = run;
  return html`<li><details><summary><span class="what">${whatOf(run)}</span><span class="facts"><span>${formatMoment(finishedAt)}</span><span class="number">${plural(records.read, 'record')}</span><span class="number${records.malformed === 0 ? ' none' : ''}">${records.malformed === 0 ? 'all' : `${formatNumber(records.malformed)} not`} readable</span><span class="number">${formatDuration(durationMillis)}</span></span></summary>
${details(run)}</details></li>
`;
}

function whatOf({ exportType, from, to, days }: Run): string {
  if (exportType === 'INCREMENTAL_EXPORT' && days === 1) return formatDayLong(from);
  const span = from === to ? formatDayLong(from) : `${formatDayShort(from)} to ${formatDayLong(to)}`;
  return exportType === 'FULL_EXPORT' ? `Backfill, ${plural(days, 'day')}: ${span}` : `${plural(days, 'day')}: ${span}`;
}

const details = ({ exportId, exportType, definition, records, rejects, outside, bytesRead }: Run): Markup => html`<dl>
${doubtsOf(records, lateOf(outside)).map(({ what, remedy }) => html`<dt>Doubtful</dt><dd>${what}: ${remedy}</dd>\n`)}<dt>Records</dt><dd>${formatNumber(records.counted)} counted, ${formatNumber(records.ignored)} of other kinds, ${formatNumber(records.deleted)} deleted, ${formatNumber(records.outsideWindow)} of other days${outsideWords(outside)}</dd>
${rejects.length === 0 ? '' : html`<dt>Not readable</dt><dd>${reasons(rejects)}</dd>`}
<dt>Export</dt><dd>${exportType === 'FULL_EXPORT' ? 'full' : 'incremental'}, ${formatBytes(bytesRead)} <code>${exportId}</code></dd>
<dt>Definition</dt><dd><code>${definition}</code></dd>
</dl>`;

const outsideWords = (outside: Run['outside']): string =>
  outside === null
    ? ''
    : ` (${formatNumber(outside.touched)} counted before, ${formatNumber(lateOf(outside) ?? 0)} too late, ${formatNumber(outside.early)} too early)`;

function reasons(rejects: Run['rejects']): Markup {
  const others = rejects.slice(REASONS_SHOWN);
  const cut = others.reduce((sum, { records }) => sum + records, 0);
  return html`<ul>${rejects.slice(0, REASONS_SHOWN).map(({ reason, records }) => html`<li>${formatNumber(records)} × ${wordsOfReason(reason)} <code>${breakable(reason)}</code></li>`)}${others.length === 0 ? '' : html`<li>and ${plural(others.length, 'other reason')} (${plural(cut, 'record')})</li>`}</ul>`;
}

/** A code may go on the next line behind a dot, and nowhere else. */
const breakable = (code: string): Markup[] =>
  code.split('.').map((part, index) => (index === 0 ? html`${part}` : html`.<wbr>${part}`));
