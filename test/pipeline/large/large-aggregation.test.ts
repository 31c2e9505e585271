import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DynamoDbStore } from '../../../src/adapters/aws/dynamodb-store.ts';
import { parquetDetailWriter } from '../../../src/adapters/aws/parquet-detail.ts';
import { plainReader } from '../../../src/adapters/dynamodb-json/plain-reader.ts';
import type { Activity } from '../../../src/domain/activity.ts';
import type { MetricPoint } from '../../../src/domain/metric-points.ts';
import { aggregateExport, publishCounted } from '../../../src/pipeline/aggregate-export.ts';
import { openExport } from '../../../src/pipeline/count/count-export.ts';
import { mapFiles } from '../../../src/pipeline/large/map-files.ts';
import { mergeShard } from '../../../src/pipeline/large/merge-shard.ts';
import { readMergedExport } from '../../../src/pipeline/large/read-merged-export.ts';
import { layOut } from '../../support/exports.ts';
import { aRun, day } from '../../support/factories.ts';
import { ItemCollector } from '../../support/item-collector.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';
import { anyId, imageOf } from '../../support/records.ts';

const THURSDAY = day('2024-11-21');
const RUNS = 200;

const anyRecord = fc.oneof(
  { weight: 12, arbitrary: aSession() },
  fc.constantFrom(
    '{"Keys":{"modelId":{"S":"session-chess-1"}}}',
    '{"NewImage":{"modelId":{"S":"profile-1"}}}',
    '{"NewImage":{"modelId":{"S":"session-chess-2"},"owner":{"S":"nobody"},"updatedAt":{"N":"1732190400"}}}',
    'not JSON',
  ),
);

function aSession() {
  return fc
    .record({
      type: fc.constantFrom<Activity['type']>('session', 'party', 'member'),
      app: fc.constantFrom('sudoku', 'chess', '__proto__', '𝔘pp', '\ufffd', 'Ünïcode'),
      userId: fc.oneof(fc.constantFrom('ada', 'grace', '__proto__', '%__proto__', '\ud800', '𝔘', '\uffff'), anyId),
      day: fc.constantFrom(THURSDAY - 2, THURSDAY - 1, THURSDAY, THURSDAY, THURSDAY, THURSDAY + 1),
      id: fc.nat(99),
    })
    .map(({ id, ...activity }) => {
      const time = { N: `${activity.day * 86_400 + id}` };
      return JSON.stringify({ NewImage: imageOf(activity, `${id}`, time, { N: '1' }) });
    });
}

const twoDays = { exportFromTime: '2024-11-20T00:00:00.000Z' };

/** What comes out of a run: the table's items, CloudWatch's points, the files of detail, and what the function says. */
interface Outcome {
  readonly items: unknown;
  readonly points: readonly MetricPoint[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly result: unknown;
}

/** Making a client takes long: all runs share one. */
const table = new ItemCollector();

function somePorts(objects: Map<string, Uint8Array>, usersAFile = 5) {
  const bucket = new MemoryBucket(new Map(objects));
  const files = new MemoryBucket();
  const items = new Map<string, unknown>();
  table.items = items;
  const detail = { files, prefix: 'detail/', usersAFile };
  const store = new DynamoDbStore({ client: table, tableName: 'analytics', detail });
  const points: MetricPoint[] = [];
  const ports = {
    files: bucket,
    partials: bucket,
    details: parquetDetailWriter(detail),
    reader: plainReader,
    concurrency: 2,
    store,
    publisher: { publish: async (more: readonly MetricPoint[]) => void points.push(...more) },
    operations: { tell: async () => undefined },
  };
  return {
    ports,
    outcome: (result: unknown): Outcome => ({ items, points, files: files.objects, result }),
  };
}

const manifestKeyOf = (objects: ReadonlyMap<string, unknown>): string =>
  [...objects.keys()].find((key) => key.endsWith('manifest-summary.json')) ?? '';

/** The clock stands still: both ways take another number of looks at it. */
const run = () => aRun(THURSDAY + 1, { now: () => new Date('2024-11-22T03:00:00Z') });

async function inline(objects: Map<string, Uint8Array>): Promise<Outcome> {
  const { ports, outcome } = somePorts(objects);
  return outcome(await aggregateExport(ports, manifestKeyOf(objects), run()));
}

/** How the pieces fell: in which batches and order, and which of them were done again. */
interface Course {
  readonly filesPerBatch: number;
  readonly shards: number;
  readonly order: number;
  readonly repeated: readonly number[];
}

async function distributed(objects: Map<string, Uint8Array>, course: Course): Promise<Outcome> {
  const { ports, outcome } = somePorts(objects);
  const manifestKey = manifestKeyOf(objects);
  const aggregation = { bucket: 'bucket', manifestKey, partialsPrefix: 'partials/e/x/', shards: course.shards };
  const { dataFiles, summary } = await openExport(ports.files, manifestKey);
  const batches = Array.from({ length: Math.ceil(dataFiles.length / course.filesPerBatch) }, (_, index) =>
    dataFiles.slice(index * course.filesPerBatch, (index + 1) * course.filesPerBatch),
  );
  for (const batch of disorder(batches, course)) await mapFiles(ports, aggregation, summary.window, batch);
  const shards = Array.from({ length: course.shards }, (_, shard) => shard);
  for (const shard of disorder(shards, course)) await mergeShard(ports.partials, aggregation, shard, dataFiles);
  return outcome(await publishCounted(ports, await readMergedExport(ports, aggregation), run()));
}

/** Turned around, and with some pieces again at the end. */
function disorder<T>(pieces: readonly T[], { order, repeated }: Course): T[] {
  const turned = [...pieces.slice(order % pieces.length || 0), ...pieces.slice(0, order % pieces.length || 0)];
  return [...turned, ...repeated.flatMap((index) => pieces.slice(index, index + 1))];
}

describe('a large export', () => {
  it('ends in what counting it in one piece ends in, byte by byte, however it is cut, repeated and ordered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyRecord, { maxLength: 25 }), { maxLength: 6 }),
        fc.record({
          filesPerBatch: fc.integer({ min: 1, max: 4 }),
          shards: fc.integer({ min: 1, max: 9 }),
          order: fc.nat(7),
          repeated: fc.array(fc.nat(5), { maxLength: 3 }),
        }),
        async (files, course) => {
          const objects = layOut({ files, summary: twoDays });
          expect(await distributed(objects, course)).toEqual(await inline(objects));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('ends in the same Parquet files and pointers where detail is too big for an item', async () => {
    const line = (index: number) =>
      JSON.stringify({
        NewImage: imageOf(
          {
            type: index % 3 === 0 ? 'party' : 'session',
            app: 'sudoku',
            userId: `user-𝔘-${index}`.padEnd(300, 'x'),
            day: THURSDAY,
          },
          `${index}`,
          { N: `${THURSDAY * 86_400}` },
          { N: '1' },
        ),
      });
    // Around the limit of an item, and far beyond it.
    for (const users of [600, 640, 680, 720, 3_000]) {
      const lines = Array.from({ length: users }, (_, index) => line(index));
      const objects = layOut({ files: [lines.slice(0, users / 2), lines.slice(users / 2)] });
      const course = { filesPerBatch: 1, shards: 7, order: 1, repeated: [0] };
      const expected = await inline(objects);
      expect(await distributed(objects, course)).toEqual(expected);
      if (users === 3_000) expect(expected.files.size).toBe(600);
    }
  });
});
