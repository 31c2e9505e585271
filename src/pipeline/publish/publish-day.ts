import { expiryOf, zeroNumbers } from '../../domain/analytics-record.ts';
import type { Metric } from '../../domain/definition.ts';
import { changedPoints, isPublishable, MAX_POINT_AGE_DAYS, type MetricPoint } from '../../domain/metric-points.ts';
import { isSameCount, mayReplace } from '../../domain/provenance.ts';
import { publishedApps } from '../../domain/published-apps.ts';
import { activeApps, type LedgerEntry, replacedBy } from '../../domain/run-ledger.ts';
import { type Summary, zeroSummary } from '../../domain/summary.ts';
import { byKey } from '../../domain/text-order.ts';
import { type DateText, daysBetween, formatDay, type UtcDay } from '../../domain/utc-day.ts';
import type { AnalyticsStore, RecordHeader } from '../ports.ts';
import { ensureTimeIsLeft, type RunContext } from '../run-context.ts';
import type { CountedNumbers, DayOfExport, KnownLedger, PublishPorts } from './counted-numbers.ts';
import { clearOnBehalfOf, clearStale, writeRecords } from './day-records.ts';

/*
 * Why any number of runs, of any exports, may work on one day at a time, crash anywhere and be repeated, and still end
 * as if only the best export had been published:
 *
 * - A record is never replaced by one of a worse export (putRecord), so the best export's own records stand.
 * - What may be wrong in the end is a record of a worse export, of an app that the best one has not counted. A run
 *   clears away such records where it sees them (clearStale), and it misses only those written after it looked.
 * - The ledger's entry is written only if it is still the one that was read before looking (putLedger). So whoever
 *   wrote a record that the best run has missed writes its own entry later, finds a better one in its place, and
 *   clears its record away itself, on behalf of the better one. If it crashes before that, its repetition does so.
 */

export interface PublishedDay {
  readonly date: DateText;
  /**
   * `written`: finished by this run. `done`: an earlier attempt of this run had finished it.
   * `outranked`: a better export's numbers stand there and were left alone.
   */
  readonly outcome: 'written' | 'done' | 'outranked';
  /** Records written, zeros in the place of stale ones included. */
  readonly records: number;
  /** Metric values sent to CloudWatch. */
  readonly points: number;
  /** Metric values that changed, but of a day that CloudWatch no longer takes. */
  readonly notPublished: number;
  /** Apps that are in the table but, for there are so many, not in CloudWatch. */
  readonly appsNotPublished: number;
}

/** Publishes one day; adds its entry to the known ledger. */
export async function publishDay(
  ports: PublishPorts,
  today: DayOfExport,
  ledger: KnownLedger,
  run: RunContext,
): Promise<PublishedDay> {
  const { numbers, day } = today;
  const nothing = { date: formatDay(day), records: 0, points: 0, notPublished: 0, appsNotPublished: 0 };
  for (let hasWritten = false; ; hasWritten = true) {
    ensureTimeIsLeft(run);
    const before = ledger.get(day);
    if (before !== undefined && isDoneBy(numbers, before, run)) return { ...nothing, outcome: 'done' };
    if (before !== undefined && !run.force && !mayReplace(numbers.provenance, before)) {
      const records =
        hasWritten || mayHaveRunBefore(before, numbers)
          ? await clearOnBehalfOf(before, { store: ports.store, definition: numbers.rules.definition }, run)
          : 0;
      return { ...nothing, outcome: 'outranked', records };
    }
    const published = await writeDay(ports, today, ledger, run);
    if (published !== undefined) return published;
    await readAgain(ports.store, day, ledger);
  }
}

async function readAgain(store: AnalyticsStore, day: UtcDay, ledger: KnownLedger): Promise<void> {
  const [entry] = await store.readLedger([formatDay(day)], { consistent: true });
  if (entry === undefined) ledger.delete(day);
  else ledger.set(day, entry);
}

const isDoneBy = (numbers: CountedNumbers, entry: LedgerEntry, run: RunContext): boolean =>
  isSameCount(entry, numbers.provenance) && entry.runId === run.runId;

/** A Lambda function lives no longer: an entry is in the table at most this long after it was stamped. */
const LONGEST_RUN_MILLIS = 15 * 60_000;

/**
 * Whether an earlier run of this export may have written records of the day before the better entry was there.
 * Where not, nothing needs to be read: a backfill over a year of exact days costs nothing on them.
 */
const mayHaveRunBefore = (better: LedgerEntry, { completedAt }: CountedNumbers): boolean =>
  Date.parse(better.writtenAt) + LONGEST_RUN_MILLIS >= completedAt;

