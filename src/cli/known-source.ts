import type { AwsOptions } from '../adapters/aws/installation.ts';
import type { Recovery } from '../domain/recovery.ts';
import { messageOf } from '../pipeline/faults.ts';
import type { FailedExport } from '../pipeline/request/failed-exports.ts';
import { openSourceTable, readFailedExports, type SourceTable } from './source-table.ts';
import type { Terminal } from './terminal/terminal.ts';

/** What is known of the table that is counted, by whoever may only read its numbers. */
export interface KnownSource {
  /** How far back its point-in-time recovery reaches; null where that is not known. */
  recovery(): Promise<SourceRecovery | null>;
  /** Exports that were asked for lately and have failed; none where that is not known. */
  failedExports(): Promise<readonly FailedExport[]>;
}

export interface SourceRecovery extends Recovery {
  readonly tableArn: string;
}

/** Where nobody can be asked. */
export const nothingKnown: KnownSource = { recovery: async () => null, failedExports: async () => [] };

/** Asks DynamoDB; who may not still gets the report, and is told what it is made without. */
export function askedSource(exportFunctionName: string, options: AwsOptions, terminal: Terminal): KnownSource {
  const source = () => openSourceTable(exportFunctionName, options);
  return {
    recovery: () =>
      source()
        .then(recoveryOf)
        .catch((error: unknown) => assumeLongest(error, terminal)),
    failedExports: () =>
      source()
        .then(readFailedExports)
        .catch((error: unknown) => assumeNone(error, terminal)),
  };
}

const recoveryOf = async ({ exporter, target: { tableArn } }: SourceTable): Promise<SourceRecovery> => ({
  ...(await exporter.recovery()),
  tableArn,
});

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
