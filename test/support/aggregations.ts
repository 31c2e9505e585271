import { DynamoDbStore } from '../../src/adapters/aws/dynamodb-store.ts';
import { parquetDetailWriter } from '../../src/adapters/aws/parquet-detail.ts';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { rulesFor } from '../../src/domain/counting-rules.ts';
import type { Definition } from '../../src/domain/definition.ts';
import type { MetricPoint } from '../../src/domain/metric-points.ts';
import { aggregateExport, publishCounted } from '../../src/pipeline/aggregate-export.ts';
import { openExport } from '../../src/pipeline/count/count-export.ts';
import { mapFiles } from '../../src/pipeline/large/map-files.ts';
import { mergeShard } from '../../src/pipeline/large/merge-shard.ts';
import { readMergedExport } from '../../src/pipeline/large/read-merged-export.ts';
import { aRun, day } from './factories.ts';
import { ItemCollector } from './item-collector.ts';
import { MemoryBucket } from './memory-bucket.ts';

/*
 * An export counted in one piece, and the same in many: what comes out must be the same, byte by byte.
 */

/** What comes out of a run: the table's items, CloudWatch's points, the files of detail, and what the function says. */
export interface Outcome {
  readonly items: ReadonlyMap<string, unknown>;
  readonly points: readonly MetricPoint[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly result: unknown;
}

/** Making a client takes long: all runs share one. */
const table = new ItemCollector();

function somePorts(definition: Definition, objects: ReadonlyMap<string, Uint8Array>) {
  const bucket = new MemoryBucket(new Map(objects));
  const files = new MemoryBucket();
  const items = new Map<string, unknown>();
  table.items = items;
  const detail = { files, prefix: 'detail/', usersAFile: 5 };
  const store = new DynamoDbStore({ client: table, tableName: 'analytics', definition, detail });
  const points: MetricPoint[] = [];
  const ports = {
    files: bucket,
    partials: bucket,
    details: parquetDetailWriter(definition, detail),
    reader: plainReader,
    definition,
    concurrency: 2,
    store,
    publisher: { publish: async (more: readonly MetricPoint[]) => void points.push(...more) },
    maxPublishedApps: 100,
    inlineDetailKb: Number.POSITIVE_INFINITY,
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
const run = () => aRun(day('2024-11-22'), { now: () => new Date('2024-11-22T03:00:00Z') });

/** Counts an export in one piece. */
export async function inline(definition: Definition, objects: ReadonlyMap<string, Uint8Array>): Promise<Outcome> {
  const { ports, outcome } = somePorts(definition, objects);
  return outcome(await aggregateExport(ports, manifestKeyOf(objects), run()));
}

/** How the pieces fell: in which batches and order, and which of them were done again. */
export interface Course {
  readonly filesPerBatch: number;
  readonly shards: number;
  readonly order: number;
  readonly repeated: readonly number[];
}

/** Counts it as the state machine does. */
export async function distributed(
  definition: Definition,
  objects: ReadonlyMap<string, Uint8Array>,
  course: Course,
): Promise<Outcome> {
  const { ports, outcome } = somePorts(definition, objects);
  const manifestKey = manifestKeyOf(objects);
  const aggregation = { bucket: 'bucket', manifestKey, partialsPrefix: 'partials/e/x/', shards: course.shards };
  const { dataFiles, summary } = await openExport(ports.files, manifestKey);
  const counting = { rules: rulesFor(definition, summary.scope), window: summary.window };
  const batches = Array.from({ length: Math.ceil(dataFiles.length / course.filesPerBatch) }, (_, index) =>
    dataFiles.slice(index * course.filesPerBatch, (index + 1) * course.filesPerBatch),
  );
  for (const batch of disorder(batches, course)) await mapFiles(ports, aggregation, counting, batch);
  const shards = Array.from({ length: course.shards }, (_, shard) => shard);
  for (const shard of disorder(shards, course)) {
    await mergeShard({ ...ports, ...counting }, aggregation, shard, dataFiles);
  }
  return outcome(await publishCounted(ports, await readMergedExport(ports, aggregation), run()));
}

/** Turned around, and with some pieces again at the end. */
function disorder<T>(pieces: readonly T[], { order, repeated }: Course): T[] {
  const turned = [...pieces.slice(order % pieces.length || 0), ...pieces.slice(0, order % pieces.length || 0)];
  return [...turned, ...repeated.flatMap((index) => pieces.slice(index, index + 1))];
}
