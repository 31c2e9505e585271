import { findInstallation, type Installation } from '../../adapters/aws/installation.ts';
import type { DaySpan } from '../../report/widget.ts';
import { completeCommands } from '../complete-commands.ts';
import { type LedgerOptions, openLedger } from '../ledger-source.ts';
import { openSourceTable } from '../source-table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checks } from './checks.ts';
import { isEmulated, onEmulator } from './emulated.ts';
import { type Check, type Finding, runCheck } from './findings.ts';
import { nightsCheck } from './nights-check.ts';

/** Runs all checks of an installation; of a table or a folder that is named, the one that needs no more. */
export async function examine(span: DaySpan, options: LedgerOptions, terminal: Terminal): Promise<Finding[]> {
  const now = Date.now();
  if (options.folder !== undefined || options.table !== undefined) {
    const ledger = await openLedger(options, terminal);
    return await runAll([nightsCheck], { ledger, span, now, earliestRestorable: async () => null }).finally(
      ledger.close,
    );
  }
  const installation = await findInstallation(options.stack, options);
  const ledger = await openLedger({ ...options, table: installation.AnalyticsTableName }, terminal);
  const earliestRestorable = () => earliestOf(installation, options);
  const patient = { installation, options, ledger, span, now, earliestRestorable };
  const found = await runAll(checks, patient).finally(ledger.close);
  const findings = isEmulated(process.env) ? found.map(onEmulator) : found;
  const typed = { ...options, tableName: await tableNameOf(installation, options) };
  return findings.map((finding) =>
    finding.remedy === undefined ? finding : { ...finding, remedy: completeCommands(finding.remedy, typed) },
  );
}

/** Undefined where it is not known: a check of its own says why. */
async function tableNameOf({ ExportFunctionName }: Installation, options: LedgerOptions): Promise<string | undefined> {
  try {
    const { target } = await openSourceTable(ExportFunctionName, options);
    return target.tableArn.split('/').at(-1);
  } catch {
    return undefined;
  }
}

/** Null where it is not known: a check of its own looks at recovery, and says why. */
async function earliestOf({ ExportFunctionName }: Installation, options: LedgerOptions): Promise<number | null> {
  try {
    const { exporter } = await openSourceTable(ExportFunctionName, options);
    return (await exporter.recovery()).earliest;
  } catch {
    return null;
  }
}

const runAll = <P>(all: readonly Check<P>[], patient: P): Promise<Finding[]> =>
  Promise.all(all.map((check) => runCheck(check, patient)));
