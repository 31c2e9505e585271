import { type Command, InvalidArgumentError, Option, type OptionValues } from '@commander-js/extra-typings';
import { MAX_RECOVERY_DAYS } from '../domain/recovery.ts';
import { dayOfMillis, parseDay, type UtcDay } from '../domain/utc-day.ts';
import type { DaySpan } from '../report/widget.ts';
import { DEFAULT_STACK } from './complete-commands.ts';
import { UsageError } from './failures.ts';

/** Reads a day of a command line option. */
export function dayOption(text: string): UtcDay {
  const day = parseDay(text);
  if (day === undefined) throw new InvalidArgumentError('Expected a date YYYY-MM-DD that exists.');
  return day;
}

/** Reads a whole number from 1 up. */
export function countOption(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Expected a whole number from 1.');
  return Number(text);
}

/** Reads how long something takes, in whatever unit: a decimal number above zero. */
export function durationOption(text: string): number {
  const value = /^\d{1,6}(?:\.\d{1,6})?$|^\.\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value === 0) throw new InvalidArgumentError('Expected a number above 0, such as 2 or 0.5.');
  return value;
}

/** What is counted, of commands that count; read by chosen-definition.ts. */
export const definitionOption = () =>
  new Option(
    '--definition <file>',
    'what is counted: a file, or games (default: ./daytally.json if there is one, else games)',
  );

/** Which installation on AWS: the same options for every command. */
export const withInstallation = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  command
    .option('--stack <name>', 'the deployed stack', DEFAULT_STACK)
    .option('--region <region>', 'its AWS region (default: as the AWS SDK finds it)');

/** Where the stored numbers are: an installation, a table by name, or a folder. */
export const withLedger = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  withInstallation(command)
    .option('--table <name>', 'read this Analytics Table instead of looking for the stack')
    .addOption(new Option('--folder <folder>', 'read a folder of `daytally demo`, with no AWS').conflicts('table'));

/** How many days are looked at where nothing else is said: as many as point-in-time recovery can still mend. */
const DEFAULT_DAYS = MAX_RECOVERY_DAYS;

/** How many days back. */
export const withDays = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  command.option('--days <number>', `how many days (default: ${DEFAULT_DAYS})`, countOption);

/** Which days: the last ones, or from one to another. */
export const withSpan = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  withDays(command)
    .addOption(new Option('--from <day>', 'first day').argParser(dayOption).conflicts('days'))
    .option('--to <day>', 'last day (default: yesterday, UTC)', dayOption);

/** What the options of {@link withSpan} say. */
export interface SpanOptions {
  readonly days?: number | undefined;
  readonly from?: UtcDay | undefined;
  readonly to?: UtcDay | undefined;
}

/** The days from one option to another; where one is left out, so many up to the last one, which is yesterday. */
export function spanOption({ from, to = yesterday(), days = DEFAULT_DAYS }: SpanOptions): DaySpan {
  const span = { from: from ?? Math.max(0, to - days + 1), to };
  if (span.from > span.to) throw new UsageError('--from lies after --to (which is yesterday where it is not given)');
  return span;
}

/** The last day that is over: nothing can be counted of one that has not ended. */
export const yesterday = (): UtcDay => dayOfMillis(Date.now()) - 1;

/** Examples in a command's help: what a call does, and below it the call as it is typed. */
export const examples = (...calls: readonly (readonly [does: string, call: string])[]): string =>
  ['', 'Examples:', ...calls.flatMap(([does, call]) => [`  # ${does}`, `  daytally ${call}`])].join('\n');

/** What `daytally describe` can write. */
export const describeFormats = ['table', 'json', 'html'] as const;
