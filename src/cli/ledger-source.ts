import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientOptions, findInstallation } from '../adapters/aws/installation.ts';
import { LedgerReader } from '../adapters/aws/ledger-reader.ts';
import { openEmbeddedTable } from '../adapters/local/embedded-dynamodb.ts';
import type { Recovery } from '../domain/recovery.ts';
import type { LedgerEntry } from '../domain/run-ledger.ts';
import { daysBetween, formatDay } from '../domain/utc-day.ts';
import { messageOf, PipelineFault } from '../pipeline/faults.ts';
import type { FailedExport } from '../pipeline/request/failed-exports.ts';
import type { DaySpan } from '../report/widget.ts';
import { openSourceTable, readFailedExports, type SourceTable } from './source-table.ts';
import type { Terminal } from './terminal.ts';

/** Where the stored numbers are, as the options of a command say. */
export interface LedgerOptions {
  readonly stack: string;
  readonly table?: string | undefined;
  readonly folder?: string | undefined;
  readonly region?: string | undefined;
}

/** The stored numbers: those of an installation, of a table by name, or of a folder. */
export interface LedgerSource {
  /** Those entries that there are, in no promised order. */
  read(span: DaySpan): Promise<LedgerEntry[]>;
  /** How far back point-in-time recovery of the table that is counted reaches; null where that is not known. */
  recovery(): Promise<SourceRecovery | null>;
  /** Exports that were asked for lately and have failed; none where that is not known. */
  failedExports(): Promise<readonly FailedExport[]>;
  close(): Promise<void>;
}

export interface SourceRecovery extends Recovery {
  readonly tableArn: string;
}

/** Nobody can be asked about the table that is counted. */
const unknown = { recovery: async () => null, failedExports: async () => [] };

/** @throws PipelineFault where there is no such installation or folder */
export async function openLedger(options: LedgerOptions, terminal: Terminal): Promise<LedgerSource> {
  if (options.folder !== undefined) return await openFolder(options.folder);
  if (options.table !== undefined) return openTable(options.table, options, unknown);
  const installation = await findInstallation(options.stack, options);
  const source = () => openSourceTable(installation.ExportFunctionName, options);
  return openTable(installation.AnalyticsTableName, options, {
    recovery: () =>
      source()
        .then(recoveryOf)
        .catch((error: unknown) => assumeLongest(error, terminal)),
    failedExports: () =>
      source()
        .then(readFailedExports)
        .catch((error: unknown) => assumeNone(error, terminal)),
  });
}

async function openFolder(folder: string): Promise<LedgerSource> {
  const directory = join(folder, 'table');
  if (!existsSync(directory)) throw noTable(folder);
  const table = await openEmbeddedTable('daytally-analytics', directory);
  const reader = new LedgerReader(table);
  return { read: readerOf(reader), ...unknown, close: table.close };
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

function openTable(
  tableName: string,
  options: LedgerOptions,
  source: Pick<LedgerSource, 'recovery' | 'failedExports'>,
): LedgerSource {
  const client = new DynamoDBClient({ ...clientOptions(options), maxAttempts: MAX_ATTEMPTS });
  const read = readerOf(new LedgerReader({ client, tableName }));
  return { read, ...source, close: async () => client.destroy() };
}

const readerOf =
  (reader: LedgerReader): LedgerSource['read'] =>
  ({ from, to }) =>
    reader.readLedger(daysBetween(Math.max(0, from), to).map(formatDay), { consistent: false });

const recoveryOf = async ({ exporter, target: { tableArn } }: SourceTable): Promise<SourceRecovery> => ({
  ...(await exporter.recovery()),
  tableArn,
});

/** Who may only read the Analytics Table still gets the report. */
function assumeLongest(error: unknown, terminal: Terminal): null {
  terminal.note(
    `note: how far back point-in-time recovery reaches is not known, 35 days are assumed (${messageOf(error)})`,
  );
  return null;
}

function assumeNone(error: unknown, terminal: Terminal): readonly FailedExport[] {
  terminal.note(`note: whether exports have failed is not known (${messageOf(error)})`);
  return [];
}
