import { describe, expect, it } from 'vitest';
import type { AnalyticsRecord } from '../../../src/domain/analytics-record.ts';
import type { Definition } from '../../../src/domain/definition.ts';
import type { MetricPoint } from '../../../src/domain/metric-points.ts';
import { formatDay, noonOf } from '../../../src/domain/utc-day.ts';
import type { CountedNumbers } from '../../../src/pipeline/publish/counted-numbers.ts';
import { publishExport, UnfinishedRun } from '../../../src/pipeline/publish/publish-export.ts';
import type { RunContext } from '../../../src/pipeline/run-context.ts';
import { parseDefinition } from '../../../src/schemas/definition.ts';
import { aRun, day, playedApp, someNumbers } from '../../support/factories.ts';
import { firstGames } from '../../support/first-games.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const friday = day('2024-11-22');
const saturday = friday + 1;
const everythingPublished = { notPublished: 0, appsNotPublished: 0 };

function somePorts() {
  const store = new MemoryStore();
  const points: MetricPoint[] = [];
  const publisher = { publish: async (more: readonly MetricPoint[]) => void points.push(...more) };
  return { store, points, publisher, maxPublishedApps: 100, inlineDetailKb: Number.POSITIVE_INFINITY };
}

const fridaysExport = (exportId: string, apps = [playedApp(friday, 'sudoku', 3, 2)]) =>
  someNumbers(exportId, { from: friday, to: friday }, apps);

describe('one export', () => {
  it('writes a record an app, publishes each metric at midnight, and notes that the day is finished', async () => {
    const ports = somePorts();
    const days = await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    expect(days).toEqual([{ date: '2024-11-22', outcome: 'written', records: 1, points: 4, ...everythingPublished }]);
    expect(ports.store.records.get('2024-11-22/sudoku')).toMatchObject({
      exportId: 'e1',
      quality: 'exact',
      summary: { activeUsers: 3, gamesPlayed: 6, partiesCreated: 1, partiesJoined: 2 },
      detail: new Map<string, unknown>([
        ['activeUserIds', ['player-0', 'player-1', 'player-2']],
        ['gamesPerUser', new Map(['player-0', 'player-1', 'player-2'].map((player) => [player, 2]))],
        ['partiesCreatedPerUser', new Map([['player-0', 1]])],
        ['partiesJoined', 2],
      ]),
    });
    const timestamp = noonOf(friday);
    expect(ports.points).toEqual([
      { name: 'ActiveUsers', app: 'sudoku', value: 3, timestamp },
      { name: 'GamesPlayed', app: 'sudoku', value: 6, timestamp },
      { name: 'PartiesCreated', app: 'sudoku', value: 1, timestamp },
      { name: 'PartiesJoined', app: 'sudoku', value: 2, timestamp },
    ]);
    expect(ports.store.ledger.get('2024-11-22')).toMatchObject({
      exportId: 'e1',
      window: { from: '2024-11-22', to: '2024-11-22' },
      rejectsByReason: { 'owner.format': 1 },
      replaced: null,
    });
  });

  it('notes a quiet day too, so that it is not taken for a missed one', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1', []), aRun(saturday));
    expect(ports.store.ledger.get('2024-11-22')?.apps).toEqual(new Map());
    expect(ports.points).toEqual([]);
  });

  it('begins at the first counted day where its window has no beginning', async () => {
    const ports = somePorts();
    const numbers = someNumbers('full', { from: friday, to: saturday, exportType: 'FULL_EXPORT' }, [
      playedApp(friday, 'sudoku', 1),
    ]);
    const days = await publishExport(ports, { ...numbers, window: { from: null, to: saturday } }, aRun(saturday + 1));
    expect(days.map(({ date }) => date)).toEqual(['2024-11-22', '2024-11-23']);
    expect(ports.store.ledger.get('2024-11-22')?.window.from).toBeNull();
  });

  it('publishes nothing where its window holds no whole day', async () => {
    const numbers = fridaysExport('e1', []);
    const ports = somePorts();
    await expect(
      publishExport(ports, { ...numbers, window: { from: friday + 1, to: friday } }, aRun(saturday)),
    ).resolves.toEqual([]);
    expect(ports.store.ledger.size).toBe(0);
  });
});

