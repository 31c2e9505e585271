import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnalyticsRecord } from '../../../src/domain/analytics-record.ts';
import { holdsTheSame, mayReplace } from '../../../src/domain/provenance.ts';
import type { LedgerEntry } from '../../../src/domain/run-ledger.ts';
import { isZero, zeroSummary } from '../../../src/domain/summary.ts';
import { formatDay, noonOf, type UtcDay } from '../../../src/domain/utc-day.ts';
import type { AnalyticsStore, MetricPublisher } from '../../../src/pipeline/ports.ts';
import type { CountedNumbers } from '../../../src/pipeline/publish/counted-numbers.ts';
import { publishExport, UnfinishedRun } from '../../../src/pipeline/publish/publish-export.ts';
import { aRun, day, playedApp, someNumbers } from '../../support/factories.ts';
import { firstGames, gamesRules } from '../../support/first-games.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const friday = day('2024-11-22');
const window = [friday, friday + 1] as const;

/** An export that speaks for one or both of the days and counted something in some of the apps. */
const anExport = (exportId: string): fc.Arbitrary<CountedNumbers> =>
  fc
    .record({
      exportType: fc.constantFrom('FULL_EXPORT' as const, 'INCREMENTAL_EXPORT' as const),
      from: fc.constantFrom(...window),
      exportedAt: fc.integer({ min: 2, max: 4 }),
      counted: fc.uniqueArray(fc.tuple(fc.constantFrom(...window), fc.constantFrom('chess', 'sudoku', 'go')), {
        selector: ([onDay, app]) => `${onDay}${app}`,
      }),
      players: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ exportType, from, exportedAt, counted, players }) => {
      const apps = counted.filter(([onDay]) => onDay >= from).map(([onDay, app]) => playedApp(onDay, app, players));
      const numbers = someNumbers(exportId, { from, to: friday + 1, exportType }, apps);
      const exportTime = new Date((friday + exportedAt) * 86_400_000).toISOString();
      return { ...numbers, provenance: { ...numbers.provenance, exportTime } };
    });

/** Incremental exports of one window hold the same changes, whatever their ids. */
function agreeing(exports: readonly CountedNumbers[]): readonly CountedNumbers[] {
  const isLike = (one: CountedNumbers, other: CountedNumbers, onDay: UtcDay) =>
    other.provenance.quality === 'exact' &&
    other.provenance.exportTime === one.provenance.exportTime &&
    (other.window.from ?? 0) <= onDay;
  return exports.map((one) => {
    if (one.provenance.quality !== 'exact') return one;
    const apps = window.flatMap((onDay) => {
      const first = exports.find((other) => isLike(one, other, onDay));
      return onDay < (one.window.from ?? 0) ? [] : (first?.apps.filter(({ day }) => day === onDay) ?? []);
    });
    return { ...one, apps };
  });
}

/** An event that starts a run of an export; the run dies after so many calls, and is then repeated. */
const anEvent = fc.record({
  of: fc.nat({ max: 2 }),
  diesAfter: fc.option(fc.nat({ max: 12 }), { nil: Number.POSITIVE_INFINITY }),
  answered: fc.boolean(),
  again: fc.constantFrom('retried', 'new event'),
});

class Death extends Error {}

/** The port as one run sees it: each call waits for its turn, and after some the run is dead. */
function turnByTurn<P extends object>(
  port: P,
  scheduler: fc.Scheduler,
  budget: { calls: number; answered: boolean },
): P {
  const call =
    (method: Method) =>
    async (...args: unknown[]) => {
      await scheduler.schedule(Promise.resolve());
      if (--budget.calls < 0 && !(budget.answered && budget.calls === -1)) throw new Death();
      const answer = await method.apply(port, args);
      if (budget.calls < 0) throw new Death();
      return answer;
    };
  return new Proxy(port, { get: (target, name) => call(Reflect.get(target, name) as Method) });
}

type Method = (...args: unknown[]) => Promise<unknown>;

/** A table whose eventually consistent reads lag behind by one write. */
class LaggingStore extends MemoryStore {
  readonly #before = new Map<string, LedgerEntry | undefined>();

