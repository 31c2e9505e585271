import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import { openDirectoryExport } from '../../src/adapters/local/directory-export.ts';
import { countInThreads } from '../../src/adapters/threads/count-in-threads.ts';
import { type Detail, toDetail } from '../../src/domain/analytics-record.ts';
import { rulesFor } from '../../src/domain/counting-rules.ts';
import { spanOfDay } from '../../src/domain/export-window.ts';
import { summarize } from '../../src/domain/summary.ts';
import { midnightOf, type UtcDay } from '../../src/domain/utc-day.ts';
import { type CountedExport, openExport } from '../../src/pipeline/count/count-export.ts';
import { mapFiles } from '../../src/pipeline/large/map-files.ts';
import { mergeShard } from '../../src/pipeline/large/merge-shard.ts';
import { readMergedExport } from '../../src/pipeline/large/read-merged-export.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';
import { countObjects, manifestOf } from '../support/examples.ts';
import { temporaryDirectory, writeObjects } from '../support/exports.ts';
import { MemoryBucket } from '../support/memory-bucket.ts';
import {
  type CountedStore,
  expectedOf,
  layOutDay,
  linesOfDay,
  type PlayedShop,
  playedShop,
  shopDefinition,
} from '../support/shop.ts';
import { shopTruth } from '../support/shop-truth.ts';

/*
 * One night of the simulated shop, counted in every way that there is: the numbers are always those of the shop's own books.
 */

const FROM = 20_050;
const DAYS = 12;

const shop = playedShop({ seed: 11, buyers: 90, from: FROM, to: FROM + DAYS - 1 });

const nights = fc.integer({ min: FROM + 2, max: FROM + DAYS - 1 });

/** A night, and how its lines are ordered and cut into files. */
interface Cut {
  readonly day: UtcDay;
  readonly files: number;
  readonly order: number;
}

const cuts: fc.Arbitrary<Cut> = fc.record({
  day: nights,
  files: fc.integer({ min: 1, max: 7 }),
  order: fc.integer(),
});

function layOutCut({ day, files, order }: Cut): Map<string, Buffer> {
  const lines = linesOfDay(shop, day)
    .map((line) => ({ line, rank: createHash('md5').update(`${order}${line}`).digest('hex') }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const inFile = (file: number) => lines.filter(({ rank }) => Number.parseInt(rank.slice(-6), 16) % files === file);
  return layOutDay(
    day,
    Array.from({ length: files }, (_, file) => inFile(file).map(({ line }) => line)),
  );
}

type Stores = ReadonlyMap<string, CountedStore>;

const storesOf = ({ counts: { rules, tally } }: CountedExport): Stores =>
  new Map(
    tally.entries().map(({ app, counts }) => {
      const summary = summarize(rules, counts);
      return [app, { summary, detail: toDetail(rules.definition, counts, summary) }];
    }),
  );

/** By the books; a store in which nothing has happened is in no tally. */
const booksOf = ({ history }: PlayedShop, day: UtcDay): Stores =>
  new Map(
    [...shopTruth(history, day)]
      .map(([store, truth]) => [store, expectedOf(truth)] as const)
      .filter(([, { summary }]) => Object.values(summary).some((value) => value !== 0 && value !== '0')),
  );

describe('a night of the simulated shop', () => {
  it.each([
    ['the plain reader', plainReader],
    ['the fast reader', simdReader],
  ])('is counted as the books say by %s, however its lines are ordered and cut into files', async (_name, reader) => {
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        const counted = await countObjects(layOutCut(cut), shopDefinition, reader);
        expect(storesOf(counted)).toEqual(booksOf(shop, cut.day));
      }),
      { numRuns: 60 },
    );
  });

  it('is counted as the books say whatever the seed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), nights, async (seed, day) => {
        const another = playedShop({ seed, buyers: 40, from: FROM, to: day });
        const objects = layOutDay(day, [linesOfDay(another, day)]);
        expect(storesOf(await countObjects(objects, shopDefinition))).toEqual(booksOf(another, day));
      }),
      { numRuns: 25 },
    );
  });

  it('is counted as the books say in threads', async () => {
    const day = FROM + 8;
    const directory = temporaryDirectory();
    const lines = linesOfDay(shop, day);
    writeObjects(
      layOutDay(
        day,
        [0, 1, 2, 3].map((file) => lines.filter((_, index) => index % 4 === file)),
      ),
      directory,
    );
    const { manifestKey } = await openDirectoryExport(directory);
    const counted = await countInThreads({ directory }, manifestKey, { definition: shopDefinition, threads: 3 });
    expect(storesOf(counted)).toEqual(booksOf(shop, day));
  });

  it('is counted as the books say in the steps of a large export, whatever the number of shards', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 1, max: 5 }), async (cut, shards) => {
        expect(await countInSteps(layOutCut(cut), shards)).toEqual(booksOf(shop, cut.day));
      }),
      { numRuns: 25 },
    );
  });
});

