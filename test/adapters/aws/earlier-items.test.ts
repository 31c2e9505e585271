import { type AttributeValue, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DynamoDbStore } from '../../../src/adapters/aws/dynamodb-store.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../../src/adapters/local/embedded-dynamodb.ts';
import { FIRST_DEFINITION } from '../../../src/domain/provenance.ts';
import { shop } from '../../support/another-table.ts';

/*
 * What stands in tables since before there were definitions, attribute by attribute: items written today are others, so
 * these are written out.
 */

const S = (text: string): AttributeValue => ({ S: text });
const N = (digits: string): AttributeValue => ({ N: digits });
const numbers = (values: Record<string, string>): AttributeValue => ({
  M: Object.fromEntries(Object.entries(values).map(([name, digits]) => [name, N(digits)])),
});

const provenance = {
  exportId: S('01732233600000-a1b2c3d4'),
  exportType: S('INCREMENTAL_EXPORT'),
  exportTime: S('2024-11-22T00:00:00.000Z'),
  quality: S('exact'),
};
const summary = numbers({ activeUsers: '1', gamesPlayed: '3', partiesCreated: '1', partiesJoined: '2' });

const record = {
  date: S('2024-11-21'),
  app: S('sudoku'),
  activeUserIds: { L: [S('ada')] },
  gamesPerUser: numbers({ ada: '3' }),
  partiesCreatedPerUser: numbers({ ada: '1' }),
  partiesJoined: N('2'),
  summary,
  ...provenance,
  writtenAt: S('2024-11-22T02:15:00.000Z'),
  expiresAt: N('1771554900'),
};

const entry = {
  date: S('2024-11-21'),
  app: S('#run'),
  ...provenance,
  window: { M: { from: S('2024-11-21'), to: S('2024-11-21') } },
  manifest: { M: { bucket: S('exports'), key: S('exports/x/manifest-summary.json'), md5: S('bWQ1') } },
  records: numbers({ read: '9', counted: '6', ignored: '1', deleted: '1', outsideWindow: '0', malformed: '1' }),
  late: N('0'),
  rejectsByReason: numbers({ 'owner.format': '1' }),
  bytesRead: N('2048'),
  apps: { M: { sudoku: summary } },
  notPublished: N('0'),
  codeVersion: S('0.1.0'),
  runId: S('run-1'),
  startedAt: S('2024-11-22T02:14:00.000Z'),
  writtenAt: S('2024-11-22T02:15:00.000Z'),
  replaced: {
    M: {
      ...provenance,
      exportType: S('FULL_EXPORT'),
      quality: S('lowerBound'),
      writtenAt: S('2024-11-22T01:00:00.000Z'),
      apps: { M: {} },
    },
  },
  expiresAt: N('1771554900'),
};

let table: EmbeddedTable;
let store: DynamoDbStore;
beforeAll(async () => {
  table = await openEmbeddedTable();
  for (const Item of [record, entry]) {
    await table.client.send(new PutItemCommand({ TableName: table.tableName, Item }));
  }
  const detail = { files: { bucket: 'none', put: async () => {} }, prefix: '' };
  store = new DynamoDbStore({ ...table, definition: shop, detail });
});
afterAll(async () => await table.close());

const counted = { activeUsers: 1, gamesPlayed: 3, partiesCreated: 1, partiesJoined: 2 };

it('a record is read as one that the first definition has counted', async () => {
  await expect(store.readHeaders('2024-11-21')).resolves.toEqual([
    {
      date: '2024-11-21',
      app: 'sudoku',
      summary: counted,
      exportId: '01732233600000-a1b2c3d4',
      exportType: 'INCREMENTAL_EXPORT',
      exportTime: '2024-11-22T00:00:00.000Z',
      quality: 'exact',
      definition: FIRST_DEFINITION,
      writtenAt: '2024-11-22T02:15:00.000Z',
    },
  ]);
});

it('a ledger entry too, which knows the four metrics that there were and no others, published all apps, and told nothing apart outside of the window', async () => {
  const [read] = await store.readLedger(['2024-11-21'], { consistent: true });
  expect(read).toMatchObject({ definition: FIRST_DEFINITION, replaced: { definition: FIRST_DEFINITION } });
  expect(read?.nothing).toEqual({ activeUsers: 0, gamesPlayed: 0, partiesCreated: 0, partiesJoined: 0 });
  expect(read?.apps).toEqual(new Map([['sudoku', counted]]));
  expect(read).toMatchObject({ maxPublishedApps: null, outside: null });
});
