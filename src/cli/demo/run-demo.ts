import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SimulatedTable } from '../../adapters/local/simulated-table.ts';
import type { Definition } from '../../domain/definition.ts';
import { daysBetween, formatDay, midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import { toPage } from '../../report/html/page.ts';
import { buildReport } from '../../report/report.ts';
import { toText } from '../../report/text-report.ts';
import type { Terminal } from '../terminal.ts';
import { emptyDemoFolder } from './demo-folder.ts';
import { LocalChain } from './local-chain.ts';
import { backfill, dropAgain, nightsFrom } from './scenes.ts';
import { worldFor } from './worlds.ts';

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
  const { definition, nights, folder, today, seed } = options;
  const world = worldFor(definition);
  await emptyDemoFolder(folder);
  const firstNight = today - nights;
  const firstExact = firstNight - DAYS_OF_RECOVERY;
  const start = firstExact - DAYS_BEFORE_RECOVERY;
  terminal.note(`${world.people} since ${formatDay(start)}. Daytally is deployed on ${formatDay(firstNight)}.\n`);
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
    terminal.note('\nWhat people fear:\n');
    await dropAgain(chain, today - 1, terminal);
    await backfill(chain, { start, firstExact, today }, terminal);
    await showReport(chain, { start, firstExact, options }, terminal);
  } finally {
    await chain.close();
  }
}

async function showReport(
  chain: LocalChain,
  {
    start,
    firstExact,
    options,
  }: { readonly start: UtcDay; readonly firstExact: UtcDay; readonly options: DemoOptions },
  terminal: Terminal,
): Promise<void> {
  const to = options.today - 1;
  const report = buildReport({
    entries: await chain.store.readLedger(daysBetween(start, to).map(formatDay), { consistent: true }),
    from: start,
    to,
    now: chain.now().getTime(),
    earliestRestorable: midnightOf(firstExact),
    metrics: chain.options.definition.metrics,
  });
  const page = join(options.folder, 'report.html');
  await writeFile(page, toPage(report, { title: 'Daytally demo', theme: 'auto' }));
  terminal.note('');
  terminal.result(toText(report, terminal.paint));
  const lastExport = join(options.folder, 'bucket/exports/incremental', formatDay(to));
  const chosen = options.named === undefined ? '' : ` --definition ${options.named}`;
  terminal.note(
    `\nPlots: open ${page}\nCount an export yourself: npm run --silent daytally -- aggregate ${lastExport}${chosen}`,
  );
}
