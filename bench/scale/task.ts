/*
 * One task of a large aggregation, in a process of its own as a function would be: node task.mjs <step> <directory>
 * <filesPerBatch> <shards> <number>. Prints how long it took and the most memory that it had.
 */

import { parquetDetailWriter } from '../../src/adapters/aws/parquet-detail.ts';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import { DirectoryBucket } from '../../src/adapters/local/directory-bucket.ts';
import { gamesDefinition as definition } from '../../src/definitions/preset.ts';
import { rulesFor } from '../../src/domain/counting-rules.ts';
import { openExport } from '../../src/pipeline/count/count-export.ts';
import { mapFiles } from '../../src/pipeline/large/map-files.ts';
import { mergeShard } from '../../src/pipeline/large/merge-shard.ts';
import { readMergedExport } from '../../src/pipeline/large/read-merged-export.ts';
import { MANIFEST_KEY } from './generate.ts';

const [step = '', directory = '', filesPerBatch = '', shards = '', number = ''] = process.argv.slice(2);
const files = new DirectoryBucket(directory, 'bucket');
const aggregation = {
  bucket: 'bucket',
  manifestKey: MANIFEST_KEY,
  partialsPrefix: 'partials/bench/',
  shards: Number(shards),
};

const steps: Record<string, () => Promise<void>> = {
  map: async () => {
    const { summary, dataFiles } = await openExport(files, MANIFEST_KEY);
    const rules = rulesFor(definition, summary.scope);
    const size = Number(filesPerBatch);
    const batch = dataFiles.slice(Number(number) * size, (Number(number) + 1) * size);
    await mapFiles(
      { files, partials: files, reader: simdReader },
      aggregation,
      { rules, window: summary.window },
      batch,
    );
  },
  merge: async () => {
    const { summary, dataFiles } = await openExport(files, MANIFEST_KEY);
    const rules = rulesFor(definition, summary.scope);
    await mergeShard({ partials: files, rules }, aggregation, Number(number), dataFiles);
  },
  /** All that publishing does but for the writing of items, which waits for DynamoDB. */
  publish: async () => {
    const details = parquetDetailWriter(definition, { files, prefix: 'detail/' });
    const { apps } = await readMergedExport({ files, partials: files, details, definition }, aggregation);
    for (const { detail } of apps) await detail(true);
  },
};

const work = steps[step];
if (work === undefined) throw new Error(`no step ${step}`);
const start = performance.now();
await work();
const seconds = (performance.now() - start) / 1000;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({ seconds, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024 }),
);
