import { toAnalyticsRecord, zeroNumbers } from '../../domain/analytics-record.ts';
import { equalSummaries, isZero } from '../../domain/metrics.ts';
import { mayReplace, type Provenance } from '../../domain/provenance.ts';
import { activeApps, type LedgerEntry } from '../../domain/run-ledger.ts';
import { formatDay } from '../../domain/utc-day.ts';
import type { AnalyticsStore, RecordHeader } from '../ports.ts';
import { ensureTimeIsLeft, type RunContext } from '../run-context.ts';
import type { DayOfExport } from './counted-numbers.ts';

/**
 * Writes the record of each app that was counted on a day.
 * @returns how many were written: those that stand there already are not, and better ones are left alone
 */
export async function writeRecords(
  store: AnalyticsStore,
  { numbers, day, apps }: DayOfExport,
  { before, headers }: { readonly before: LedgerEntry | undefined; readonly headers: readonly RecordHeader[] },
  run: RunContext,
): Promise<number> {
  const { exportId } = numbers.provenance;
  const sameCode = !run.force && before?.exportId === exportId && before.codeVersion === run.codeVersion;
  const standing = new Map(headers.map((header) => [header.app, header]));
  let written = 0;
  for (const { app, summary, detail } of apps) {
    const header = standing.get(app);
    if (sameCode && header?.exportId === exportId && equalSummaries(header.summary, summary)) continue;
    ensureTimeIsLeft(run);
    const key = { date: formatDay(day), app };
    const record = toAnalyticsRecord(key, { summary, detail: await detail() }, numbers.provenance, run.now());
    if ((await store.putRecord(record, { force: run.force })) === 'written') written++;
  }
  return written;
}

/**
 * Puts zeros in the place of records that no longer hold.
 * @returns how many
 */
export async function clearStale(
  store: AnalyticsStore,
  stale: readonly RecordHeader[],
  winner: Provenance,
  run: RunContext,
): Promise<number> {
  let cleared = 0;
  for (const header of stale.filter(({ summary }) => !isZero(summary))) {
    ensureTimeIsLeft(run);
    const zeros = toAnalyticsRecord(header, zeroNumbers, winner, run.now());
    if ((await store.replaceRecord(zeros, header)) === 'written') cleared++;
  }
  return cleared;
}

/** Clears away what a run of a worse export has left behind; the better export's own records are its own business. */
export async function clearOnBehalfOf(better: LedgerEntry, store: AnalyticsStore, run: RunContext): Promise<number> {
  const counted = activeApps(better);
  const headers = await store.readHeaders(better.date);
  const stale = headers.filter(
    (header) => !counted.has(header.app) && header.exportId !== better.exportId && mayReplace(better, header),
  );
  return await clearStale(store, stale, better, run);
}
