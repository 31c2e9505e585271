import { S3Client } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { clientOptions, findInstallation } from '../../adapters/aws/installation.ts';
import { dropAgain, isThere } from '../../adapters/aws/manifest-drop.ts';
import { S3Files } from '../../adapters/aws/s3-files.ts';
import { RETENTION_DAYS } from '../../domain/analytics-record.ts';
import { mayReplace } from '../../domain/provenance.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { compareText } from '../../domain/text-order.ts';
import { dayOfMillis, daysBetween, formatDay, parseDay, type UtcDay } from '../../domain/utc-day.ts';
import { type OpenedExport, openExport } from '../../pipeline/count/count-export.ts';
import { prefixOf } from '../../pipeline/count/open-object.ts';
import { PipelineFault } from '../../pipeline/faults.ts';
import { formatBytes, plural } from '../../report/format.ts';
import { adviceOf, type KnownNights, stateNames } from '../../report/nights.ts';
import type { DaySpan } from '../../report/widget.ts';
import { type LedgerSource, openLedger } from '../ledger-source.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { changesText } from './changes.ts';
import type { WorkOptions } from './request-work.ts';
import { type Awaited, waitForLedger } from './wait-for-ledger.ts';

interface Manifest {
  readonly bucket: string;
  readonly key: string;
}

/**
 * Drops an export's manifest again, so that it is counted anew.
 * @param what a day, an export id, or the key of a manifest
 * @throws PipelineFault where it is not known, or its files have expired
 */
export async function reprocess(what: string, options: WorkOptions, terminal: Terminal): Promise<void> {
  const { ExportBucketName } = await findInstallation(options.stack, options);
  const ledger = await openLedger(options, terminal);
  try {
    const today = dayOfMillis(Date.now());
    const known = await ledger.read({ from: today - RETENTION_DAYS, to: today - 1 });
    const earliestRestorable = (await ledger.recovery())?.earliest ?? null;
    const advise = (day: UtcDay) => adviceText(day, { entries: known, now: Date.now(), earliestRestorable });
    const manifest = manifestOf(what, known, ExportBucketName, advise);
    const client = new S3Client(clientOptions(options));
    const files = new S3Files(client, manifest.bucket);
    if (!(await isThere(client, manifest.bucket, manifest.key))) throw expired(manifest, known, advise);
    const opened = await openExport(files, manifest.key);
    await requireFiles(client, opened, known, advise);
    terminal.result(`${options.dryRun ? 'Would drop again' : 'Dropping again'}: ${describe(opened)}`);
    if (options.dryRun) return;
    await dropAgain(client, manifest.bucket, manifest.key);
    if (options.wait) await waitAndTell(ledger, awaitedOf(opened, known), known, options, terminal);
  } finally {
    await ledger.close();
  }
}

/** What a day's state is and what can be done about it, in the words of every command. */
type Advise = (day: UtcDay) => string;

function adviceText(day: UtcDay, known: KnownNights): string {
  const { night, advice } = adviceOf(day, known);
  if (advice !== undefined) return `${stateNames[night.state]}; ${advice.explanation} ${advice.command}`;
  return night.state === 'exact' ? replayIfCovered(night.date, day, known) : stateNames[night.state];
}

/** Exact numbers need nothing; who wants them counted again has to export the day again. */
function replayIfCovered(date: string, day: UtcDay, known: KnownNights): string {
  const { advice } = adviceOf(day, { ...known, entries: known.entries.filter((entry) => entry.date !== date) });
  return advice?.command.startsWith('daytally replay')
    ? `its numbers are exact; to export it again: ${advice.command}`
    : 'its numbers are exact, and no exact export can be made any more: leave them';
}

