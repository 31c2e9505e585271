import { type Numbers, toAnalyticsRecord, zeroNumbers } from '../../domain/analytics-record.ts';
import type { Definition } from '../../domain/definition.ts';
import { inlineApps } from '../../domain/inline-detail.ts';
import { holdsTheSame, isSameCount, mayReplace, type Provenance } from '../../domain/provenance.ts';
import { activeApps, type LedgerEntry } from '../../domain/run-ledger.ts';
import { equalSummaries, isZero, type Summary } from '../../domain/summary.ts';
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
  { headers, inlineDetailKb }: { readonly headers: readonly RecordHeader[]; readonly inlineDetailKb: number },
  run: RunContext,
): Promise<number> {
  const standing = new Map(headers.map((header) => [header.app, header]));
  const inline = inlineApps(apps, inlineDetailKb);
  let written = 0;
  for (const { app, summary, detail } of apps) {
    const header = standing.get(app);
    if (header !== undefined && !run.force && isEqual(header, summary, numbers.provenance, run)) continue;
    ensureTimeIsLeft(run);
    const isInline = inline.has(app);
    const record = toAnalyticsRecord(
      { date: formatDay(day), app },
      { summary, detail: await detail(isInline) },
      numbers.provenance,
      writingBy(run),
    );
    if ((await store.putRecord(record, { force: run.force, isInline })) === 'written') written++;
  }
  return written;
}

/**
 * Whether the record that stands there is the one that would be written: what a run that was stopped inside the day had
 * written, or, of another export of the same changes, another night's.
 */
const isEqual = (
  header: RecordHeader,
  summary: Summary,
  provenance: Provenance,
  { codeVersion }: RunContext,
): boolean =>
  header.codeVersion === codeVersion && holdsTheSame(header, provenance) && equalSummaries(header.summary, summary);

const writingBy = ({ now, codeVersion }: RunContext) => ({ writtenAt: now(), codeVersion });

const isOf = (header: RecordHeader | undefined, provenance: Provenance): header is RecordHeader =>
  isSameCount(header, provenance);

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
    const record = toAnalyticsRecord(header, zeros, provenance, writingBy(run));
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
