import { type AttributeValue, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbStore } from '../../../src/adapters/aws/dynamodb-store.ts';
import { toRecordItem } from '../../../src/adapters/aws/record-item.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../../src/adapters/local/embedded-dynamodb.ts';
import {
  type AnalyticsRecord,
  type DetailValue,
  numbersOf as numbersByRules,
  toAnalyticsRecord,
  zeroNumbers,
} from '../../../src/domain/analytics-record.ts';
import { FIRST_DEFINITION, mayReplace, type Provenance } from '../../../src/domain/provenance.ts';
import { zeroSummary } from '../../../src/domain/summary.ts';
import { InvalidInput } from '../../../src/schemas/parse-input.ts';
import { anEntry, aProvenance, day, gamesCounts } from '../../support/factories.ts';
import { firstGames, gamesRules } from '../../support/first-games.ts';
import { queryParquet } from '../../support/query-parquet.ts';

let table: EmbeddedTable;
let store: DynamoDbStore;
const files = new Map<string, Uint8Array>();

const storeOn = (tableName: string) =>
  new DynamoDbStore({
    client: table.client,
    tableName,
    definition: firstGames,
    detail: {
      files: { bucket: 'details', put: async (key, bytes) => void files.set(key, bytes) },
      prefix: 'detail/',
    },
  });

beforeAll(async () => {
  table = await openEmbeddedTable();
  store = storeOn(table.tableName);
});
afterAll(async () => await table.close());

const exact = aProvenance('e1', '2024-11-22T00:00:00.000Z', 'INCREMENTAL_EXPORT');
const writtenAt = new Date('2024-11-22T02:15:00Z');
const written = { writtenAt, codeVersion: 'v1' };
const parties = new Map([['constructor', 1]]);
const members = new Map([['grace', 4]]);
const sessions = new Map([
  ['ada', 3],
  ['__proto__', 1],
  ['%__proto__', 2],
]);

const numbersOf = (...users: Parameters<typeof gamesCounts>) => numbersByRules(gamesRules, gamesCounts(...users));

const aRecord = (date: string, app: string, provenance: Provenance = exact): AnalyticsRecord =>
  toAnalyticsRecord({ date, app }, numbersOf(sessions, parties, members), provenance, written);

const itemOf = async (date: string, app: string) =>
  (
    await table.client.send(
      new GetItemCommand({ TableName: table.tableName, Key: { date: { S: date }, app: { S: app } } }),
    )
  ).Item;

const putItem = (Item: Record<string, AttributeValue>) =>
  table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));

