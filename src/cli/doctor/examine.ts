import { findInstallation } from '../../adapters/aws/installation.ts';
import type { DaySpan } from '../../report/widget.ts';
import { type LedgerOptions, openLedger } from '../ledger-source.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { checks } from './checks.ts';
import { type Check, type Finding, runCheck } from './findings.ts';
import { nightsCheck } from './nights-check.ts';

/** Runs all checks of an installation; of a table or a folder that is named, the one that needs no more. */
export async function examine(span: DaySpan, options: LedgerOptions, terminal: Terminal): Promise<Finding[]> {
  const now = Date.now();
  if (options.folder !== undefined || options.table !== undefined) {
    const ledger = await openLedger(options, terminal);
    return await runAll([nightsCheck], { ledger, span, now }).finally(ledger.close);
  }
  const installation = await findInstallation(options.stack, options);
  const ledger = await openLedger({ ...options, table: installation.AnalyticsTableName }, terminal);
  return await runAll(checks, { installation, options, ledger, span, now }).finally(ledger.close);
}

const runAll = <P>(all: readonly Check<P>[], patient: P): Promise<Finding[]> =>
  Promise.all(all.map((check) => runCheck(check, patient)));
