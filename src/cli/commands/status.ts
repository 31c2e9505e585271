import { type Command, Option } from '@commander-js/extra-typings';
import { type DateText, formatDay } from '../../domain/utc-day.ts';
import { plural } from '../../report/format.ts';
import {
  countStates,
  DAYS_READ_BEFORE,
  type Night,
  nightsOf,
  type Remedy,
  recountsOf,
  remediesOf,
} from '../../report/nights.ts';
import { nightsBlock } from '../../report/text-nights.ts';
import { completeCommands } from '../complete-commands.ts';
import { NotWell } from '../failures.ts';
import { causeLines, type NightCauses } from '../night-causes.ts';
import { examples, spanOption, withLedger, withSpan, yesterday } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `daytally status`: is it well? */
export const registerStatus = (program: Command, terminal: Terminal): void => {
  withSpan(withLedger(program.command('status')))
    .description('show the calendar of nights: exact, lower bound, missed, lost')
    .addOption(new Option('--format <format>', 'of the result').choices(['table', 'json']).default('table' as const))
    .addHelpText('after', '\nExit code 1 where a night is missing that point-in-time recovery still covers.')
    .addHelpText(
      'after',
      examples(
        ['the last nights of the stack Daytally', 'status'],
        ['three months', 'status --days 90'],
        ['for a script', 'status --format json'],
      ),
    )
    .action(async ({ days, from, to, format, ...options }) => {
      const span = spanOption({ days, from, to });
      const { openLedger } = await import('../ledger-source.ts');
      const ledger = await openLedger(options, terminal);
      try {
        const entries = await ledger.read({ from: span.from - DAYS_READ_BEFORE, to: Math.max(span.to, yesterday()) });
        const recovery = await ledger.recovery();
        const earliestRestorable = recovery?.earliest ?? null;
        const known = { ...span, entries, now: Date.now(), earliestRestorable };
        const nights = nightsOf(known);
        const remedies = [...remediesOf(nights), ...recountsOf(nights, known)].map((remedy) => ({
          ...remedy,
          command: completeCommands(remedy.command, options),
        }));
        const causes = { recovery, failed: await ledger.failedExports() };
        if (format === 'json') terminal.data(toJson(nights, remedies, causes));
        else terminal.result(toText(nights, remedies, causes, terminal));
        requireNoneMissed(nights);
      } finally {
        await ledger.close();
      }
    });
};

function toText(
  nights: readonly Night[],
  remedies: readonly Remedy[],
  causes: NightCauses,
  terminal: Terminal,
): string {
  const block = nightsBlock({ nights, remedies }, terminal);
  return [...block, ...causeLines(nights, causes, Date.now(), terminal.paint), '', lastNight(nights)].join('\n');
}

function lastNight(nights: readonly Night[]): string {
  const entry = nights.findLast((night) => night.entry !== undefined)?.entry;
  if (entry === undefined) return 'No night has been finished.';
  return `Last finished: ${entry.date}, written ${entry.writtenAt}, ${plural(entry.records.read, 'record')}, ${entry.records.malformed} malformed.`;
}

const toJson = (nights: readonly Night[], remedies: readonly Remedy[], { recovery, failed }: NightCauses): string =>
  JSON.stringify(
    {
      counts: Object.fromEntries(countStates(nights).map(({ state, nights: count }) => [state, count])),
      nights: nights.map(({ date, state, entry }) => ({
        date,
        state,
        exportId: entry?.exportId ?? null,
        definition: entry?.definition ?? null,
      })),
      remedies,
      recovery: recovery && { earliest: new Date(recovery.earliest).toISOString(), periodDays: recovery.periodDays },
      failedExports: failed,
    },
    undefined,
    2,
  );

/** @throws NotWell */
function requireNoneMissed(nights: readonly Night[]): void {
  const missed: DateText[] = nights.filter(({ state }) => state === 'missed').map(({ day }) => formatDay(day));
  if (missed.length > 0) throw new NotWell(`${plural(missed.length, 'night')} missing that can still be had`);
}