describe('records', () => {
  it('stores every user, whatever the name', async () => {
    await expect(store.putRecord(aRecord('2024-11-01', 'sudoku'), { force: false, isInline: true })).resolves.toBe(
      'written',
    );
    expect(await itemOf('2024-11-01', 'sudoku')).toEqual({
      date: { S: '2024-11-01' },
      app: { S: 'sudoku' },
      activeUserIds: { L: [{ S: '%__proto__' }, { S: '__proto__' }, { S: 'ada' }] },
      gamesPerUser: { M: { '%%__proto__': { N: '2' }, '%__proto__': { N: '1' }, ada: { N: '3' } } },
      partiesCreatedPerUser: { M: { constructor: { N: '1' } } },
      partiesJoined: { N: '4' },
      summary: {
        M: { activeUsers: { N: '3' }, gamesPlayed: { N: '6' }, partiesCreated: { N: '1' }, partiesJoined: { N: '4' } },
      },
      exportId: { S: 'e1' },
      exportType: { S: 'INCREMENTAL_EXPORT' },
      exportTime: { S: '2024-11-22T00:00:00.000Z' },
      quality: { S: 'exact' },
      definition: { S: firstGames.hash },
      writtenAt: { S: '2024-11-22T02:15:00.000Z' },
      codeVersion: { S: 'v1' },
      expiresAt: { N: `${Date.parse('2024-11-22T02:15:00Z') / 1000 + 455 * 86_400}` },
    });
  });

  it('are read back by day without the detail, and without the ledger', async () => {
    const apps = ['__proto__', 'chess', 'x'.repeat(1025), '🂡'.repeat(300)];
    for (const app of apps) await store.putRecord(aRecord('2024-11-02', app), { force: false, isInline: true });
    await store.putLedger(anEntry(day('2024-11-02')), undefined);
    const headers = await store.readHeaders('2024-11-02');
    expect(headers.map(({ app }) => app).sort()).toEqual(apps.sort());
    const { expiresAt: _expiresAt, detail: _detail, ...header } = aRecord('2024-11-02', 'chess');
    expect(headers).toContainEqual(header);
    await expect(store.readHeaders('1999-01-01')).resolves.toEqual([]);
  });

  it('keep the rule of precedence in DynamoDB itself, as the domain has it', async () => {
    const provenance = fc
      .record({
        exportId: fc.constantFrom('e1', 'e2', 'e3'),
        exportTime: fc.constantFrom('2024-11-22T00:00:00.000Z', '2024-11-23T00:00:00.000Z'),
        exportType: fc.constantFrom('FULL_EXPORT' as const, 'INCREMENTAL_EXPORT' as const),
        definition: fc.constantFrom(FIRST_DEFINITION, 'fedcba9876543210'),
      })
      .map(({ exportId, exportTime, exportType, definition }) =>
        aProvenance(exportId, exportTime, exportType, definition),
      );
    let apps = 0;
    await fc.assert(
      fc.asyncProperty(provenance, provenance, fc.boolean(), fc.boolean(), async (first, second, unsaid, force) => {
        const app = `app-${++apps}`;
        // Records that were written before any said so were counted by the first definition.
        const { definition, ...item } = toRecordItem(aRecord('2024-11-03', app, first), firstGames);
        const says = unsaid && first.definition === FIRST_DEFINITION ? {} : { definition };
        await putItem({ ...item, ...says } as typeof item);
        const outcome = await store.putRecord(aRecord('2024-11-03', app, second), { force, isInline: true });
        const replaced = force || mayReplace(second, first);
        expect(outcome).toBe(replaced ? 'written' : 'outranked');
        const standing = await itemOf('2024-11-03', app);
        expect(standing?.exportId?.S).toBe(replaced ? second.exportId : first.exportId);
        expect(standing?.definition ?? { S: FIRST_DEFINITION }).toEqual({ S: (replaced ? second : first).definition });
      }),
      { numRuns: 300 },
    );
  });

  it('keep sums with all their digits, and null for what an export cannot tell', async () => {
    const summary = { orders: 2, revenue: '12345678901234567890123456789012345678901.5', visits: null };
    const detail = new Map<string, DetailValue>([
      ['ordersPerUser', new Map([['ada', 2]])],
      ['revenue', summary.revenue],
      ['visits', null],
    ]);
    const key = { date: '2024-11-13', app: 'web' };
    await store.putRecord(toAnalyticsRecord(key, { summary, detail }, exact, written), {
      force: false,
      isInline: true,
    });
    await expect(store.readHeaders('2024-11-13')).resolves.toMatchObject([{ summary }]);
    expect(await itemOf('2024-11-13', 'web')).toMatchObject({
      ordersPerUser: { M: { ada: { N: '2' } } },
      revenue: { S: summary.revenue },
      visits: { NULL: true },
    });
  });

  it('are replaced only if they are still the one that was read', async () => {
    const record = aRecord('2024-11-04', 'sudoku');
    await store.putRecord(record, { force: false, isInline: true });
    const nothing = zeroNumbers(firstGames, zeroSummary(gamesRules));
    const zeros = toAnalyticsRecord(
      record,
      nothing,
      { ...exact, exportId: 'e2' },
      { writtenAt: new Date(), codeVersion: 'v1' },
    );
    await expect(store.replaceRecord(zeros, { ...record, writtenAt: '2024-11-22T02:15:00.001Z' })).resolves.toBe(
      'changed',
    );
    await expect(store.replaceRecord(zeros, record)).resolves.toBe('written');
    await expect(store.replaceRecord(zeros, record)).resolves.toBe('changed');
    await expect(store.readHeaders('2024-11-04')).resolves.toMatchObject([
      { exportId: 'e2', summary: { activeUsers: 0 } },
    ]);
    await expect(store.replaceRecord({ ...zeros, app: 'none' }, record)).resolves.toBe('changed');
  });

  it('are refused where someone else has written into the table, with the field that is wrong', async () => {
    const item = { date: { S: '2024-11-05' }, app: { S: 'sudoku' }, summary: { S: 'none' } };
    await putItem(item);
    const failure = await store.readHeaders('2024-11-05').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidInput);
    expect((failure as InvalidInput).issues.map(({ path }) => path)).toContain('summary.M');
  });
});

