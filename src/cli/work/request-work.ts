import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type AnsweredRequest, invokeExportFunction, type ManualRequest } from '../../adapters/aws/export-function.ts';
import { clientOptions, findInstallation } from '../../adapters/aws/installation.ts';
import { ensureNotFailed, sizeOfTable } from '../../adapters/aws/source-table.ts';
import { planDays } from '../../domain/export-window.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { daysBetween, formatDay } from '../../domain/utc-day.ts';
import { formatBytes, formatNumber, plural } from '../../report/format.ts';
import type { DaySpan } from '../../report/widget.ts';
import { NotWell } from '../failures.ts';
import { type LedgerOptions, openLedger } from '../ledger-source.ts';
import { openSourceTable } from '../source-table.ts';
import type { Terminal } from '../terminal.ts';
import { changesText } from './changes.ts';
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
    const before = options.wait ? await ledger.read(span) : [];
    const requested = await invokeExportFunction(functionName, request, options);
    terminal.result(startedText(requested));
    if (options.wait && requested.started.length > 0) {
      const awaited = awaitedOf(requested, span, new DynamoDBClient(clientOptions(options)));
      const waitOptions = { timeoutMinutes: options.timeout, pollSeconds: options.poll };
      const after = await waitForLedger(ledger, awaited, waitOptions, terminal);
      terminal.result(changesText(before, after, terminal.paint));
    }
    if (requested.lost.length > 0) throw lostDays(requested);
  } finally {
    await ledger.close();
  }
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

/** https://aws.amazon.com/dynamodb/pricing/: "data export to Amazon S3", us-east-1; up to twice that elsewhere. */
const DOLLARS_PER_GB = 0.1;

/** What the request would do and cost. */
async function foresee(
  request: ManualRequest,
  span: DaySpan,
  functionName: string,
  options: WorkOptions,
  terminal: Terminal,
): Promise<string> {
  const { exporter, target } = await openSourceTable(functionName, options);
  const { tableArn, bucket, s3Prefix: prefix } = target;
  const client = new DynamoDBClient(clientOptions(options));
  const ledger = await openLedger(options, terminal);
  const entries = await ledger.read(span).finally(ledger.close);
  const where = `${tableArn}\n  to s3://${bucket}/${prefix}${request.mode === 'backfill' ? 'backfill/' : 'incremental/'}`;
  const lines =
    request.mode === 'backfill'
      ? await foreseeBackfill(span, entries, await sizeOfTable(client, tableArn))
      : foreseeReplay(span, entries, (await exporter.recovery()).earliest);
  return [`Would invoke ${functionName} with ${JSON.stringify(request)}`, `  from ${where}`, ...lines].join('\n');
}

function foreseeBackfill(
  span: DaySpan,
  entries: readonly LedgerEntry[],
  size: { bytes: number; items: number },
): string[] {
  const days = span.to - span.from + 1;
  const exact = entries.filter(({ quality }) => quality === 'exact').length;
  const dollars = (size.bytes / 1e9) * DOLLARS_PER_GB;
  return [
    `  ${plural(days, 'day')}: ${formatNumber(exact)} exact would stay as they are, ${formatNumber(days - exact)} would get lower bounds`,
    `  cost: one full export of ${formatNumber(size.items)} items, ${formatBytes(size.bytes)}: about $${dollars.toFixed(2)} at $${DOLLARS_PER_GB} per GB (us-east-1), once`,
    '  time: an export takes minutes to hours by the size of the table, counting it seconds to minutes',
  ];
}

function foreseeReplay(span: DaySpan, entries: readonly LedgerEntry[], earliest: number): string[] {
  const plan = planDays(daysBetween(span.from, span.to), earliest);
  const finished = new Set(entries.map(({ date }) => date));
  const again = plan.days.filter((day) => finished.has(formatDay(day))).length;
  return [
    `  ${plural(plan.days.length, 'incremental export')}, one a day: ${formatNumber(again)} of days that have numbers already`,
    ...(plan.lost.length === 0 ? [] : [`  not possible any more: ${plan.lost.map(formatDay).join(', ')}`]),
    `  cost: by the size of what changed on each day, $${DOLLARS_PER_GB} per GB (us-east-1), at least 10 MB each`,
    '  time: about a quarter of an hour',
  ];
}
