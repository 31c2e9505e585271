/** `npm run bench`: how fast Daytally reads, as ratios to what Node needs for gunzip alone. `--json` for machines. */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { contenders } from './contenders.ts';
import { type DataSet, dataFile, dataSets, largeExport } from './data.ts';
import { interleave, type Measurement, PinnedProcess } from './processes.ts';
import { type Row, rowsOf, toText } from './table.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, repetitions: { type: 'string', default: '5' } },
});
const repetitions = Number(values.repetitions);
const folder = fileURLToPath(new URL('../bench-data/', import.meta.url));
const lastCore = availableParallelism() - 1;

const script = await bundle();
const tables: { title: string; rows: Row[] }[] = [];
for (const dataSet of dataSets) await measure(dataSet.title, await compareAll(dataSet));
const [nested] = dataSets as [DataSet];
await measure('2.4 KB records, a file ten times as large', await compareTenfold(nested));
await measure('1 GB of 2.4 KB records, 8 data files', await compareThreads(nested));
if (values.json) console.log(JSON.stringify({ node: process.version, repetitions, tables }, undefined, 2));

async function measure(title: string, measurements: Record<string, Measurement[]>): Promise<void> {
  const rows = rowsOf(measurements);
  tables.push({ title, rows });
  if (!values.json) console.log(toText(title, rows));
}

function compareAll(dataSet: DataSet) {
  const file = dataFile(folder, dataSet);
  const names = Object.keys(contenders);
  const processes = names.map((name) => [name, pinned(`${lastCore}`, name, file, dataSet.image)]);
  return interleave(Object.fromEntries(processes), repetitions);
}

function compareTenfold(dataSet: DataSet) {
  const file = dataFile(folder, dataSet, 10);
  const processes = ['yardstick', 'daytally'].map((name) => [name, pinned(`${lastCore}`, name, file, dataSet.image)]);
  return interleave(Object.fromEntries(processes), repetitions);
}

function compareThreads(dataSet: DataSet) {
  const directory = largeExport(folder, dataSet);
  return interleave(
    {
      'one thread, one core': pinned(`${lastCore}`, 'threads:1', directory),
      'two threads, two cores': pinned(`${lastCore - 1},${lastCore}`, 'threads:2', directory),
    },
    repetitions,
  );
}

function pinned(cores: string, ...args: string[]): PinnedProcess {
  return new PinnedProcess(script, cores, args);
}

/** Bundled as for a Lambda function: a loader of TypeScript would count as memory and time. */
async function bundle(): Promise<string> {
  const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  await build({
    entryPoints: { runner: source('runner.ts'), 'count-thread': source('../src/adapters/threads/count-thread.ts') },
    outdir: `${folder}bin`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
  });
  return `${folder}bin/runner.mjs`;
}
