import { describe, expect, it, vi } from 'vitest';
import type { MetricInput } from '../../src/domain/define-table.ts';
import { layOut, writeExport } from '../support/exports.ts';
import { queryParquet } from '../support/query-parquet.ts';

// A row in the preset for each of an activity and three metrics, and no other change anywhere.
vi.mock('../../src/definitions/games.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/definitions/games.ts')>();
  const { activities, metrics } = original.games as {
    activities: Record<string, unknown>;
    metrics: Record<string, MetricInput>;
  };
  activities.friendship = {
    is: { modelId: { startsWith: 'friendship-' } },
    read: { modelId: 'friendship-${app}-${id*}', owner: 'user-${user*}' },
    at: 'createdAt',
  };
  metrics.partyGuests = { of: 'member', measure: 'distinctUsers', description: 'Distinct users who joined a party' };
  metrics.friendsMade = { of: 'friendship', measure: 'countPerUser', title: 'Friends made' };
  metrics.friendships = { of: 'friendship', measure: 'count' };
  return original;
});

const { gamesDefinition } = await import('../../src/definitions/preset.ts');
const { rulesFor } = await import('../../src/domain/counting-rules.ts');
const { moveDetail } = await import('../../src/adapters/aws/parquet-detail.ts');
const { toRecordItem } = await import('../../src/adapters/aws/record-item.ts');
const { toLedgerEntry, toLedgerItem } = await import('../../src/adapters/aws/ledger-item.ts');
const { changedPoints } = await import('../../src/domain/metric-points.ts');
const { buildReport } = await import('../../src/report/report.ts');
const { toText } = await import('../../src/report/text-report.ts');
const { toPage } = await import('../../src/report/html/page.ts');
const { toCsv, toJson } = await import('../../src/report/rows.ts');
const { distributed, inline } = await import('../support/aggregations.ts');
const { countImages, recordOf } = await import('../support/count.ts');
const { ledgerEntry } = await import('../support/ledger.ts');
const { MemoryBucket } = await import('../support/memory-bucket.ts');
const { runCli } = await import('../support/run-cli.ts');
const { resourceOf } = await import('../cdk/support/readable.ts');
const { synthesize } = await import('../cdk/support/synthesize.ts');

const S = (text: string) => ({ S: text });
const createdAt = S('2024-11-21T12:00:00Z');
const member = (user: string, party: string) => ({
  modelId: S(`member-user-${user}`),
  owner: S(`party-sudoku-${party}`),
  createdAt,
});
const friendship = (user: string, id: string) => ({
  modelId: S(`friendship-sudoku-${id}`),
  owner: S(`user-${user}`),
  createdAt,
});
const images = [
  member('ada', '1'),
  member('ada', '2'),
  member('grace', '1'),
  friendship('ada', '1'),
  friendship('ada', '2'),
  friendship('linus', '3'),
];

const day = 20_048;
const rules = rulesFor(gamesDefinition, { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day });
const record = recordOf(countImages(images, { from: day, to: day }, rules), day, 'sudoku');
const rows = ['partyGuests', 'friendsMade', 'friendships'];

