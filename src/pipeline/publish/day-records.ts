import { type Numbers, toAnalyticsRecord, zeroNumbers } from '../../domain/analytics-record.ts';
import type { Definition } from '../../domain/definition.ts';
import { mayReplace, type Provenance } from '../../domain/provenance.ts';
import { activeApps, type LedgerEntry } from '../../domain/run-ledger.ts';
import { equalSummaries, isZero } from '../../domain/summary.ts';
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
  const { exportId, definition } = numbers.provenance;
  const sameCode =
    !run.force &&
    before?.exportId === exportId &&
    before.definition === definition &&
    before.codeVersion === run.codeVersion;
  const standing = new Map(headers.map((header) => [header.app, header]));
  let written = 0;
  for (const { app, summary, detail } of apps) {
    const header = standing.get(app);
    if (sameCode && isOf(header, numbers.provenance) && equalSummaries(header.summary, summary)) continue;
    ensureTimeIsLeft(run);
    const key = { date: formatDay(day), app };
    const record = toAnalyticsRecord(key, { summary, detail: await detail() }, numbers.provenance, run.now());
    if ((await store.putRecord(record, { force: run.force })) === 'written') written++;
  }
  return written;
}

const isOf = (header: RecordHeader | undefined, { exportId, definition }: Provenance): header is RecordHeader =>
  header?.exportId === exportId && header.definition === definition;

/** Whose numbers hold on a day. */
export interface Winner {
  readonly provenance: Provenance;
  /** The numbers of an app in which nothing happened. */
  readonly zeros: Numbers;
}

/**
 * Puts zeros in the place of records that no longer hold.
 * @returns how many
 */
export async function clearStale(
  store: AnalyticsStore,
  stale: readonly RecordHeader[],
  { provenance, zeros }: Winner,
  run: RunContext,
): Promise<number> {
  let cleared = 0;
  for (const header of stale.filter(({ summary }) => !isZero(summary))) {
    ensureTimeIsLeft(run);
    const record = toAnalyticsRecord(header, zeros, provenance, run.now());
    if ((await store.replaceRecord(record, header)) === 'written') cleared++;
  }
  return cleared;
}

/** Clears away what a run of a worse export has left behind; the better export's own records are its own business. */
export async function clearOnBehalfOf(
  better: LedgerEntry,
  { store, definition }: { readonly store: AnalyticsStore; readonly definition: Definition },
  run: RunContext,
): Promise<number> {
  const counted = activeApps(better);
  const headers = await store.readHeaders(better.date);
  const stale = headers.filter(
    (header) => !counted.has(header.app) && !isOf(header, better) && mayReplace(better, header),
  );
  return await clearStale(store, stale, { provenance: better, zeros: zerosOf(better, definition) }, run);
}

/** Under which names another definition keeps what is behind its numbers is not known here: then nothing is. */
const zerosOf = ({ definition: hash, nothing }: LedgerEntry, definition: Definition): Numbers =>
  hash === definition.hash ? zeroNumbers(definition, nothing) : { summary: nothing, detail: new Map() };