/** @returns undefined where another run has written the ledger's entry meanwhile */
async function writeDay(
  { store, publisher, maxPublishedApps, inlineDetailKb }: PublishPorts,
  today: DayOfExport,
  ledger: KnownLedger,
  run: RunContext,
): Promise<PublishedDay | undefined> {
  const { numbers, day } = today;
  const { rules, provenance } = numbers;
  const nothing = zeroSummary(rules);
  const before = ledger.get(day);
  const headers = await store.readHeaders(formatDay(day));
  const written = await writeRecords(store, today, { headers, inlineDetailKb }, run);
  const counted = new Set(today.apps.map(({ app }) => app));
  const stale = headers.filter((header) => !counted.has(header.app) && (run.force || mayReplace(provenance, header)));
  const zeros = zeroNumbers(rules.definition, nothing);
  const cleared = await clearStale(store, stale, { provenance, zeros }, run);

  const apps = numbersOfDay(today, { before, stale, nothing }, ledger);
  const { metrics } = rules.definition;
  const chosen = publishedApps(apps, metrics, maxPublishedApps);
  // Another definition may have had other names for its metrics.
  const published = before?.definition === provenance.definition ? before : undefined;
  const changed = changedValues({ day, metrics }, { apps, chosen }, published);
  const points = isPublishable(day, run.now().getTime()) ? changed : [];
  if (points.length > 0) await publisher.publish(points);

  const notPublished = changed.length - points.length;
  const entry = toEntry(today, { nothing, apps, notPublished, maxPublishedApps, before }, run);
  if ((await store.putLedger(entry, before)) === 'changed') return undefined;
  ledger.set(day, entry);
  const appsNotPublished = apps.size - chosen.size;
  return {
    date: entry.date,
    outcome: 'written',
    records: written + cleared,
    points: points.length,
    notPublished,
    appsNotPublished,
  };
}

/** The values to publish: those of the apps that are to have some which differ from what was published of them before. */
function changedValues(
  { day, metrics }: { readonly day: UtcDay; readonly metrics: readonly Metric[] },
  { apps, chosen }: { readonly apps: ReadonlyMap<string, Summary>; readonly chosen: ReadonlySet<string> },
  before: LedgerEntry | undefined,
): MetricPoint[] {
  const had = before && publishedApps(before.apps, metrics, before.maxPublishedApps ?? Number.POSITIVE_INFINITY);
  return [...apps].flatMap(([app, summary]) =>
    chosen.has(app)
      ? changedPoints(metrics, { day, app }, summary, had?.has(app) ? before?.apps.get(app) : undefined)
      : [],
  );
}

/**
 * Each app's numbers: what was counted, and explicit zeros for apps that were lately seen (CloudWatch's search forgets
 * a metric that is silent for two weeks) or that an earlier run has counted on this day and this one has not.
 */
function numbersOfDay(
  { day, apps }: DayOfExport,
  {
    before,
    stale,
    nothing,
  }: {
    readonly before: LedgerEntry | undefined;
    readonly stale: readonly RecordHeader[];
    readonly nothing: Summary;
  },
  ledger: KnownLedger,
): Map<string, Summary> {
  const lately = daysBetween(day - MAX_POINT_AGE_DAYS, day - 1).flatMap((past) => {
    const entry = ledger.get(past);
    return entry === undefined ? [] : [...activeApps(entry)];
  });
  const silent = [...lately, ...(before?.apps.keys() ?? []), ...stale.map(({ app }) => app)];
  const numbers = new Map<string, Summary>([
    ...silent.map((app) => [app, nothing] as const),
    ...apps.map(({ app, summary }) => [app, summary] as const),
  ]);
  return new Map([...numbers].sort(byKey));
}

function toEntry(
  { numbers, day }: DayOfExport,
  {
    nothing,
    apps,
    notPublished,
    maxPublishedApps,
    before,
  }: {
    readonly nothing: Summary;
    readonly apps: ReadonlyMap<string, Summary>;
    readonly notPublished: number;
    readonly maxPublishedApps: number;
    readonly before: LedgerEntry | undefined;
  },
  run: RunContext,
): LedgerEntry {
  const { provenance, window, manifest, records, outside, rejectsByReason, bytesRead } = numbers;
  const writtenAt = run.now();
  return {
    ...provenance,
    date: formatDay(day),
    window: { from: window.from === null ? null : formatDay(window.from), to: formatDay(window.to) },
    manifest,
    records,
    outside,
    rejectsByReason,
    bytesRead,
    nothing,
    apps,
    notPublished,
    maxPublishedApps,
    codeVersion: run.codeVersion,
    runId: run.runId,
    startedAt: run.startedAt.toISOString(),
    writtenAt: writtenAt.toISOString(),
    replaced: replacedBy(provenance, before),
    expiresAt: expiryOf(writtenAt),
  };
}
