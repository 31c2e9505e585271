import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableAccess } from '../adapters/aws/batch-get.ts';
import { readDefinition } from '../adapters/aws/definition-item.ts';
import { clientOptions, findInstallation } from '../adapters/aws/installation.ts';
import { LedgerReader } from '../adapters/aws/ledger-reader.ts';
import { openEmbeddedTable } from '../adapters/local/embedded-dynamodb.ts';
import { gamesDefinition } from '../definitions/preset.ts';
import type { Definition } from '../domain/definition.ts';
import { type LedgerEntry, writtenLast } from '../domain/run-ledger.ts';
import { daysBetween, formatDay } from '../domain/utc-day.ts';
import { PipelineFault } from '../pipeline/faults.ts';
import type { ShownMetric } from '../report/report.ts';
import type { DaySpan } from '../report/widget.ts';
import { askedSource, type KnownSource, nothingKnown } from './known-source.ts';
import type { Terminal } from './terminal/terminal.ts';

/** Where the stored numbers are, as the options of a command say. */
export interface LedgerOptions {
  readonly stack: string;
  readonly table?: string | undefined;
  readonly folder?: string | undefined;
  readonly region?: string | undefined;
}

/** The stored numbers: those of an installation, of a table by name, or of a folder. */
export interface LedgerSource extends KnownSource {
  /** Those entries that there are, in no promised order. */
  read(span: DaySpan): Promise<LedgerEntry[]>;
  /** The definitions by which entries were counted, as far as the table has them. */
  definitions(entries: readonly LedgerEntry[]): Promise<readonly Definition[]>;
  /** The metrics of the definition that has counted the entry that was written last. */
  metrics(entries: readonly LedgerEntry[]): Promise<readonly ShownMetric[]>;
  close(): Promise<void>;
}

/** @throws PipelineFault where there is no such installation or folder */
export async function openLedger(options: LedgerOptions, terminal: Terminal): Promise<LedgerSource> {
  if (options.folder !== undefined) return await openFolder(options.folder, terminal);
  if (options.table !== undefined) return openTable(options.table, options, nothingKnown, terminal);
  const installation = await findInstallation(options.stack, options);
  const source = askedSource(installation.ExportFunctionName, options, terminal);
  return openTable(installation.AnalyticsTableName, options, source, terminal);
}

async function openFolder(folder: string, terminal: Terminal): Promise<LedgerSource> {
  const directory = join(folder, 'table');
  if (!existsSync(directory)) throw noTable(folder);
  const table = await openEmbeddedTable('daytally-analytics', directory);
  const reader = new LedgerReader(table);
  return { read: readerOf(reader, terminal), ...nothingKnown, ...namesIn(table), close: table.close };
}

const noTable = (folder: string): PipelineFault =>
  new PipelineFault({
    what: 'there are no stored numbers in the folder',
    where: folder,
    expected: 'a folder that `daytally demo` has made',
    found: 'no table in it',
    remedy: 'run `daytally demo`, and name its --out folder',
  });

/** The first reads of a table of one read unit live on what it has saved up; the SDK's retries wait for more. */
const MAX_ATTEMPTS = 8;

function openTable(tableName: string, options: LedgerOptions, source: KnownSource, terminal: Terminal): LedgerSource {
  const client = new DynamoDBClient({ ...clientOptions(options), maxAttempts: MAX_ATTEMPTS });
  const read = readerOf(new LedgerReader({ client, tableName }), terminal);
  return { read, ...source, ...namesIn({ client, tableName }), close: async () => client.destroy() };
}

/** More days than this take a while: a table of one read unit yields about two a second. */
const DAYS_AT_A_TIME = 400;

const readerOf =
  (reader: LedgerReader, terminal: Terminal): LedgerSource['read'] =>
  async ({ from, to }) => {
    const dates = daysBetween(Math.max(0, from), to).map(formatDay);
    const entries: LedgerEntry[] = [];
    const bar = dates.length > DAYS_AT_A_TIME ? terminal.progress('reading', dates.length) : undefined;
    try {
      for (let start = 0; start < dates.length; start += DAYS_AT_A_TIME) {
        entries.push(...(await reader.readLedger(dates.slice(start, start + DAYS_AT_A_TIME), { consistent: false })));
        bar?.update(start + DAYS_AT_A_TIME);
      }
    } finally {
      bar?.stop();
    }
    return entries;
  };

/** What the table says of the definitions by which it was filled. */
function namesIn(table: TableAccess): Pick<LedgerSource, 'definitions' | 'metrics'> {
  const definitionOf = async (hash: string): Promise<Definition | undefined> =>
    hash === gamesDefinition.hash ? gamesDefinition : await readDefinition(table, hash);
  return {
    definitions: async (entries) => {
      const hashes = [...new Set(entries.map(({ definition }) => definition))];
      const found = await Promise.all(hashes.map(definitionOf));
      return found.filter((definition) => definition !== undefined);
    },
    metrics: async (entries) => {
      const newest = writtenLast(entries);
      const definition = await definitionOf(newest?.definition ?? gamesDefinition.hash);
      // Where it is not there, the numbers still are: their ids must do for titles.
      return (
        definition?.metrics ?? Object.keys(newest?.nothing ?? {}).map((id) => ({ id, title: id, description: '' }))
      );
    },
  };
}

/** The entries of a span, and the definition that counts now: that of the entry that was written last, where it is known. */
export async function countedBy(
  ledger: LedgerSource,
  span: DaySpan,
): Promise<{ entries: LedgerEntry[]; definition: Definition | undefined }> {
  const entries = await ledger.read(span);
  const last = writtenLast(entries);
  const [definition] = last === undefined ? [] : await ledger.definitions([last]);
  return { entries, definition };
}
