import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type AnsweredRequest, invokeExportFunction, type ManualRequest } from '../../adapters/aws/export-function.ts';
import { clientOptions, findInstallation } from '../../adapters/aws/installation.ts';
import { ensureNotFailed } from '../../adapters/aws/source-table.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { daysBetween, formatDay } from '../../domain/utc-day.ts';
import { DAYS_READ_BEFORE } from '../../report/nights.ts';
import type { DaySpan } from '../../report/widget.ts';
import { NotWell } from '../failures.ts';
import { countedBy, type LedgerOptions, type LedgerSource, openLedger } from '../ledger-source.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { changesText } from './changes.ts';
import { foresee } from './foresee.ts';
import { untoldByBackfill } from './untold.ts';
import { type Awaited, waitForLedger } from './wait-for-ledger.ts';

export interface WorkOptions extends LedgerOptions {
  readonly dryRun?: true | undefined;
  readonly wait?: true | undefined;
  readonly timeout: number;
  readonly poll: number;
}

/**
 * Asks the Export function for a backfill or a replay, or says what that would do; waits for the result where asked to.
 * @throws NotWell where days are lost, or the wait takes too long
 */
export async function requestWork(
  request: ManualRequest,
  span: DaySpan,
  options: WorkOptions,
  terminal: Terminal,
): Promise<void> {
  const { ExportFunctionName: functionName } = await findInstallation(options.stack, options);
  if (options.dryRun) {
    terminal.result(await foresee(request, span, functionName, options, terminal));
    return;
  }
  const ledger = await openLedger(options, terminal);
  try {
    if (request.mode === 'backfill') await sayWhatIsUntold(ledger, span, terminal);
    const before = options.wait ? await ledger.read(span) : [];
    const requested = await invokeExportFunction(functionName, request, options);
    terminal.result(startedText(requested));
    if (options.wait && requested.started.length > 0) {
      const awaited = awaitedOf(requested, span, new DynamoDBClient(clientOptions(options)));
      const waitOptions = { timeoutMinutes: options.timeout, pollSeconds: options.poll };
      const after = await waitForLedger(ledger, awaited, waitOptions, terminal);
      terminal.result(changesText({ before, after }, await ledger.metrics(after), terminal));
    }
    if (requested.lost.length > 0) throw lostDays(requested);
  } finally {
    await ledger.close();
  }
}

/** Before anything is asked for: what the installation's definition counts that a full export cannot tell. */
async function sayWhatIsUntold(ledger: LedgerSource, { to }: DaySpan, terminal: Terminal): Promise<void> {
  const { definition } = await countedBy(ledger, { from: to - DAYS_READ_BEFORE, to });
  if (definition !== undefined) for (const line of untoldByBackfill(definition)) terminal.note(line);
}

const startedText = ({ started }: AnsweredRequest): string =>
  started.length === 0
    ? 'No export was started.'
    : started
        .map(
          ({ window: { from, to }, exportArn, alreadyStarted }) =>
            `${from === to ? from : `${from} to ${to}`}  ${alreadyStarted ? 'had been asked for before' : 'export started'}  ${exportArn}`,
        )
        .join('\n');

const lostDays = ({ lost }: AnsweredRequest): NotWell =>
  new NotWell(`no exact export can be made any more of ${lost.map(({ date }) => date).join(', ')}; ${lost[0]?.remedy}`);

/** A day is done when this export, or one that outranks it, has written it. */
function awaitedOf({ mode, started }: AnsweredRequest, span: DaySpan, client: DynamoDBClient): Awaited {
  const windows = started.map(({ window, exportArn }) => ({ ...window, exportId: exportArn.split('/').at(-1) ?? '' }));
  const isWritten = (entry: LedgerEntry, exportId: string) => entry.exportId >= exportId;
  return {
    span,
    dates: daysBetween(span.from, span.to)
      .map(formatDay)
      .filter((date) => windows.some(({ from, to }) => from <= date && date <= to)),
    isDone: (entry) =>
      windows.some(
        ({ from, to, exportId }) =>
          from <= entry.date &&
          entry.date <= to &&
          (mode === 'backfill'
            ? entry.quality === 'exact' || isWritten(entry, exportId)
            : entry.quality === 'exact' && isWritten(entry, exportId)),
      ),
    check: async () => {
      for (const { exportArn } of started) await ensureNotFailed(client, exportArn);
    },
  };
}
