import { rulesFor } from '../../domain/counting-rules.ts';
import type { Definition } from '../../domain/definition.ts';
import { daysBetween, formatDay, midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import type { AggregatedExport } from '../../pipeline/aggregate-export.ts';
import { formatNumber, plural } from '../../report/format.ts';
import { padEnd } from '../../report/terminal-text.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { LocalChain } from './local-chain.ts';

const TWO_O_CLOCK_MILLIS = 2 * 3_600_000;
const EXPORT_TAKES_MILLIS = 15 * 60_000;

/** Each night at 02:00 UTC, as the schedule invokes the Export Lambda; the event of one night is lost. */
export async function nightsFrom(
  chain: LocalChain,
  { first, today }: { readonly first: UtcDay; readonly today: UtcDay },
  terminal: Terminal,
): Promise<void> {
  const missed = first + Math.floor((today - first) * 0.7);
  const bar = terminal.progress('nights', today - first);
  try {
    for (const day of daysBetween(first, today - 1)) {
      chain.setClock(midnightOf(day + 1) + TWO_O_CLOCK_MILLIS);
      const { started } = await chain.requestExports({ mode: 'incremental' });
      chain.setClock(midnightOf(day + 1) + TWO_O_CLOCK_MILLIS + EXPORT_TAKES_MILLIS);
      if (day === missed && day !== first && day !== today - 1) {
        chain.events.take();
        terminal.note(`${formatDay(day)}  the event is lost on its way: this night is missed`);
      } else {
        const done = await chain.deliver();
        terminal.note(`${formatDay(day)}  ${started.length === 1 ? sayNight(done) : sayCatchUp(started.length, done)}`);
        if (day === first) explainNight(chain, started[0]?.keyPrefix ?? '', terminal);
      }
      bar.update(day - first + 1);
    }
  } finally {
    bar.stop();
  }
}

const sum = (done: readonly AggregatedExport[], figure: 'read' | 'counted' | 'malformed'): string =>
  formatNumber(done.reduce((total, { records }) => total + records[figure], 0));

const sayNight = (done: readonly AggregatedExport[]): string =>
  `${sum(done, 'read')} records, ${sum(done, 'counted')} counted, ${sum(done, 'malformed')} malformed`;

const sayCatchUp = (days: number, done: readonly AggregatedExport[]): string =>
  `${days} days to catch up with: ${sayNight(done)}`;

/** What lies behind the line of a night, once. */
function explainNight(chain: LocalChain, keyPrefix: string, terminal: Terminal): void {
  const { seen, received } = { seen: chain.events.seen, received: chain.publisher.received };
  const { metrics } = chain.options.definition;
  const steps = [
    ['export requested', `one for each day, to ${keyPrefix}`],
    ['files written', `DynamoDB JSON, manifests: ${seen} objects, each an event`],
    ['event matched', 'the rule fires the aggregator for manifest-summary.json'],
    ['records counted', 'each validated with zod, each file by its checksum'],
    ['numbers written', `${received} values of ${metrics.length} metrics, to table, CloudWatch, ledger`],
  ];
  const lines = steps.map(([step, says], index) => `            ${index + 1}. ${padEnd(`${step}`, 18)}${says}`);
  terminal.note(lines.join('\n'));
}

/** The same event once more, twice. */
export async function dropAgain(chain: LocalChain, day: UtcDay, terminal: Terminal): Promise<void> {
  const before = { table: await numbers(chain, day, day), received: chain.publisher.received };
  const [last] = chain.delivered.slice(-1);
  await chain.deliver(last === undefined ? [] : [last, last]);
  const unchanged = before.table === (await numbers(chain, day, day));
  const values = chain.publisher.received - before.received;
  terminal.note(
    `${formatDay(day)} dropped again, twice: the table is ${unchanged ? 'unchanged' : 'CHANGED'}, ${plural(values, 'metric value')} sent.`,
  );
}

/** All history from a full export, as lower bounds; the exact days stay what they are. */
export async function backfill(
  chain: LocalChain,
  { start, firstExact, today }: { readonly start: UtcDay; readonly firstExact: UtcDay; readonly today: UtcDay },
  terminal: Terminal,
): Promise<void> {
  const before = await numbers(chain, firstExact, today - 1);
  await chain.requestExports({ mode: 'backfill', backfillStartDate: formatDay(start) });
  const days = (await chain.deliver()).flatMap((done) => done.days);
  const outcome = (kind: string) => days.filter((day) => day.outcome === kind).length;
  const unchanged = before === (await numbers(chain, firstExact, today - 1));
  terminal.note(
    `A backfill from ${formatDay(start)}: ${plural(outcome('written'), 'day')} as lower bounds, ${plural(outcome('outranked'), 'exact day')} ${unchanged ? 'left alone' : 'DAMAGED'}.`,
  );
  const untold = untoldByFullExports(chain.options.definition);
  if (untold > 0)
    terminal.note(`A full export cannot tell ${plural(untold, 'metric')}: they are empty on those days, not 0.`);
}

function untoldByFullExports(definition: Definition): number {
  const { told } = rulesFor(definition, { exportType: 'FULL_EXPORT', hasOldImages: false, day: null });
  return definition.metrics.filter(({ activity }) => told[activity] !== true).length;
}

/** Every app's numbers of these days, as text to compare. */
async function numbers(chain: LocalChain, from: UtcDay, to: UtcDay): Promise<string> {
  const days = await Promise.all(daysBetween(from, to).map((day) => chain.store.readHeaders(formatDay(day))));
  return JSON.stringify(days.flat());
}
