import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { midnightOf } from '../../src/domain/utc-day.ts';
import { aggregationPorts } from '../../src/handlers/aggregation-ports.ts';
import { aggregateExport } from '../../src/pipeline/aggregate-export.ts';
import { aggregatorEnvironment, parseEnvironment } from '../../src/schemas/environment.ts';
import { aRun, day } from '../support/factories.ts';
import { type Budget, clear, fakeCloudWatch, fakeS3, mortal, restore, scan } from '../support/fake-aws.ts';
import { firstGames } from '../support/first-games.ts';
import { putExport } from '../support/small-exports.ts';

const friday = day('2024-11-22');
const objects = new Map<string, Uint8Array>();

/** A worse export of Friday that counted an app which is gone in the better one. */
const worse = putExport(objects, { exportId: '0001-worse', from: friday, to: friday }, [
  ['ada', 'gone', friday],
  ['ada', 'sudoku', friday],
]);
/** Of Thursday: its app is to get explicit zeros. */
const dayBefore = putExport(objects, { exportId: '0002-before', from: friday - 1, to: friday - 1 }, [
  ['grace', 'quiet', friday - 1],
]);
/** Of both days again, so that days are done one by one. */
const better = putExport(objects, { exportId: '0003-better', from: friday - 1, to: friday }, [
  ['ada', 'sudoku', friday],
  ['grace', 'sudoku', friday],
  ['grace', 'chess', friday],
  ['grace', 'chess', friday - 1],
]);

let table: EmbeddedTable;
beforeAll(async () => {
  table = await openEmbeddedTable();
});
afterAll(async () => await table.close());

const unlimited = (): Budget => ({ calls: Number.POSITIVE_INFINITY, lastArrives: true });

const environment = parseEnvironment(aggregatorEnvironment, {
  TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
  ANALYTICS_TABLE_NAME: 'daytally-analytics',
  BUCKET_NAME: 'daytally-exports',
});

type CloudWatch = ReturnType<typeof fakeCloudWatch>;
let runs = 0;

/** One invocation of the Aggregator Lambda. */
async function aggregate(manifest: string, cloudWatch: CloudWatch, runId = `run-${++runs}`, budget = unlimited()) {
  const clients = {
    dynamoDb: mortal(table.client, budget),
    s3: mortal(fakeS3(objects), budget),
    cloudWatch: mortal(cloudWatch.client, budget),
  };
  const ports = aggregationPorts(clients, { environment, definition: firstGames }, 'daytally-exports');
  // Each invocation's clock goes on a little after the one before, as clocks do.
  let millis = midnightOf(friday + 1) + 3 * 3_600_000 + ++runs * 60_000;
  return await aggregateExport(ports, manifest, aRun(friday + 1, { runId, now: () => new Date(millis++) }));
}

const timesAndNames = ['writtenAt', 'expiresAt', 'startedAt', 'runId'];

/** The table and what graphs show, without what differs from run to run by nature. */
async function endState(cloudWatch: CloudWatch) {
  const withoutTimes = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value, (key, inner) => (timesAndNames.includes(key) ? undefined : inner)));
  const metrics = [...cloudWatch.maxima].filter(([key]) => key.startsWith('Daytally|')).sort();
  return { items: withoutTimes(await scan(table.client, table.tableName)), metrics };
}

/** The table before the better export comes. */
async function prepare(): Promise<{ items: Awaited<ReturnType<typeof scan>>; maxima: Map<string, number> }> {
  await clear(table.client, table.tableName);
  const cloudWatch = fakeCloudWatch();
  await aggregate(worse, cloudWatch);
  await aggregate(dayBefore, cloudWatch);
  return { items: await scan(table.client, table.tableName), maxima: cloudWatch.maxima };
}

describe('a run that dies after any call to AWS, and is repeated', () => {
  it.each([
    ['before the call arrives, retried by Lambda', false, true],
    ['before the call arrives, then the event comes again', false, false],
    ['after the call has arrived, retried by Lambda', true, true],
    ['after the call has arrived, then the event comes again', true, false],
  ])('%s: ends as one clean run does', async (_name, lastArrives, sameRun) => {
    const before = await prepare();
    const startOver = async () => {
      await restore(table.client, table.tableName, before.items);
      const cloudWatch = fakeCloudWatch();
      for (const [key, value] of before.maxima) cloudWatch.maxima.set(key, value);
      return cloudWatch;
    };
    const cleanCloudWatch = await startOver();
    const budget = unlimited();
    budget.calls = 1_000_000;
    await aggregate(better, cleanCloudWatch, 'clean', budget);
    const calls = 1_000_000 - budget.calls;
    const clean = await endState(cleanCloudWatch);
    expect(calls).toBeGreaterThan(15);

    for (let k = 1; k <= calls; k++) {
      const cloudWatch = await startOver();
      const runId = `dying-${k}`;
      await expect(aggregate(better, cloudWatch, runId, { calls: k, lastArrives })).rejects.toThrow();
      await aggregate(better, cloudWatch, sameRun ? runId : `again-${k}`);
      expect(await endState(cloudWatch), `after call ${k}`).toEqual(clean);
      expect(cloudWatch.maxima.get('Daytally/Operations|RunSucceeded||')).toBe(1);
    }
  });
});

describe('two runs at once', () => {
  it('on the same manifest end as one run does', async () => {
    const before = await prepare();
    const cleanCloudWatch = fakeCloudWatch();
    await aggregate(better, cleanCloudWatch);
    const clean = await endState(cleanCloudWatch);
    for (let time = 0; time < 10; time++) {
      await restore(table.client, table.tableName, before.items);
      const cloudWatch = fakeCloudWatch();
      await Promise.all([aggregate(better, cloudWatch), aggregate(better, cloudWatch)]);
      expect(await endState(cloudWatch)).toEqual(clean);
    }
  });

  it('on two manifests of one day end with the numbers of the better one', async () => {
    for (let time = 0; time < 10; time++) {
      await clear(table.client, table.tableName);
      const cloudWatch = fakeCloudWatch();
      await Promise.all(
        time % 2 === 0
          ? [aggregate(worse, cloudWatch), aggregate(better, cloudWatch)]
          : [aggregate(better, cloudWatch), aggregate(worse, cloudWatch)],
      );
      const items = (await scan(table.client, table.tableName)).filter(({ date }) => date?.S === '2024-11-22');
      const shown = items.map(({ app, exportId, summary }) => [app?.S, exportId?.S, summary?.M?.activeUsers?.N]);
      expect(shown.filter(([app]) => app !== 'gone')).toEqual([
        ['#run', '0003-better', undefined],
        ['chess', '0003-better', '1'],
        ['sudoku', '0003-better', '2'],
      ]);
      // Where the worse run came too late to write anything, there is none.
      for (const gone of shown.filter(([app]) => app === 'gone')) expect(gone).toEqual(['gone', '0003-better', '0']);
    }
  });
});
