import { numbersOf } from '../../src/domain/analytics-record.ts';
import { rulesFor } from '../../src/domain/counting-rules.ts';
import { type ExportType, type Provenance, qualityOf } from '../../src/domain/provenance.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { zeroSummary } from '../../src/domain/summary.ts';
import type { AppDay } from '../../src/domain/tally.ts';
import { formatDay, midnightOf, parseDay, type UtcDay } from '../../src/domain/utc-day.ts';
import type { CountedApp, CountedNumbers } from '../../src/pipeline/publish/counted-numbers.ts';
import type { RunContext } from '../../src/pipeline/run-context.ts';
import { firstGames, gamesRules } from './first-games.ts';

/** A day that surely exists. */
export function day(text: string): UtcDay {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`no such day: ${text}`);
  return parsed;
}

export const aProvenance = (
  exportId: string,
  exportTime: string,
  exportType: ExportType,
  definition = firstGames.hash,
): Provenance => ({ exportId, exportType, exportTime, quality: qualityOf(exportType), definition });

/** What users did in the games, each so many times. */
export const gamesCounts = (
  sessions: ReadonlyMap<string, number>,
  parties: ReadonlyMap<string, number>,
  members: ReadonlyMap<string, number>,
): AppDay => [sessions, parties, members].map((users) => ({ users, sums: [] }));

/** An app in which `players` users each played `games` games. */
export function playedApp(onDay: UtcDay, app: string, players: number, games = 1): CountedApp {
  const sessions = new Map(Array.from({ length: players }, (_, n) => [`player-${n}`, games]));
  const counts = gamesCounts(sessions, new Map([['player-0', 1]]), new Map([['player-1', 2]]));
  const { summary, detail } = numbersOf(gamesRules, counts);
  return { day: onDay, app, summary, detail: () => detail };
}

/** What an incremental export of one day, or a full one of the days given, counted of the games. */
export function someNumbers(
  exportId: string,
  { from, to, exportType = 'INCREMENTAL_EXPORT' }: { from: UtcDay; to: UtcDay; exportType?: ExportType },
  apps: readonly CountedApp[],
): CountedNumbers {
  const exportTime = midnightOf(to + 1);
  return {
    rules: rulesFor(firstGames, { exportType, hasOldImages: true, day: null }),
    provenance: aProvenance(exportId, new Date(exportTime).toISOString(), exportType),
    completedAt: exportTime + 2 * 3_600_000,
    window: { from, to },
    manifest: { bucket: 'exports', key: `exports/${exportId}/manifest-summary.json`, md5: 'sQMSpEILNgoQmarvDFonGQ==' },
    records: { read: 10, counted: 7, ignored: 2, deleted: 0, outsideWindow: 0, malformed: 1 },
    outside: { touched: 0, early: 0, older: 0, late: {} },
    rejectsByReason: { 'owner.format': 1 },
    bytesRead: 4096,
    apps,
  };
}

/** A run at 03:00 of a day, with a clock that ticks a millisecond each time it is read. */
export function aRun(onDay: UtcDay, options: Partial<RunContext> = {}): RunContext {
  let millis = midnightOf(onDay) + 3 * 3_600_000;
  return {
    runId: 'run-1',
    startedAt: new Date(millis),
    codeVersion: 'v1',
    force: false,
    now: () => new Date(millis++),
    remainingMillis: () => 300_000,
    log: { step: () => undefined, doubt: () => undefined },
    ...options,
  };
}

/** The ledger's note that an export has finished a day. */
export function anEntry(onDay: UtcDay, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const { rules, provenance, manifest, records, outside, rejectsByReason, bytesRead } = someNumbers(
    'export-1',
    { from: onDay, to: onDay },
    [],
  );
  const writtenAt = new Date(midnightOf(onDay + 1) + 3 * 3_600_000).toISOString();
  return {
    ...provenance,
    date: formatDay(onDay),
    window: { from: formatDay(onDay), to: formatDay(onDay) },
    manifest,
    records,
    outside,
    rejectsByReason,
    bytesRead,
    nothing: zeroSummary(rules),
    apps: new Map(),
    notPublished: 0,
    maxPublishedApps: 100,
    codeVersion: 'v1',
    runId: 'run-0',
    startedAt: writtenAt,
    writtenAt,
    replaced: null,
    expiresAt: 2_000_000_000,
    ...changes,
  };
}
