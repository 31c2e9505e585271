import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import type { Summary } from '../../src/domain/summary.ts';
import { formatDay, midnightOf, type UtcDay } from '../../src/domain/utc-day.ts';
import { firstGames } from './first-games.ts';

/** A summary of the games whose metrics, in the order of their definition, are these numbers. */
export const summary = (...values: number[]): Summary =>
  Object.fromEntries(firstGames.metrics.map(({ id }, index) => [id, values[index] ?? 0]));

/** The ledger's entry of a night of the games that went well. */
export function ledgerEntry(
  day: UtcDay,
  apps: Readonly<Record<string, Summary>> | ReadonlyMap<string, Summary> = {},
  overrides: Partial<LedgerEntry> = {},
): LedgerEntry {
  const date = formatDay(day);
  const started = midnightOf(day + 1) + 2 * 3_600_000 + 14 * 60_000;
  return {
    date,
    exportId: `0${started}-${day.toString(16)}`,
    exportType: 'INCREMENTAL_EXPORT',
    exportTime: `${formatDay(day + 1)}T00:00:00.000Z`,
    quality: 'exact',
    definition: firstGames.hash,
    window: { from: date, to: date },
    manifest: {
      bucket: 'exports',
      key: `exports/incremental/${date}/AWSDynamoDB/x/manifest-summary.json`,
      md5: 'bWQ1',
    },
    records: { read: 110, counted: 100, ignored: 4, deleted: 3, outsideWindow: 2, malformed: 1 },
    outside: { touched: 0, early: 1, older: 0, late: { [formatDay(day - 1)]: 1 } },
    rejectsByReason: { 'owner.format': 1 },
    bytesRead: 123_456,
    nothing: summary(),
    apps: apps instanceof Map ? apps : new Map(Object.entries(apps)),
    notPublished: 0,
    maxPublishedApps: 100,
    codeVersion: '1.0.0',
    runId: `run-${date}`,
    startedAt: new Date(started).toISOString(),
    writtenAt: new Date(started + 4321).toISOString(),
    replaced: null,
    expiresAt: Math.floor(started / 1000) + 455 * 86_400,
    ...overrides,
  };
}

/** The same entry as a backfill would have written it. */
export const asBackfill = (entry: LedgerEntry): LedgerEntry => ({
  ...entry,
  exportId: '01764000000000-backf111',
  exportType: 'FULL_EXPORT',
  quality: 'lowerBound',
  runId: 'run-backfill',
});