describe('metrics', () => {
  it('leaves out days that CloudWatch no longer takes, and says how many values', async () => {
    const ports = somePorts();
    const [published] = await publishExport(ports, fridaysExport('e1'), aRun(friday + 15));
    expect(published).toMatchObject({ points: 0, notPublished: 4 });
    expect(ports.points).toEqual([]);
    expect(ports.store.ledger.get('2024-11-22')?.notPublished).toBe(4);
  });

  it('publishes explicit zeros for apps of the last 14 days', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    for (const later of [friday + 14, friday + 15]) {
      ports.points.length = 0;
      await publishExport(ports, someNumbers(`e-${later}`, { from: later, to: later }, []), aRun(later + 1));
      expect(ports.points.map(({ app, value }) => [app, value])).toEqual(
        later === friday + 14 ? Array.from({ length: 4 }, () => ['sudoku', 0]) : [],
      );
    }
  });

  it('publishes only what has changed since the ledger was written', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    ports.points.length = 0;
    await publishExport(ports, fridaysExport('e1'), aRun(saturday, { runId: 'run-2' }));
    expect(ports.points).toEqual([]);
    await publishExport(ports, fridaysExport('e2', [playedApp(friday, 'sudoku', 3, 5)]), aRun(saturday));
    expect(ports.points.map(({ name, value }) => [name, value])).toEqual([['GamesPlayed', 15]]);
  });
});

describe('more apps than may have metrics', () => {
  const apps = [playedApp(friday, 'small', 1), playedApp(friday, 'large', 9), playedApp(friday, 'middle', 3)];
  const limited = (maxPublishedApps: number) => ({ ...somePorts(), maxPublishedApps });
  const appsOf = (points: readonly MetricPoint[]) => [...new Set(points.map(({ app }) => app))].sort();

  it('publishes the largest by the first metric, has all in the table, and says how many it left out', async () => {
    const ports = limited(2);
    const days = await publishExport(ports, fridaysExport('e1', apps), aRun(saturday));
    expect(days).toMatchObject([{ records: 3, points: 8, notPublished: 0, appsNotPublished: 1 }]);
    expect(appsOf(ports.points)).toEqual(['large', 'middle']);
    expect([...(ports.store.ledger.get('2024-11-22')?.apps.keys() ?? [])]).toEqual(['large', 'middle', 'small']);
    expect(ports.store.ledger.get('2024-11-22')?.maxPublishedApps).toBe(2);
  });

  it('publishes those that were left out once the limit is raised, and none of the others again', async () => {
    const ports = limited(2);
    await publishExport(ports, fridaysExport('e1', apps), aRun(saturday));
    ports.points.length = 0;
    const raised = { ...ports, maxPublishedApps: 3 };
    await publishExport(raised, fridaysExport('e1', apps), aRun(saturday, { runId: 'run-2' }));
    expect(appsOf(ports.points)).toEqual(['small']);
  });

  it('publishes nothing of apps that are no longer among them', async () => {
    const ports = limited(1);
    await publishExport(ports, fridaysExport('e1', [playedApp(friday, 'small', 1)]), aRun(saturday));
    ports.points.length = 0;
    await publishExport(ports, fridaysExport('e2', apps), aRun(saturday, { runId: 'run-2' }));
    expect(appsOf(ports.points)).toEqual(['large']);
  });
});

describe('another definition', () => {
  /** The games, but for a name in CloudWatch. */
  const renamed = parseDefinition(
    JSON.parse(firstGames.json.replace('"gamesPlayed":{', '"gamesPlayed":{"cloudWatch":"Rounds",')),
    'test',
  );
  const countedBy = (definition: Definition, exportId = 'e1'): CountedNumbers => {
    const numbers = fridaysExport(exportId);
    return {
      ...numbers,
      rules: { ...numbers.rules, definition },
      provenance: { ...numbers.provenance, definition: definition.hash },
    };
  };

  it('counts the same export anew: records, ledger, and every value under the names that it has for them', async () => {
    const ports = somePorts();
    await publishExport(ports, countedBy(firstGames), aRun(saturday));
    ports.points.length = 0;
    const days = await publishExport(ports, countedBy(renamed), aRun(saturday));
    expect(days).toMatchObject([{ outcome: 'written', records: 1, points: 4 }]);
    expect(ports.points.map(({ name }) => name)).toEqual(['ActiveUsers', 'Rounds', 'PartiesCreated', 'PartiesJoined']);
    expect(ports.store.records.get('2024-11-22/sudoku')).toMatchObject({ exportId: 'e1', definition: renamed.hash });
    const replaced = { exportId: 'e1', definition: firstGames.hash };
    expect(ports.store.ledger.get('2024-11-22')).toMatchObject({ definition: renamed.hash, replaced });
  });

  it('does so where a later export stands that the old one has counted, but leaves exact numbers to exact ones', async () => {
    const ports = somePorts();
    await publishExport(ports, countedBy(firstGames, 'e2'), aRun(saturday));
    const backfill = someNumbers('full', { from: friday, to: friday, exportType: 'FULL_EXPORT' }, []);
    const lower = { ...backfill, provenance: { ...backfill.provenance, definition: renamed.hash } };
    await expect(publishExport(ports, lower, aRun(saturday))).resolves.toMatchObject([{ outcome: 'outranked' }]);
    const anew = publishExport(ports, countedBy(renamed, 'e1'), aRun(saturday, { runId: 'run-2' }));
    await expect(anew).resolves.toMatchObject([{ outcome: 'written', records: 1 }]);
    expect(ports.store.ledger.get('2024-11-22')?.replaced).toMatchObject({
      exportId: 'e2',
      definition: firstGames.hash,
    });
  });
});

