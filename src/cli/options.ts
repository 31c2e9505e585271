import { type Command, InvalidArgumentError, Option, type OptionValues } from '@commander-js/extra-typings';
import { dayOfMillis, parseDay, type UtcDay } from '../domain/utc-day.ts';
import type { DaySpan } from '../report/widget.ts';
import { UsageError } from './failures.ts';

/** Reads a day of a command line option. */
export function dayOption(text: string): UtcDay {
  const day = parseDay(text);
  if (day === undefined) throw new InvalidArgumentError('expected a date YYYY-MM-DD that exists');
  return day;
}

/** Reads a whole number from 1 up. */
export function countOption(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1');
  return Number(text);
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
    .option('--stack <name>', 'the deployed stack', 'Daytally')
    .option('--region <region>', 'its AWS region (default: as the AWS SDK finds it)');

/** Where the stored numbers are: an installation, a table by name, or a folder. */
export const withLedger = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  withInstallation(command)
    .option('--table <name>', 'read this Analytics Table instead of looking for the stack')
    .addOption(new Option('--folder <folder>', 'read a folder of `daytally demo`, with no AWS').conflicts('table'));

/** The days from one option to another; where one is left out, `days` up to yesterday. */
export function spanOption(from: UtcDay | undefined, to: UtcDay | undefined, days: number): DaySpan {
  const last = to ?? dayOfMillis(Date.now()) - 1;
  const span = { from: from ?? Math.max(0, last - days + 1), to: last };
  if (span.from > span.to) throw new UsageError('--from lies after --to (which is yesterday where it is not given)');
  return span;
}
