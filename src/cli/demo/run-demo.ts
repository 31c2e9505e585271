import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { playGame } from '../../adapters/local/simulated-game.ts';
import { gameTableShape } from '../../adapters/local/simulated-items.ts';
import { SimulatedTable } from '../../adapters/local/simulated-table.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { daysBetween, formatDay, midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import type { AggregatedExport } from '../../pipeline/aggregate-export.ts';
import { toPage } from '../../report/html/page.ts';
import { buildReport } from '../../report/report.ts';
import { toText } from '../../report/text-report.ts';
import type { Terminal } from '../terminal.ts';
import { emptyDemoFolder } from './demo-folder.ts';
import { LocalChain } from './local-chain.ts';

export interface DemoOptions {
  readonly nights: number;
  readonly folder: string;
  /** The day after the last night's day. */
  readonly today: UtcDay;
  readonly seed: number;
}

const PLAYERS = 300;
const HOUR = 3_600_000;
/** The game is older than Daytally: this history only a backfill can count. */
const DAYS_BEFORE_RECOVERY = 14;
/** How long point-in-time recovery had been on when Daytally was deployed: what the first night can catch up. */
const DAYS_OF_RECOVERY = 5;

/** Plays the nightly chain through and shows what people fear: repeated events, a missed night, a backfill. */
export async function runDemo(options: DemoOptions, terminal: Terminal): Promise<void> {
  await emptyDemoFolder(options.folder);
  const first = options.today - options.nights;
  const start = first - DAYS_OF_RECOVERY - DAYS_BEFORE_RECOVERY;
  const games = new SimulatedTable(gameTableShape);
  terminal.note(
    `A game is played in three apps since ${formatDay(start)}; Daytally is deployed on ${formatDay(first)}.`,
  );
  playGame(games, { seed: options.seed, players: PLAYERS, from: start, to: options.today - 1 });
  const recoverableSince = midnightOf(first - DAYS_OF_RECOVERY);
  const chain = await LocalChain.open({ games, directory: options.folder, recoverableSince });
  try {
    const demo = new Demo(chain, options, terminal);
    await demo.nights(first);
    await demo.dropAgain();
    await demo.backfill(start);
    await demo.show(start);
  } finally {
    await chain.close();
  }
}

class Demo {
  constructor(
    private readonly chain: LocalChain,
    private readonly options: DemoOptions,
    private readonly terminal: Terminal,
  ) {}

  /** Each night at 02:00 UTC; one of them loses its event. */
  async nights(first: UtcDay): Promise<void> {
    const { chain, options, terminal } = this;
    const missed = options.nights >= 3 ? first + Math.floor(options.nights * 0.7) : undefined;
    const bar = terminal.progress('nights', options.nights);
    for (const day of daysBetween(first, options.today - 1)) {
      chain.now = midnightOf(day + 1) + 2 * HOUR;
      const { started } = await chain.requestExports({ mode: 'incremental' });
      const events = chain.events.take();
      chain.now += HOUR / 4;
      const done = await chain.deliver(day === missed ? [] : events);
      this.#tell(day, started.length, done, day === missed);
      bar.update(day - first + 1);
    }
    bar.stop();
  }

  #tell(day: UtcDay, asked: number, done: readonly AggregatedExport[], isMissed: boolean): void {
    const { terminal } = this;
    if (isMissed) {
      terminal.note(`${formatDay(day)}  the event is lost on its way: the night is missed`);
    } else if (asked > 1) {
      const records = done.reduce((sum, { records }) => sum + records.read, 0);
      terminal.note(
        `${formatDay(day)}  ${asked} days were not finished: asked for all of them, ${records} records counted`,
      );
    } else {
      const [{ records } = { records: undefined }] = done;
      terminal.note(
        `${formatDay(day)}  ${records?.read} records: ${records?.counted} counted, ${records?.malformed} malformed`,
      );
    }
  }

  /** The same manifest once more. */
  async dropAgain(): Promise<void> {
    const { chain, options, terminal } = this;
    const before = await this.#numbers(options.today - 1, options.today - 1);
    const received = chain.publisher.received;
    await chain.requestExports({
      mode: 'replay',
      from: formatDay(options.today - 1),
      to: formatDay(options.today - 1),
    });
    terminal.note('');
    const events = chain.events.take();
    await chain.deliver(events);
    await chain.deliver(events);
    const same = before === (await this.#numbers(options.today - 1, options.today - 1));
    terminal.note(
      `The last manifest dropped again, twice: table ${same ? 'unchanged' : 'CHANGED'}, ${chain.publisher.received - received} metric values sent.`,
    );
  }

  /** All history, as lower bounds; the exact days stay what they are. */
  async backfill(start: UtcDay): Promise<void> {
    const { chain, options, terminal } = this;
    const first = options.today - options.nights - DAYS_OF_RECOVERY;
    const before = await this.#numbers(first, options.today - 1);
    await chain.requestExports({ mode: 'backfill', backfillStartDate: formatDay(start) });
    const [done] = await chain.deliver();
    const written = done?.days.filter(({ outcome }) => outcome === 'written').length ?? 0;
    const outranked = done?.days.filter(({ outcome }) => outcome === 'outranked').length ?? 0;
    const same = before === (await this.#numbers(first, options.today - 1));
    terminal.note(
      `A backfill from ${formatDay(start)}: ${written} days of history counted as lower bounds, ${outranked} exact days ${same ? 'left alone' : 'DAMAGED'}.`,
    );
  }

  async show(start: UtcDay): Promise<void> {
    const { chain, options, terminal } = this;
    const report = buildReport({
      entries: await this.#ledger(start, options.today - 1),
      from: start,
      to: options.today - 1,
      now: chain.now,
      earliestRestorable: midnightOf(options.today - options.nights - DAYS_OF_RECOVERY),
    });
    const page = join(options.folder, 'report.html');
    await writeFile(page, toPage(report, { title: 'Daytally demo', theme: 'auto' }));
    terminal.note('');
    terminal.result(toText(report));
    terminal.note(
      `Open ${page} for the plots. The exports lie in ${join(options.folder, 'bucket')}: count one yourself with`,
    );
    terminal.note(
      `  npm run --silent daytally -- aggregate ${join(options.folder, 'bucket/exports/incremental', formatDay(options.today - 1))}`,
    );
  }

  #ledger(from: UtcDay, to: UtcDay): Promise<LedgerEntry[]> {
    return this.chain.store.readLedger(daysBetween(from, to).map(formatDay), { consistent: true });
  }

  /** Every app's numbers of these days, as text to compare. */
  async #numbers(from: UtcDay, to: UtcDay): Promise<string> {
    const days = await Promise.all(daysBetween(from, to).map((day) => this.chain.store.readHeaders(formatDay(day))));
    return JSON.stringify(days.flat().map(({ date, app, summary, quality }) => ({ date, app, summary, quality })));
  }
}
