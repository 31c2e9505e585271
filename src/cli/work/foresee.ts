import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ManualRequest } from '../../adapters/aws/export-function.ts';
import { exportPrice } from '../../adapters/aws/export-price.ts';
import { clientOptions } from '../../adapters/aws/installation.ts';
import { sizeOfTable, type TableSize } from '../../adapters/aws/source-table.ts';
import { planDays } from '../../domain/export-window.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { daysBetween, formatDay, type UtcDay } from '../../domain/utc-day.ts';
import { formatBytes, formatNumber, plural } from '../../report/format.ts';
import { adviceOf, DAYS_READ_BEFORE, type KnownNights } from '../../report/nights.ts';
import type { DaySpan } from '../../report/widget.ts';
import { countedBy, type LedgerOptions, openLedger } from '../ledger-source.ts';
import { yesterday } from '../options.ts';
import { openSourceTable } from '../source-table.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { untoldByBackfill } from './untold.ts';

/** What a request would do and cost. */
export async function foresee(
  request: ManualRequest,
  span: DaySpan,
  functionName: string,
  options: LedgerOptions,
  terminal: Terminal,
): Promise<string> {
  const { exporter, target } = await openSourceTable(functionName, options);
  const { tableArn, bucket, s3Prefix: prefix } = target;
  const client = new DynamoDBClient(clientOptions(options));
  const ledger = await openLedger(options, terminal);
  const known = { from: span.from - DAYS_READ_BEFORE, to: yesterday() };
  const { entries, definition } = await countedBy(ledger, known).finally(ledger.close);
  const isBackfill = request.mode === 'backfill';
  const price = await findPrice(isBackfill ? 'FULL_EXPORT' : 'INCREMENTAL_EXPORT', tableArn);
  const lines = isBackfill
    ? [
        ...foreseeBackfill(span, entries, await sizeOfTable(client, tableArn), price),
        ...(definition === undefined ? [] : untoldByBackfill(definition)),
      ]
    : foreseeReplay(span, entries, (await exporter.recovery()).earliest, price);
  return [
    `Would invoke ${functionName} with ${JSON.stringify(request)}`,
    `  from ${tableArn}`,
    `  to s3://${bucket}/${prefix}${isBackfill ? 'backfill/' : 'incremental/'}`,
    ...lines.map((line) => `  ${line}`),
  ].join('\n');
}

/** What a gigabyte of an export costs in US dollars, and whose price that is. */
interface Price {
  readonly dollars: number;
  readonly whose: string;
}

/** https://aws.amazon.com/dynamodb/pricing/on-demand/, "Data export to Amazon S3", us-east-1; dearer elsewhere. */
const LOWEST_PRICE = 0.1;

/** The price list's, for the table's own region; where it cannot be asked, the lowest one, and why. */
async function findPrice(type: Parameters<typeof exportPrice>[0], tableArn: string): Promise<Price> {
  const region = tableArn.split(':')[3] ?? '';
  const lowest = (why: string) => ({
    dollars: LOWEST_PRICE,
    whose: `the price in us-east-1; that of ${region} is not known, it may be twice as much: ${why}`,
  });
  try {
    const dollars = await exportPrice(type, region);
    return dollars === undefined ? lowest("AWS's price list has none") : { dollars, whose: `the price in ${region}` };
  } catch (error) {
    return lowest(error instanceof Error ? error.message || error.name : String(error));
  }
}

function foreseeBackfill(span: DaySpan, entries: readonly LedgerEntry[], size: TableSize, price: Price): string[] {
  const days = span.to - span.from + 1;
  const exact = entries.filter(({ date, quality }) => date >= formatDay(span.from) && quality === 'exact').length;
  const cost = ((size.bytes / 1e9) * price.dollars).toFixed(2);
  return [
    `${plural(days, 'day')}: ${formatNumber(exact)} exact would stay as they are, ${formatNumber(days - exact)} would get lower bounds`,
    `one full export of ${plural(size.items, 'item')}, ${formatBytes(size.bytes)}`,
    `cost: about $${cost}, once; $${price.dollars} per GB (${price.whose})`,
    'time: an export takes minutes to hours by the size of the table, counting it seconds to minutes',
  ];
}

/** DynamoDB bills an incremental export for this at least. */
const MIN_BILLED_GB = 0.01;

/** Of days that cannot be exported exactly any more: a backfill from the first of them covers all. */
function lostLines(days: readonly UtcDay[], known: KnownNights): string[] {
  if (days.length === 0) return [];
  const advices = days.map((day) => adviceOf(day, known).advice);
  const remedy = advices.find((advice) => advice !== undefined);
  const can = remedy === undefined ? 'their numbers stay as they are' : `for a lower bound: ${remedy.command}`;
  return [`no exact export can be made any more of ${days.map(formatDay).join(', ')}; ${can}`];
}

function foreseeReplay(span: DaySpan, entries: readonly LedgerEntry[], earliest: number, price: Price): string[] {
  const plan = planDays(daysBetween(span.from, span.to), earliest);
  const finished = new Set(entries.map(({ date }) => date));
  const again = plan.days.filter((day) => finished.has(formatDay(day))).length;
  const least = (plan.days.length * MIN_BILLED_GB * price.dollars).toFixed(3);
  return [
    `${plural(plan.days.length, 'incremental export')}, one a day: ${formatNumber(again)} of days that have numbers already`,
    ...lostLines(plan.lost, { entries, now: Date.now(), earliestRestorable: earliest }),
    `cost: by what changed on each day, $${price.dollars} per GB (${price.whose}), at least 10 MB a day: $${least} or more`,
    'time: about a quarter of an hour',
  ];
}
