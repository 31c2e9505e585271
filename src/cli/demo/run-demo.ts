import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SimulatedTable } from '../../adapters/local/simulated-table.ts';
import type { Definition } from '../../domain/definition.ts';
import { daysBetween, formatDay, midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import { toPage } from '../../report/html/page.ts';
import { buildReport, type Report } from '../../report/report.ts';
import { toText } from '../../report/text-report.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { makeDemoFolder } from './demo-folder.ts';
import { LocalChain } from './local-chain.ts';
import { nextSteps } from './next-steps.ts';
import { backfill, dropAgain, nightsFrom } from './scenes.ts';
import { type DemoWorld, worldFor } from './worlds.ts';

export interface DemoOptions {
  /** What is counted; it decides which world is played. */
  readonly definition: Definition;
  /** What the definition was called on the command line, if it was. */
  readonly named?: string | undefined;
  readonly nights: number;
  /** Made anew; one that holds anything else than a demo is refused. */
  readonly folder: string;
  /** The day after the last night's day. */
  readonly today: UtcDay;
  readonly seed: number;
}

const PEOPLE = 300;
/** The table is older than point-in-time recovery: this history only a backfill can count. */
const DAYS_BEFORE_RECOVERY = 14;
/** Recovery had been on for some days when Daytally was deployed: the first night catches up with them. */
const DAYS_OF_RECOVERY = 5;

/**
 * Plays the nightly chain through and shows what people fear: a missed night, repeated events, a backfill.
 * @throws PipelineFault where the definition is of no table that the demo can play
 */
export async function runDemo(options: DemoOptions, terminal: Terminal): Promise<void> {
  const { definition, named, nights, folder, today } = options;
  const world = worldFor(definition);
  const firstNight = today - nights;
  const firstExact = firstNight - DAYS_OF_RECOVERY;
  const span = { start: firstExact - DAYS_BEFORE_RECOVERY, firstExact, firstNight, today };
  const report = await makeDemoFolder(folder, (fresh) => playDemo(fresh, span, { world, ...options }, terminal));
  terminal.note('');
  terminal.result(toText(report, terminal));
  terminal.note(`\n${nextSteps(folder, report, named)}`);
}

/** The days at which something begins, and that at which it all ends. */
interface DemoDays {
  readonly start: UtcDay;
  readonly firstExact: UtcDay;
  readonly firstNight: UtcDay;
  readonly today: UtcDay;
}

async function playDemo(
  folder: string,
  days: DemoDays,
  { world, definition, seed }: DemoOptions & { readonly world: DemoWorld },
  terminal: Terminal,
): Promise<Report> {
  const { start, firstExact, firstNight, today } = days;
  terminal.note(`${world.people} since ${formatDay(start)}. Daytally is deployed on ${formatDay(firstNight)}.`);
  const source = new SimulatedTable(world.shape);
  world.play(source, { seed, people: PEOPLE, from: start, to: today - 1 });
  const chain = await LocalChain.open({
    source,
    definition,
    directory: folder,
    recoverableSince: midnightOf(firstExact),
  });
  try {
    await nightsFrom(chain, { first: firstNight, today }, terminal);
    terminal.note('\nWhat people fear:');
    await dropAgain(chain, today - 1, terminal);
    await backfill(chain, { start, firstExact, today }, terminal);
    const report = await reportOf(chain, days);
    await writeFile(join(folder, 'report.html'), toPage(report, { title: 'Daytally demo', theme: 'auto' }));
    return report;
  } finally {
    await chain.close();
  }
}

async function reportOf(chain: LocalChain, { start, firstExact, today }: DemoDays): Promise<Report> {
  const to = today - 1;
  return buildReport({
    entries: await chain.store.readLedger(daysBetween(start, to).map(formatDay), { consistent: true }),
    from: start,
    to,
    now: chain.now().getTime(),
    earliestRestorable: midnightOf(firstExact),
    metrics: chain.options.definition.metrics,
  });
}
