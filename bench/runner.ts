/** A process that does one thing again and again: a run for each line that comes in, a line of JSON for each run. */
import { createInterface } from 'node:readline';
import { simdReader } from '../src/adapters/dynamodb-json/simd-reader.ts';
import { openDirectoryExport } from '../src/adapters/local/directory-export.ts';
import { countInThreads } from '../src/adapters/threads/count-in-threads.ts';
import { gamesDefinition as definition } from '../src/definitions/preset.ts';
import { countExport } from '../src/pipeline/count/count-export.ts';
import { type ContenderName, contenders, type RunResult } from './contenders.ts';
import { changes, type DataSet, dataSets, otherTables } from './data.ts';

const [name = '', path = '', dataSetName = ''] = process.argv.slice(2);
const dataSet = [...dataSets, ...otherTables, ...changes].find((one) => one.name === dataSetName) as DataSet;

async function countLarge(threads: number): Promise<RunResult> {
  const { files, manifestKey } = await openDirectoryExport(path);
  const workerUrl = new URL('./count-thread.mjs', import.meta.url);
  const { counts } =
    threads === 1
      ? await countExport({ files, reader: simdReader, definition, concurrency: 1 }, manifestKey)
      : await countInThreads({ directory: path }, manifestKey, { definition, threads, workerUrl });
  return { counted: counts.records.counted };
}

const run = (): Promise<RunResult> =>
  name.startsWith('threads:')
    ? countLarge(Number(name.slice('threads:'.length)))
    : contenders[name as ContenderName](path, dataSet);

for await (const _ of createInterface({ input: process.stdin })) {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const result = await run();
  const millis = performance.now() - start;
  const cpu = process.cpuUsage(cpuStart);
  const cpuMillis = (cpu.user + cpu.system) / 1000;
  console.log(JSON.stringify({ ...result, millis, cpuMillis, peakMb: process.resourceUsage().maxRSS / 1024 }));
}
