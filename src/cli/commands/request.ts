import type { Command, OptionValues } from '@commander-js/extra-typings';
import { formatDay, type UtcDay } from '../../domain/utc-day.ts';
import type { DaySpan } from '../../report/widget.ts';
import { UsageError } from '../failures.ts';
import { dayOption, durationOption, examples, withInstallation, yesterday } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Options of every command that starts work on AWS. */
export const withWork = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  withInstallation(command)
    .option('--dry-run', 'say what it would do and cost, and do nothing')
    .option('--wait', 'wait until the ledger shows the result, and say what changed')
    .option('--timeout <minutes>', 'how long to wait at most', durationOption, 120)
    .option('--poll <seconds>', 'how often to look', durationOption, 15);

/** `daytally backfill --from DAY`: all history from a full export, as lower bounds. */
export const registerBackfill = (program: Command, terminal: Terminal): void => {
  withWork(program.command('backfill'))
    .description('count all history from a full export, as lower bounds; exact days stay as they are')
    .requiredOption('--from <day>', 'first day', dayOption)
    .addHelpText(
      'after',
      examples(
        ['what it would do and cost', 'backfill --from 2024-01-01 --dry-run'],
        ['do it, and say what has changed', 'backfill --from 2024-01-01 --wait'],
      ),
    )
    .action(async ({ from, ...options }) => {
      const span = { from, to: yesterday() };
      requireOver(from, '--from');
      const { requestWork } = await import('../work/request-work.ts');
      await requestWork({ mode: 'backfill', backfillStartDate: formatDay(from) }, span, options, terminal);
    });
};

/** `daytally replay DAY`, or from one day to another: exact numbers of what point-in-time recovery still covers. */
export const registerReplay = (program: Command, terminal: Terminal): void => {
  withWork(program.command('replay'))
    .description('export and count days again, exactly; point-in-time recovery must still cover them')
    .argument('[day]', 'the day, or name the first and the last one', dayOption)
    .option('--from <day>', 'first day', dayOption)
    .option('--to <day>', 'last day', dayOption)
    .addHelpText(
      'after',
      examples(
        ['one day', 'replay 2026-11-11 --wait'],
        ['what several days would cost', 'replay --from 2026-11-11 --to 2026-11-12 --dry-run'],
      ),
    )
    .action(async (day, { from, to, ...options }) => {
      const span = replayedDays(day, from, to);
      requireOver(span.to, day === undefined ? '--to' : '<day>');
      const { requestWork } = await import('../work/request-work.ts');
      const request = { mode: 'replay', from: formatDay(span.from), to: formatDay(span.to) } as const;
      await requestWork(request, span, options, terminal);
    });
};

/** @throws UsageError where it is not clear which */
function replayedDays(day: UtcDay | undefined, from: UtcDay | undefined, to: UtcDay | undefined): DaySpan {
  if (day !== undefined) {
    if (from === undefined && to === undefined) return { from: day, to: day };
    throw new UsageError('name a day, or --from and --to, not both');
  }
  if (from === undefined || to === undefined) throw new UsageError('name a day, or both --from and --to');
  if (from > to) throw new UsageError('--from lies after --to');
  return { from, to };
}

/** Nothing can be counted of a day that has not ended. */
function requireOver(day: UtcDay, option: string): void {
  if (day > yesterday()) throw new UsageError(`${option}: expected a day before today (UTC), found ${formatDay(day)}`);
}