  override async readLedger(dates: readonly string[], options?: { readonly consistent: boolean }) {
    if (options?.consistent !== false) return await super.readLedger(dates);
    return dates.flatMap((date) => (this.#before.has(date) ? this.#before.get(date) : this.ledger.get(date)) ?? []);
  }

  override async putLedger(...[entry, read]: Parameters<AnalyticsStore['putLedger']>) {
    this.#before.set(entry.date, this.ledger.get(entry.date));
    return await super.putLedger(entry, read);
  }
}

interface Scenario {
  readonly scheduler: fc.Scheduler;
  readonly exports: readonly CountedNumbers[];
  readonly events: readonly (typeof anEvent extends fc.Arbitrary<infer Event> ? Event : never)[];
  readonly lagging: boolean;
}

const scenarioOf = (exports: fc.Arbitrary<readonly CountedNumbers[]>): fc.Arbitrary<Scenario> =>
  fc.record({
    scheduler: fc.scheduler(),
    exports,
    events: fc.array(anEvent, { minLength: 1, maxLength: 5 }),
    lagging: fc.boolean(),
  });

/** Runs all events at once, in the scheduler's order. @returns what stands in the end, and which exports were run */
async function play({ scheduler, exports, events, lagging }: Scenario) {
  const store = lagging ? new LaggingStore() : new MemoryStore();
  const published = new Set<string>();
  const publisher: MetricPublisher = {
    publish: async (points) => {
      for (const { app, name, timestamp, value } of points) published.add(`${app} ${name} ${timestamp} ${value}`);
    },
  };
  let millis = (friday + 4) * 86_400_000;
  const runs = events.map(async ({ of, diesAfter, answered, again }, index) => {
    const numbers = exports[of % exports.length];
    const run = (runId: string, budget: { calls: number; answered: boolean }) =>
      publishExport(
        {
          store: turnByTurn<AnalyticsStore>(store, scheduler, budget),
          publisher: turnByTurn(publisher, scheduler, budget),
          maxPublishedApps: 100,
          inlineDetailKb: Number.POSITIVE_INFINITY,
        },
        numbers as CountedNumbers,
        aRun(friday + 4, { runId, now: () => new Date(millis++) }),
      );
    await run(`run-${index}`, { calls: diesAfter, answered }).catch(async (error: unknown) => {
      if (!(error instanceof Death || (error instanceof UnfinishedRun && error.cause instanceof Death))) throw error;
      const name = again === 'retried' ? `run-${index}` : `run-${index}-again`;
      await run(name, { calls: Number.POSITIVE_INFINITY, answered });
    });
  });
  await scheduler.waitFor(Promise.all(runs));
  return {
    store,
    published,
    ran: exports.filter((_, index) => events.some(({ of }) => of % exports.length === index)),
  };
}

type End = Awaited<ReturnType<typeof play>>;

/** Those that say something of a day. */
const speaking = ({ ran }: End, onDay: UtcDay): CountedNumbers[] =>
  ran.filter(({ window: { from } }) => from !== null && from <= onDay);

const entryOf = ({ store }: End, onDay: UtcDay): LedgerEntry | undefined => store.ledger.get(formatDay(onDay));

it('whatever the exports, their order, their interleaving and their deaths: exact wins, then the latest', async () => {
  await fc.assert(
    fc.asyncProperty(
      scenarioOf(fc.tuple(anExport('e1'), anExport('e2'), anExport('e3')).map(agreeing)),
      async (scenario) => {
        const end = await play(scenario);
        for (const onDay of window) {
          const best = speaking(end, onDay).reduce<CountedNumbers | undefined>(
            (winner, one) => (winner === undefined || mayReplace(one.provenance, winner.provenance) ? one : winner),
            undefined,
          );
          expectOnly(end, best, onDay);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

/** The same, as another definition would have counted it. */
const byAnother = (numbers: CountedNumbers): CountedNumbers => {
  const definition = { ...numbers.rules.definition, hash: 'fedcba9876543210' };
  return {
    ...numbers,
    rules: { ...numbers.rules, definition },
    provenance: { ...numbers.provenance, definition: definition.hash },
  };
};

it('and of two definitions: exact wins, then whoever was the last to finish, with all of its numbers and no other', async () => {
  const exports = fc.tuple(anExport('e1'), anExport('e1').map(byAnother));
  await fc.assert(
    fc.asyncProperty(scenarioOf(exports), async (scenario) => {
      const end = await play(scenario);
      for (const onDay of window) {
        const all = speaking(end, onDay);
        const exact = all.filter(({ provenance }) => provenance.quality === 'exact');
        const entry = entryOf(end, onDay);
        const [winner] = (exact.length > 0 ? exact : all).filter(
          ({ provenance }) => provenance.definition === entry?.definition,
        );
        if (all.length > 0) expect(winner).toBeDefined();
        expectOnly(end, winner, onDay);
      }
    }),
    { numRuns: 1000 },
  );
});

/** Of a day there stands, and was published, what one export has counted, and nothing else. */
function expectOnly(end: End, winner: CountedNumbers | undefined, onDay: UtcDay): void {
  const { store, published } = end;
  const counted = new Map(
    winner?.apps.filter((one) => one.day === onDay).map(({ app, summary }) => [app, summary] as const),
  );
  const entry = entryOf(end, onDay);
  expect(entry?.exportId).toBe(winner?.provenance.exportId);
  const standing = [...store.records.values()].filter((record) => record.date === formatDay(onDay));
  expect(new Map(standing.filter(({ summary }) => !isZero(summary)).map(({ app, summary }) => [app, summary]))).toEqual(
    counted,
  );
  for (const [app, summary] of entry?.apps ?? []) expect(summary).toEqual(counted.get(app) ?? zeroSummary(gamesRules));
  for (const [app, summary] of counted) {
    expect(entry?.apps.get(app)).toEqual(summary);
    expect(standing.find((record) => record.app === app)).toSatisfy(
      (record: AnalyticsRecord) => winner !== undefined && holdsTheSame(record, winner.provenance),
    );
    for (const { id, cloudWatch } of firstGames.metrics) {
      expect(published).toContain(`${app} ${cloudWatch} ${noonOf(onDay)} ${summary[id]}`);
    }
  }
}