it('clears away what it has left behind as the better definition would have it, whose names it does not know', async () => {
  const ports = somePorts();
  await publishExport(ports, fridaysExport('e1'), aRun(saturday));
  const { rules, ...backfill } = someNumbers('full', { from: friday, to: friday, exportType: 'FULL_EXPORT' }, []);
  const definition = { ...rules.definition, hash: 'fedcba9876543210' };
  const provenance = { ...backfill.provenance, definition: definition.hash };
  const left = { ...ports.store.records.get('2024-11-22/sudoku'), ...provenance, app: 'chess' } as AnalyticsRecord;
  await ports.store.putRecord(left, { force: false, isInline: true });
  const lower = { ...backfill, provenance, rules: { ...rules, definition } };
  await expect(publishExport(ports, lower, aRun(saturday))).resolves.toMatchObject([
    { outcome: 'outranked', records: 1 },
  ]);
  expect(ports.store.records.get('2024-11-22/chess')).toMatchObject({
    exportId: 'e1',
    definition: firstGames.hash,
    summary: { activeUsers: 0, gamesPlayed: 0, partiesCreated: 0, partiesJoined: 0 },
    detail: new Map(),
  });
});

describe('exports of the same day', () => {
  it('puts zeros in the place of an app that a better export has not counted', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1', [playedApp(friday, 'chess', 2)]), aRun(saturday));
    ports.points.length = 0;
    await publishExport(ports, fridaysExport('e2'), aRun(saturday, { runId: 'run-2' }));
    expect(ports.store.records.get('2024-11-22/chess')).toMatchObject({
      exportId: 'e2',
      summary: { activeUsers: 0, gamesPlayed: 0, partiesCreated: 0, partiesJoined: 0 },
      detail: new Map<string, unknown>([
        ['activeUserIds', []],
        ['gamesPerUser', new Map()],
        ['partiesCreatedPerUser', new Map()],
        ['partiesJoined', 0],
      ]),
    });
    expect(ports.points.filter(({ app }) => app === 'chess').map(({ value }) => value)).toEqual([0, 0, 0, 0]);
    expect(ports.store.ledger.get('2024-11-22')?.replaced).toMatchObject({ exportId: 'e1', quality: 'exact' });
  });

  it('keeps what it replaced in mind when it writes again', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    await publishExport(ports, fridaysExport('e2'), aRun(saturday));
    await publishExport(ports, fridaysExport('e2'), aRun(saturday, { runId: 'run-2' }));
    expect(ports.store.ledger.get('2024-11-22')).toMatchObject({ runId: 'run-2', replaced: { exportId: 'e1' } });
  });

  it('leaves exact days alone when a backfill comes, without a single read of their records', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    const backfill = someNumbers('full', { from: friday, to: friday + 20, exportType: 'FULL_EXPORT' }, [
      playedApp(friday, 'sudoku', 1),
      playedApp(friday + 1, 'sudoku', 1),
    ]);
    const read: string[] = [];
    const readHeaders = ports.store.readHeaders.bind(ports.store);
    ports.store.readHeaders = async (date) => {
      read.push(date);
      return await readHeaders(date);
    };
    const days = await publishExport(ports, backfill, aRun(friday + 21));
    expect(days[0]).toEqual({
      date: '2024-11-22',
      outcome: 'outranked',
      records: 0,
      points: 0,
      ...everythingPublished,
    });
    expect(days[1]).toMatchObject({ date: '2024-11-23', outcome: 'written' });
    expect(read).not.toContain('2024-11-22');
    expect(ports.store.records.get('2024-11-22/sudoku')).toMatchObject({ exportId: 'e1' });
  });

  it('lets a worse export through where it is forced', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e2'), aRun(saturday));
    const days = await publishExport(ports, fridaysExport('e1', []), aRun(saturday, { force: true }));
    expect(days).toMatchObject([{ outcome: 'written', records: 1 }]);
    expect(ports.store.records.get('2024-11-22/sudoku')).toMatchObject({ exportId: 'e1', summary: { activeUsers: 0 } });
  });
});