/** As the state machine does. */
async function countInSteps(objects: Map<string, Uint8Array>, shards: number): Promise<Stores> {
  const bucket = new MemoryBucket(objects);
  const manifestKey = manifestOf(objects);
  const aggregation = { bucket: 'bucket', manifestKey, partialsPrefix: 'partials/x/', shards };
  const { dataFiles, summary } = await openExport(bucket, manifestKey);
  const rules = rulesFor(shopDefinition, summary.scope);
  const ports = { files: bucket, partials: bucket, reader: simdReader };
  await mapFiles(ports, aggregation, { rules, window: summary.window }, dataFiles);
  for (let shard = 0; shard < shards; shard++)
    await mergeShard({ partials: bucket, rules }, aggregation, shard, dataFiles);
  const details = { write: () => Promise.reject(new Error('no detail is as large as that')) };
  const { apps } = await readMergedExport(
    { files: bucket, partials: bucket, details, definition: shopDefinition },
    aggregation,
  );
  const stores = await Promise.all(
    apps.map(async ({ app, summary, detail }) => [app, { summary, detail: (await detail(true)) as Detail }] as const),
  );
  return new Map(stores);
}

describe('inserts and deletes', () => {
  const is = (sortKey: string) => ({ PK: 'STORE#${app}#USER#${user}', SK: sortKey });
  const definition = parseDefinition(
    {
      version: 1,
      separator: '#',
      activities: {
        opened: { is: is('PROFILE'), on: 'insert' },
        closed: { is: is('PROFILE'), on: 'delete' },
        filled: { is: is('CART#${cart}'), on: 'insert' },
        removed: { is: is('CART#${cart}'), on: 'delete' },
      },
      metrics: {
        opened: { of: 'opened', measure: 'count' },
        closed: { of: 'closed', measure: 'count' },
        filled: { of: 'filled', measure: 'count' },
        removed: { of: 'removed', measure: 'count' },
      },
    },
    'test',
  );

  const itemsAt = (store: string, day: UtcDay, sortKey: string): number =>
    [...shop.table.stateAt(midnightOf(day))].filter(
      ({ PK, SK }) =>
        JSON.stringify([PK, SK]).startsWith(`[{"S":"STORE#${store}#USER#`) && JSON.stringify(SK).includes(sortKey),
    ).length;

  it('of consecutive days add up to the change in the number of items', async () => {
    const change = new Map<string, { accounts: number; carts: number }>();
    for (let day = FROM; day < FROM + DAYS; day++) {
      const counted = await countObjects(layOutDay(day, [linesOfDay(shop, day)]), definition);
      for (const [store, { summary }] of storesOf(counted)) {
        const of = (metric: string) => Number(summary[metric]);
        const { accounts, carts } = change.get(store) ?? { accounts: 0, carts: 0 };
        change.set(store, {
          accounts: accounts + of('opened') - of('closed'),
          carts: carts + of('filled') - of('removed'),
        });
      }
    }
    for (const [store, { accounts, carts }] of change) {
      const difference = (sortKey: string) => itemsAt(store, FROM + DAYS, sortKey) - itemsAt(store, FROM, sortKey);
      expect({ accounts, carts }).toEqual({ accounts: difference('PROFILE'), carts: difference('CART#') });
    }
    expect([...change.keys()].sort()).toEqual(['berlin', 'lisbon', 'oslo']);
  });
});

describe('what lies outside a night', () => {
  const definition = parseDefinition(
    {
      version: 1,
      separator: '#',
      activities: { order: { is: { PK: 'STORE#${app}#USER#${user}', SK: 'ORDER#${order}' }, at: 'createdAt' } },
      metrics: { orders: { of: 'order', measure: 'count' } },
    },
    'test',
  );

  /** Orders that the night has heard of, by whether it had before, and how many days ago they were placed. */
  function heardOf(day: UtcDay) {
    const { from, to } = spanOfDay(day);
    const orders = shop.history.filter((event) => event.kind === 'order' && event.at < to);
    const found = { touched: 0, late: new Map<UtcDay, number>() };
    for (const id of new Set(orders.map((event) => event.kind === 'order' && event.order.id))) {
      const events = orders.filter((event) => event.kind === 'order' && event.order.id === id);
      const last = events.at(-1);
      if (last?.kind !== 'order' || last.state === 'voided' || last.at < from) continue;
      const placed = Math.floor(last.order.createdAt / 86_400_000);
      if (placed === day) continue;
      if (events.some(({ at }) => at < from)) found.touched++;
      else found.late.set(placed, (found.late.get(placed) ?? 0) + 1);
    }
    return found;
  }

  it('is told apart as the books do: orders touched again, and orders that came late', async () => {
    let late = 0;
    for (let day = FROM; day < FROM + DAYS; day++) {
      const { counts } = await countObjects(layOutDay(day, [linesOfDay(shop, day)]), definition);
      const { touched, late: byDay, early } = counts.outside;
      expect({ touched, late: new Map(byDay), early }).toEqual({ ...heardOf(day), early: 0 });
      late += byDay.size;
    }
    expect(late).toBeGreaterThan(0);
  });
});