function manifestOf(what: string, known: readonly LedgerEntry[], bucket: string, advise: Advise): Manifest {
  if (what.endsWith('manifest-summary.json')) return { bucket, key: what.replace(/^s3:\/\/[^/]+\//, '') };
  const day = parseDay(what);
  const isDay = day !== undefined;
  const entry = known.find(({ date, exportId }) => (isDay ? date : exportId) === what);
  if (entry !== undefined) return entry.manifest;
  throw new PipelineFault({
    what: isDay ? 'the day has not been finished by any export' : 'the ledger knows no such export',
    where: what,
    expected: 'a finished day, the id of an export in the ledger, or the key of a manifest-summary.json',
    found: 'neither',
    remedy: isDay ? advise(day) : 'daytally explain <day> <app> names the export of a day',
  });
}

function expired({ bucket, key }: Manifest, known: readonly LedgerEntry[], advise: Advise): PipelineFault {
  const dates = known
    .filter(({ manifest }) => manifest.key === key)
    .map(({ date }) => date)
    .sort(compareText);
  const first = parseDay(dates[0] ?? '');
  return new PipelineFault({
    what: "the export's files are gone: the bucket keeps them for a day unless configured otherwise",
    where: `s3://${bucket}/${key}`,
    expected: 'the manifest and all of its data files',
    found: 'some missing',
    remedy: first === undefined ? 'daytally replay exports its days again' : `of ${dates[0]}: ${advise(first)}`,
  });
}

const LOOKS_AT_A_TIME = 16;

/** The aggregator would fail on the first file that is missing; better to say so now. */
async function requireFiles(
  client: S3Client,
  opened: OpenedExport,
  known: readonly LedgerEntry[],
  advise: Advise,
): Promise<void> {
  const { manifest, dataFiles } = opened;
  const prefix = prefixOf(manifest.key);
  const there = await pMap(
    dataFiles,
    async ({ dataFileS3Key: key }) =>
      (await isThere(client, manifest.bucket, key)) || (await isThere(client, manifest.bucket, prefix + key)),
    { concurrency: LOOKS_AT_A_TIME },
  );
  if (there.includes(false)) throw expired(manifest, known, advise);
}

function describe({ summary, manifest, dataFiles }: OpenedExport): string {
  const { from, to } = summary.window;
  return [
    `s3://${manifest.bucket}/${manifest.key}`,
    `  ${summary.origin.exportType}, days ${from === null ? 'from the beginning' : formatDay(from)} to ${formatDay(to)}`,
    `  ${plural(summary.itemCount, 'item')} in ${plural(dataFiles.length, 'file')}`,
    `  cost: reading from S3 and one Lambda run, a fraction of a cent (${formatBytes(summary.billedSizeBytes)} exported)`,
  ].join('\n');
}

/** A day is done when a new run has written it, or where a better export's numbers stand, which are left alone. */
function awaitedOf({ summary }: OpenedExport, known: readonly LedgerEntry[]): Awaited {
  const { origin, window } = summary;
  const runs = new Map(known.map(({ date, runId }) => [date, runId]));
  const firstKnown = known.map(({ date }) => parseDay(date) ?? window.to).reduce((a, b) => Math.min(a, b), window.to);
  const span = { from: window.from ?? firstKnown, to: window.to };
  return {
    span,
    dates: daysBetween(span.from, span.to).map(formatDay),
    isDone: (entry) =>
      runs.get(entry.date) !== entry.runId || !mayReplace({ ...origin, definition: entry.definition }, entry),
    check: async () => {},
  };
}

async function waitAndTell(
  ledger: LedgerSource,
  awaited: Awaited,
  known: readonly LedgerEntry[],
  { timeout, poll }: WorkOptions,
  terminal: Terminal,
): Promise<void> {
  const after = await waitForLedger(ledger, awaited, { timeoutMinutes: timeout, pollSeconds: poll }, terminal);
  const span: DaySpan = awaited.span;
  const before = known.filter(({ date }) => date >= formatDay(span.from) && date <= formatDay(span.to));
  terminal.result(changesText({ before, after }, await ledger.metrics(after), terminal));
}
