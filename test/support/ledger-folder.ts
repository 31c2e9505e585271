import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { fillLedger } from './fill-ledger.ts';
import { firstGames } from './first-games.ts';

/** A folder as `daytally demo` leaves it, with these entries in its table. */
export async function ledgerFolder(entries: readonly LedgerEntry[], definition = firstGames): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'daytally-ledger-'));
  const table = await openEmbeddedTable('daytally-analytics', join(folder, 'table'));
  await fillLedger(table, entries, definition);
  await table.close();
  return folder;
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true });