describe('a row in the preset is all that a new activity and a new metric need', () => {
  it('in the record', () => {
    expect(record.summary).toMatchObject({ partiesJoined: 3, partyGuests: 2, friendsMade: 3, friendships: 3 });
    expect(toRecordItem(record, gamesDefinition)).toMatchObject({
      partyGuestsIds: { L: [S('ada'), S('grace')] },
      friendsMadePerUser: { M: { ada: { N: '2' }, linus: { N: '1' } } },
      friendships: { N: '3' },
      summary: { M: { partyGuests: { N: '2' }, friendsMade: { N: '3' } } },
    });
  });

  it('in the columns of what is too big for a record', async () => {
    const files = new MemoryBucket();
    const target = { files, prefix: 'detail/' };
    const moved = toRecordItem(await moveDetail(record, gamesDefinition, target), gamesDefinition);
    expect(moved).toMatchObject({ friendships: { N: '3' }, detail: { M: { users: { N: '3' } } } });
    const [parquet = new Uint8Array()] = files.objects.values();
    await expect(queryParquet(parquet, '*')).resolves.toEqual([
      { userId: 'ada', games: 0, partiesCreated: 0, partyGuestsIds: 1, friendsMade: 2 },
      { userId: 'grace', games: 0, partiesCreated: 0, partyGuestsIds: 1, friendsMade: 0 },
      { userId: 'linus', games: 0, partiesCreated: 0, partyGuestsIds: 0, friendsMade: 1 },
    ]);
  });

  it('in CloudWatch and on its dashboard', () => {
    const points = changedPoints(gamesDefinition.metrics, { day, app: 'sudoku' }, record.summary, undefined);
    const timestamp = Date.parse('2024-11-21T00:00:00Z');
    expect(points).toContainEqual({ name: 'PartyGuests', app: 'sudoku', value: 2, timestamp });
    expect(points).toContainEqual({ name: 'FriendsMade', app: 'sudoku', value: 3, timestamp });
    const template = synthesize({ definition: undefined });
    const { DashboardBody } = resourceOf(template, 'AWS::CloudWatch::Dashboard').Properties;
    for (const title of ['Party guests', 'Friends made', 'Friendships']) {
      expect(DashboardBody).toContain(`"title":"${title}"`);
    }
  });

  it('in every form of the report', () => {
    const entry = ledgerEntry(day, new Map([['sudoku', record.summary]]), { nothing: record.summary });
    const now = Date.parse('2024-11-22T08:00:00Z');
    const { metrics } = gamesDefinition;
    const report = buildReport({ entries: [entry], from: day, to: day, now, earliestRestorable: null, metrics });
    expect(toText(report)).toMatch(/Party guests[\s\S]*sudoku.* 2 [\s\S]*Friends made[\s\S]*sudoku.* 3 /);
    expect(toCsv(report, { raw: false }).split('\n')[0]).toMatch(new RegExp(`,partiesJoined,${rows},quality$`));
    expect(JSON.parse(toJson(report)).days[0]).toMatchObject({ partyGuests: 2, friendsMade: 3, friendships: 3 });
    expect(toPage(report, { title: 'Games', theme: 'auto' })).toMatch(/Party guests[\s\S]*Friends made/);
  });

  it('in exports that one function does not count alone', async () => {
    const lines = images.map((image) => JSON.stringify({ Keys: {}, NewImage: image }));
    const objects = layOut({ files: [lines.slice(0, 3), lines.slice(3)] });
    const expected = await inline(gamesDefinition, objects);
    const course = { filesPerBatch: 1, shards: 3, order: 1, repeated: [0] };
    expect(await distributed(gamesDefinition, objects, course)).toEqual(expected);
    expect(expected.items.get(JSON.stringify([S('2024-11-21'), S('sudoku')]))).toMatchObject({
      summary: { M: { partyGuests: { N: '2' }, friendships: { N: '3' } } },
    });
  });

  it('in the command line, which counts by the preset where no definition is named', async () => {
    const lines = images.map((image) => JSON.stringify({ Keys: {}, NewImage: image }));
    const { stdout } = await runCli('aggregate', writeExport({ files: [lines] }), '--format', 'csv');
    const head = 'date,app,activeUsers,gamesPlayed,partiesCreated,partiesJoined';
    expect(stdout).toBe(`${head},${rows}\n2024-11-21,sudoku,0,0,0,3,2,3,3\n`);
  });
});

it('what was counted before there was the row does not say that it came to nothing', () => {
  const { definition: _, nothing: __, ...item } = toLedgerItem(ledgerEntry(day));
  const entry = toLedgerEntry(item, 'analytics');
  expect(entry.nothing).toEqual({ activeUsers: 0, gamesPlayed: 0, partiesCreated: 0, partiesJoined: 0 });
});