describe('detail that is too big for an item', () => {
  const users = 50_000;
  const everyone = Array.from({ length: users }, (_, n) => `0f8fad5b-d9cb-469f-a165-${`${n}`.padStart(12, '0')}`);
  const crowd = {
    sessions: new Map(everyone.map((userId, n) => [userId, (n % 7) + 1])),
    parties: new Map(everyone.filter((_, n) => n % 10 === 0).map((userId) => [userId, 2])),
    members: new Map([['ada', 5]]),
  };

  it('goes to Parquet, and leaves summary, provenance, a pointer and a count in the record', async () => {
    const record = toAnalyticsRecord(
      { date: '2024-11-06', app: 'big' },
      numbersOf(crowd.sessions, crowd.parties, crowd.members),
      exact,
      written,
    );
    await expect(store.putRecord(record, { force: false, isInline: true })).resolves.toBe('written');
    const item = await itemOf('2024-11-06', 'big');
    const [key = ''] = [...files.keys()];
    expect(item).toMatchObject({
      summary: { M: { activeUsers: { N: '50000' } } },
      exportId: { S: 'e1' },
      partiesJoined: { N: '5' },
      detail: { M: { bucket: { S: 'details' }, keys: { L: [{ S: key }] }, users: { N: '50000' } } },
    });
    expect(item).not.toHaveProperty('activeUserIds');
    expect(key).toMatch(/^detail\/2024-11-06\/big-[0-9a-f]{12}-e1\.parquet$/);
    const found = queryParquet(
      files.get(key) ?? new Uint8Array(),
      `count(*) AS users, count(*) FILTER (games > 0) AS active, sum(games)::BIGINT AS games,
       sum(partiesCreated)::BIGINT AS "partiesCreated", min(userId) AS first, max(userId) AS last`,
    );
    await expect(found).resolves.toEqual([
      {
        users: 50_000n,
        active: 50_000n,
        games: BigInt([...crowd.sessions.values()].reduce((sum, games) => sum + games, 0)),
        partiesCreated: 10_000n,
        first: everyone[0],
        last: everyone.at(-1),
      },
    ]);
  });

  it('goes there as well where it may not stay in the item, however small it is', async () => {
    files.clear();
    await store.putRecord(aRecord('2024-11-09', 'small'), { force: false, isInline: false });
    expect([...files.keys()]).toEqual([expect.stringMatching(/^detail\/2024-11-09\/small-/)]);
    expect(await itemOf('2024-11-09', 'small')).toMatchObject({
      detail: { M: { keys: { L: [{ S: [...files.keys()][0] }] } } },
    });
  });

  it('stays in the item up to the last byte that fits', async () => {
    const ofSize = (length: number) => {
      const players = new Map([['u'.repeat(length), 1]]);
      return toAnalyticsRecord(
        { date: '2024-11-07', app: `big-${length}` },
        numbersOf(players, parties, members),
        exact,
        written,
      );
    };
    files.clear();
    for (let bytes = 204_500; bytes < 204_700; bytes += 4)
      await store.putRecord(ofSize(bytes), { force: false, isInline: true });
    expect(files.size).toBeGreaterThan(10);
    expect(files.size).toBeLessThan(40);
  });
});

describe('the ledger', () => {
  const summary = { activeUsers: 1, gamesPlayed: 2, partiesCreated: 3, partiesJoined: 4 };

  it('is read back as it was written', async () => {
    const entry = anEntry(day('2024-11-08'), {
      window: { from: null, to: '2024-11-08' },
      apps: new Map([['__proto__', summary]]),
      replaced: { ...exact, writtenAt: '2024-11-09T02:00:00.000Z', apps: new Map([['%__proto__', summary]]) },
    });
    const plain = anEntry(day('2024-11-09'));
    await store.putLedger(entry, undefined);
    await store.putLedger(plain, undefined);
    const read = await store.readLedger(['2024-11-08', '2024-11-09', '2024-11-10'], { consistent: true });
    expect(read.sort((a, b) => (a.date < b.date ? -1 : 1))).toEqual([entry, plain]);
  });

  it('keeps sums with all their digits, and null for what an export cannot tell', async () => {
    const sum = '-123456789012345678901234567890123456789.000000000000000000000000000000000001';
    const entry = anEntry(day('2024-11-12'), {
      nothing: { orders: 0, revenue: '0', visits: null },
      apps: new Map([['web', { orders: 2, revenue: sum, visits: null }]]),
      replaced: {
        ...exact,
        writtenAt: '2024-11-09T02:00:00.000Z',
        apps: new Map([['web', { orders: null, revenue: null, visits: 3 }]]),
      },
    });
    await store.putLedger(entry, undefined);
    await expect(store.readLedger(['2024-11-12'], { consistent: true })).resolves.toEqual([entry]);
  });

  it('takes an entry only in the place of the one that was read', async () => {
    const first = anEntry(day('2024-11-11'));
    const second = { ...first, runId: 'run-2' };
    await expect(store.putLedger(first, first)).resolves.toBe('changed');
    await expect(store.putLedger(first, undefined)).resolves.toBe('written');
    await expect(store.putLedger(second, undefined)).resolves.toBe('changed');
    await expect(store.putLedger(second, { ...first, writtenAt: 'later' })).resolves.toBe('changed');
    await expect(store.putLedger(second, first)).resolves.toBe('written');
    await expect(store.putLedger(first, first)).resolves.toBe('changed');
  });

  it('reads more days than fit in one request', async () => {
    const dates = Array.from({ length: 230 }, (_, n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    for (const date of [dates[0], dates[150], dates[229]]) await store.putLedger(anEntry(day(date ?? '')), undefined);
    const read = await store.readLedger(dates, { consistent: false });
    expect(read.map(({ date }) => date).sort()).toEqual([dates[0], dates[150], dates[229]]);
  });
});
