import { createReadStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { plainReader } from '../src/adapters/dynamodb-json/plain-reader.ts';
import { simdReader } from '../src/adapters/dynamodb-json/simd-reader.ts';
import { DirectoryBucket } from '../src/adapters/local/directory-bucket.ts';
import { rulesFor } from '../src/domain/counting-rules.ts';
import { ExportCounts } from '../src/domain/record-counts.ts';
import { LAST_DAY } from '../src/domain/utc-day.ts';
import { countingVisitor } from '../src/pipeline/count/count-data-file.ts';
import type { RecordReader } from '../src/pipeline/ports.ts';
import type { DataSet } from './data.ts';
import { describing } from './describe.ts';

/** What one run over a file came to; the yardstick counts nothing. */
export interface RunResult {
  readonly counted: number | undefined;
  readonly slowPathShare?: number;
}

type Contender = (file: string, dataSet: DataSet) => Promise<RunResult>;

/** What Node itself needs to decompress the file. */
const yardstick: Contender = async (file) => {
  for await (const _ of createReadStream(file).pipe(createGunzip({ chunkSize: 1 << 20 })));
  return { counted: undefined };
};

/** The way of a data file through the pipeline: gunzip, MD5, project, zod on every relevant record, fold. */
const pipeline =
  (reader: RecordReader): Contender =>
  async (file, { definition, scope }) => {
    const counts = new ExportCounts(rulesFor(definition, scope), { from: null, to: LAST_DAY });
    const gzipped = await new DirectoryBucket(dirname(file)).stream(basename(file));
    const { records, slowPathRecords } = await reader.read(gzipped, counts.rules, countingVisitor(counts, file));
    return { counted: counts.records.counted, slowPathShare: slowPathRecords / records };
  };

/** As most people would write it, of the games: no validation, no checksum. */
const readlineProgram: Contender = async (file, { image }) => {
  const users = new Map<string, number>();
  let counted = 0;
  for await (const line of createInterface({ input: createReadStream(file).pipe(createGunzip()) })) {
    const item = JSON.parse(line)[image];
    const [type, app] = (item?.modelId.S ?? '').split('-');
    if (!['session', 'party', 'member'].includes(type)) continue;
    const time = type === 'session' ? item.updatedAt : item.createdAt;
    const day = new Date(time.S ?? Number(time.N) * 1000).toISOString().slice(0, 10);
    const key = [type, day, app, item.owner.S].join();
    users.set(key, (users.get(key) ?? 0) + 1);
    counted++;
  }
  return { counted };
};

const duckDb: Contender = async (file, { image }) => {
  // Loaded by the one process that measures it: its library would count as memory of all others.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
  const time = 'STRUCT(N VARCHAR, S VARCHAR)';
  const columns = `STRUCT(modelId STRUCT(S VARCHAR), owner STRUCT(S VARCHAR), createdAt ${time}, updatedAt ${time})`;
  const result = await connection.runAndReadAll(`
    WITH items AS (
      SELECT ${image}.modelId.S AS id, ${image}.owner.S AS owner,
        CASE WHEN ${image}.modelId.S LIKE 'session-%' THEN ${image}.updatedAt ELSE ${image}.createdAt END AS time
      FROM read_json('${file}', format = 'newline_delimited', compression = 'gzip', columns = {${image}: '${columns}'})
      WHERE regexp_matches(${image}.modelId.S, '^(session|party|member-user)-')),
    days AS (
      SELECT split_part(id, '-', 1) AS type,
        split_part(CASE WHEN id LIKE 'member-%' THEN owner ELSE id END, '-', 2) AS app,
        CASE WHEN id LIKE 'member-%' THEN id ELSE owner END AS user,
        CAST(coalesce(make_timestamp(CAST(time.N AS BIGINT) * 1000000), CAST(time.S AS TIMESTAMP)) AS DATE) AS day
      FROM items)
    SELECT type, app, day, count(*) AS times, count(DISTINCT user) AS users FROM days GROUP BY ALL`);
  connection.closeSync();
  return { counted: result.getRowObjects().reduce((sum, { times }) => sum + Number(times), 0) };
};

export const contenders = {
  yardstick,
  daytally: pipeline(simdReader),
  'JSON.parse + zod': pipeline(plainReader),
  'daytally describe': describing,
  readline: readlineProgram,
  'DuckDB, 1 thread': duckDb,
} satisfies Record<string, Contender>;

export type ContenderName = keyof typeof contenders;
