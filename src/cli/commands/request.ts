import type { Command, OptionValues } from '@commander-js/extra-typings';
import { dayOfMillis, formatDay, type UtcDay } from '../../domain/utc-day.ts';
import { UsageError } from '../failures.ts';
import { countOption, dayOption, withInstallation } from '../options.ts';
import type { Terminal } from '../terminal.ts';

/** Options of every command that starts work on AWS. */
export const withWork = <A extends unknown[], O extends OptionValues>(command: Command<A, O>) =>
  withInstallation(command)
    .option('--dry-run', 'say what it would do and cost, and do nothing')
    .option('--wait', 'wait until the ledger shows the result, and say what changed')
    .option('--timeout <minutes>', 'how long to wait at most', countOption, 120)
    .option('--poll <seconds>', 'how often to look', countOption, 15);

/** `daytally backfill --from DAY`: all history from a full export, as lower bounds. */
export const registerBackfill = (program: Command, terminal: Terminal): void => {
  withWork(program.command('backfill'))
    .description('count all history from a full export, as lower bounds; exact days stay as they are')
    .requiredOption('--from <day>', 'first day', dayOption)
    .addHelpText(
      'after',
      `
Examples:
  daytally backfill --from 2024-01-01 --dry-run     what it would do and cost
  daytally backfill --from 2024-01-01 --wait`,
    )
    .action(async ({ from, ...options }) => {
      const span = { from, to: yesterday() };
      requireOver(from, '--from');
      const { requestWork } = await import('../work/request-work.ts');
      await requestWork({ mode: 'backfill', backfillStartDate: formatDay(from) }, span, options, terminal);
    });
};

/** `daytally replay --from DAY --to DAY`: exact numbers of days that point-in-time recovery still covers. */
export const registerReplay = (program: Command, terminal: Terminal): void => {
  withWork(program.command('replay'))
    .description('export and count days again, exactly; point-in-time recovery must still cover them')
    .requiredOption('--from <day>', 'first day', dayOption)
    .requiredOption('--to <day>', 'last day', dayOption)
    .addHelpText(
      'after',
      `
Examples:
  daytally replay --from 2026-11-11 --to 2026-11-12 --dry-run
  daytally replay --from 2026-11-11 --to 2026-11-12 --wait`,
    )
    .action(async ({ from, to, ...options }) => {
      if (from > to) throw new UsageError('--from lies after --to');
      requireOver(to, '--to');
      const { requestWork } = await import('../work/request-work.ts');
      const request = { mode: 'replay', from: formatDay(from), to: formatDay(to) } as const;
      await requestWork(request, { from, to }, options, terminal);
    });
};

const yesterday = (): UtcDay => dayOfMillis(Date.now()) - 1;

/** Nothing can be counted of a day that has not ended. */
function requireOver(day: UtcDay, option: string): void {
  if (day > yesterday()) throw new UsageError(`${option}: expected a day before today (UTC), found ${formatDay(day)}`);
}
