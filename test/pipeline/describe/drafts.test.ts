import { describe, expect, it } from 'vitest';
import { SimulatedExporter } from '../../../src/adapters/local/simulated-exporter.ts';
import { playGame } from '../../../src/adapters/local/simulated-game.ts';
import type { OutputView, SimulatedTable } from '../../../src/adapters/local/simulated-table.ts';
import { doubtsAbout } from '../../../src/cli/check/definition-text.ts';
import { gamesDefinition } from '../../../src/definitions/preset.ts';
import { parseDefinition } from '../../../src/schemas/definition.ts';
import { lastManifest, nightly, simulatedWorld } from '../../adapters/local/simulated-world.ts';
import { counted, draftOf, type NamedManifest, numbersOf } from '../../support/drafted.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';
import { playedShop, shopDefinition } from '../../support/shop.ts';

const FIRST = 20_704;
const LAST = 20_708;

/** An export of a table as it was in the night after the last day. */
async function exported(table: SimulatedTable, full: boolean, outputView: OutputView): Promise<NamedManifest> {
  const files = new MemoryBucket();
  const { order, at } = nightly(LAST);
  const events: Parameters<typeof lastManifest>[0][number][] = [];
  const exporter = new SimulatedExporter({
    table,
    bucket: files,
    tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    now: () => at,
    recoverableSince: 0,
    onObjectCreated: (event) => events.push(event),
    outputView,
  });
  const { keyPrefix, clientToken } = order;
  await exporter.startExport(full ? { exportType: 'FULL_EXPORT', keyPrefix, clientToken } : order);
  return { files, manifestKey: lastManifest(events) };
}

function playedGame(): SimulatedTable {
  const { table } = simulatedWorld(new MemoryBucket());
  playGame(table, { seed: 3, players: 1000, from: FIRST, to: LAST });
  return table;
}

const exports: readonly [string, boolean, OutputView][] = [
  ['a night with old images', false, 'NEW_AND_OLD_IMAGES'],
  ['a night without', false, 'NEW_IMAGES'],
  ['all that is there', true, 'NEW_AND_OLD_IMAGES'],
];

/** What the preset's metrics are called in a draft, that does not know what they are of. */
const gameIds = {
  sessionUsers: 'activeUsers',
  sessions: 'gamesPlayed',
  newParties: 'partiesCreated',
  newMembers: 'partiesJoined',
};
const ofPreset = Object.fromEntries(Object.values(gameIds).map((id) => [id, id]));

describe.each(exports)('the draft of a game, of %s', (_, full, view) => {
  const game = exported(playedGame(), full, view);

  it('counts what the preset counts', async () => {
    const { definition } = await draftOf(await game);
    const expected = numbersOf(await counted(await game, gamesDefinition), ofPreset);
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(3);
    expect(numbersOf(await counted(await game, definition), gameIds)).toEqual(expected);
  });

  it('leaves hardly anything uncounted, and nothing to doubt', async () => {
    const { definition } = await draftOf(await game);
    const { records } = (await counted(await game, definition)).counts;
    expect(records.malformed + records.ignored).toBeLessThan(records.read * 0.03);
    expect(doubtsAbout(definition)).toEqual([]);
  });

  it('counts what was not there before, where the export tells it', async () => {
    const { definition } = await draftOf(await game);
    const on = definition.activities.filter(({ id }) => id.startsWith('new')).map((activity) => activity.on.kind);
    expect(new Set(on)).toEqual(new Set([!full && view === 'NEW_AND_OLD_IMAGES' ? 'insert' : 'put']));
  });

  it('asks for what it could but guess', async () => {
    const { questions } = await draftOf(await game);
    expect(questions).toEqual(full ? [expect.stringContaining('modelId and owner the key?')] : []);
  });
});

it('the draft of a game that has been played for long counts what the preset counts, faults and all', async () => {
  const { table } = simulatedWorld(new MemoryBucket());
  playGame(table, { seed: 8, players: 300, from: LAST - 60, to: LAST });
  const game = await exported(table, true, 'NEW_IMAGES');
  const { definition } = await draftOf(game);
  const expected = numbersOf(await counted(game, gamesDefinition), ofPreset);
  expect(Object.keys(expected).length).toBeGreaterThan(100);
  expect(numbersOf(await counted(game, definition), gameIds)).toEqual(expected);
});

/** The shop's own definition takes times of carts that are text for a fault; a draft, which has seen such, reads them. */
const readingAllTimes = parseDefinition(
  JSON.parse(shopDefinition.json.replace('"as":"epochSeconds"', '"as":"auto"')),
  'shop',
);

describe.each(exports)('the draft of a shop, of %s', (_, full, view) => {
  const shop = exported(playedShop({ seed: 5, buyers: 300, from: FIRST, to: LAST }).table, full, view);
  const tellsChanges = !full && view === 'NEW_AND_OLD_IMAGES';

  it('counts what its own definition counts', async () => {
    const { definition } = await draftOf(await shop);
    const ids = { cartUsers: 'shoppers', ...(tellsChanges ? { newOrderUsers: 'buyers', newProfiles: 'signUps' } : {}) };
    const own = Object.fromEntries(Object.values(ids).map((id) => [id, id]));
    const expected = numbersOf(await counted(await shop, readingAllTimes), own);
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(3);
    expect(numbersOf(await counted(await shop, definition), ids)).toEqual(expected);
  });

  // A draft dates what is new; the shop's own definition takes all orders of the export as of its day, be they late.
  it('counts new orders of the day and what they come to', async () => {
    const { definition } = await draftOf(await shop);
    const on = tellsChanges ? ('insert' as const) : ('put' as const);
    const order = { is: { PK: 'STORE#${app}#USER#${user}', SK: 'ORDER#${id}' }, at: 'createdAt', on };
    const byHand = parseDefinition(
      {
        version: 1,
        separator: '#',
        activities: { order },
        metrics: {
          orders: { of: 'order', measure: 'countPerUser' },
          ...(tellsChanges ? { total: { of: 'order', measure: { sum: 'total' } } } : {}),
        },
      },
      'by hand',
    );
    const ids = { newOrders: 'orders', ...(tellsChanges ? { newOrderTotal: 'total' } : {}) };
    const own = Object.fromEntries(Object.values(ids).map((id) => [id, id]));
    const expected = numbersOf(await counted(await shop, byHand), own);
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(3);
    expect(numbersOf(await counted(await shop, definition), ids)).toEqual(expected);
  });

  it('asks nothing', async () => expect((await draftOf(await shop)).questions).toEqual([]));
});