describe('a run that is repeated', () => {
  it('skips the days that it has finished, under its own name', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    await expect(publishExport(ports, fridaysExport('e1'), aRun(saturday))).resolves.toMatchObject([
      { outcome: 'done' },
    ]);
  });

  it('writes no record again that stands there as it would write it, but all of them after the code has changed', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    const again = aRun(saturday, { runId: 'run-2' });
    await expect(publishExport(ports, fridaysExport('e1'), again)).resolves.toMatchObject([{ records: 0 }]);
    const newCode = aRun(saturday, { runId: 'run-3', codeVersion: 'v2' });
    await expect(publishExport(ports, fridaysExport('e1'), newCode)).resolves.toMatchObject([{ records: 1 }]);
  });

  it('writes no record again of another export of the same day, whose numbers are the same', async () => {
    const ports = somePorts();
    await publishExport(ports, fridaysExport('e1'), aRun(saturday));
    const days = await publishExport(ports, fridaysExport('e2'), aRun(saturday, { runId: 'run-2' }));
    expect(days).toMatchObject([{ outcome: 'written', records: 0, points: 0 }]);
    expect(ports.store.ledger.get('2024-11-22')).toMatchObject({ exportId: 'e2' });
    const other = fridaysExport('e3', [playedApp(friday, 'sudoku', 4)]);
    await expect(publishExport(ports, other, aRun(saturday, { runId: 'run-3' }))).resolves.toMatchObject([
      { records: 1 },
    ]);
  });

  it.each([
    'e1',
    'e2',
  ])('goes on inside the day behind the last record that was written, by an export %s', async (id) => {
    const ports = somePorts();
    const apps = Array.from({ length: 201 }, (_, n) => playedApp(friday, `app-${n}`, 1));
    let room = 150;
    const putRecord = ports.store.putRecord.bind(ports.store);
    ports.store.putRecord = async (record, options) => {
      if (room-- === 0) throw new Error('throttled until the end');
      return await putRecord(record, options);
    };
    await expect(publishExport(ports, fridaysExport('e1', apps), aRun(saturday))).rejects.toThrow(UnfinishedRun);
    room = 150;
    const days = await publishExport(ports, fridaysExport(id, apps), aRun(saturday, { runId: 'run-2' }));
    expect(days).toMatchObject([{ outcome: 'written', records: 51 }]);
    expect(ports.store.records.size).toBe(201);
  });

  it('does the days first that were never finished', async () => {
    const ports = somePorts();
    const numbers = someNumbers('full', { from: friday, to: friday + 2, exportType: 'FULL_EXPORT' }, []);
    await publishExport(ports, numbers, aRun(friday + 3));
    ports.store.ledger.delete(formatDay(friday + 2));
    const order: string[] = [];
    const putLedger = ports.store.putLedger.bind(ports.store);
    ports.store.putLedger = async (entry, read) => {
      order.push(entry.date);
      return await putLedger(entry, read);
    };
    await publishExport(ports, numbers, aRun(friday + 3, { runId: 'run-2' }));
    expect(order).toEqual(['2024-11-24', '2024-11-22', '2024-11-23']);
  });
});

describe('a run whose time is up', () => {
  /** Has time for so many questions after it. */
  const shortRun = (questions: number): RunContext => {
    let asked = 0;
    return aRun(saturday, { remainingMillis: () => (asked++ < questions ? 300_000 : 19_999) });
  };

  it('fails with the list of what is missing, keeps what is finished, and goes on when repeated', async () => {
    const ports = somePorts();
    const numbers = someNumbers('full', { from: friday - 2, to: friday, exportType: 'FULL_EXPORT' }, [
      playedApp(friday - 2, 'sudoku', 1),
      playedApp(friday, 'sudoku', 1),
    ]);
    const failure = await publishExport(ports, numbers, shortRun(3)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnfinishedRun);
    expect((failure as UnfinishedRun).missing).toEqual([{ date: '2024-11-22', apps: 1 }]);
    expect((failure as UnfinishedRun).message).toMatch(/the time is up.*missing: 2024-11-22 \(apps: 1\)/);
    expect([...ports.store.ledger.keys()]).toEqual(['2024-11-20', '2024-11-21']);
    const days = await publishExport(ports, numbers, aRun(saturday));
    expect(days.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'written']);
  });
});
