/**
 * `npm run bench`: how fast Daytally reads, as ratios to what Node needs for gunzip alone. `--json` for
 * machines, `--start` for how the command line starts, alone.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { contenders } from './contenders.ts';
import { changes, type DataSet, dataFile, dataSets, largeExport, otherTables, tinyExport } from './data.ts';
import { interleave, type Measurement, PinnedProcess } from './processes.ts';
import { compareStart } from './start.ts';
import { type Row, rowsOf, toText } from './table.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    repetitions: { type: 'string', default: '5' },
    start: { type: 'boolean', default: false },
  },
});
const repetitions = Number(values.repetitions);
const folder = fileURLToPath(new URL('../bench-data/', import.meta.url));
const lastCore = availableParallelism() - 1;

const script = values.start ? '' : await bundle();
const tables: { title: string; rows: Row[] }[] = [];
const [nested, small] = dataSets as [DataSet, DataSet];
if (!values.start) await compareReading();
show('the command line, started, relative to Node', rowsOf(await startOfCommandLine()));
if (values.json) console.log(JSON.stringify({ node: process.version, repetitions, tables }, undefined, 2));

async function compareReading(): Promise<void> {
  for (const dataSet of dataSets) show(dataSet.title, rowsOf(await compareAll(dataSet)));
  show('180-byte records by definition, each relative to its own file', await compareTables([small, ...otherTables]));
  show('what old images cost: the same file by two definitions', rowsOf(await compareChanges()));
  show('2.4 KB records, a file ten times as large', rowsOf(await compareTenfold(nested)));
  show('1 GB of 2.4 KB records, 8 data files', rowsOf(await compareThreads(nested)));
}

/** Starts are short: more of them tell more. */
function startOfCommandLine() {
  return compareStart(tinyExport(folder, small), 4 * repetitions);
}

function show(title: string, rows: Row[]): void {
  tables.push({ title, rows });
  if (!values.json) console.log(toText(title, rows));
}

function compareAll(dataSet: DataSet) {
  const names = Object.keys(contenders);
  const processes = names.map((name) => [name, contender(name, dataSet)]);
  return interleave<string>(Object.fromEntries(processes), repetitions);
}

/** Each table's file in turns with all others, to what gunzip needs for this one. */
async function compareTables(dataSets: readonly DataSet[]): Promise<Row[]> {
  const processes = dataSets.flatMap((dataSet) => [
    [`gunzip of ${dataSet.name}`, contender('yardstick', dataSet)] as const,
    [dataSet.name, contender('daytally', dataSet)] as const,
  ]);
  const measured: Record<string, Measurement[]> = await interleave(Object.fromEntries(processes), repetitions);
  return dataSets.flatMap(({ name }) => {
    const gunzip = `gunzip of ${name}`;
    return rowsOf({ [gunzip]: measured[gunzip] ?? [], [name]: measured[name] ?? [] });
  });
}

function compareChanges() {
  const processes = changes.map((dataSet) => [dataSet.title, contender('daytally', dataSet)]);
  return interleave<string>(Object.fromEntries(processes), repetitions);
}

function compareTenfold(dataSet: DataSet) {
  const processes = ['yardstick', 'daytally'].map((name) => [name, contender(name, dataSet, 10)]);
  return interleave<string>(Object.fromEntries(processes), repetitions);
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

function contender(name: string, dataSet: DataSet, times = 1): PinnedProcess {
  return pinned(`${lastCore}`, name, dataFile(folder, dataSet, times), dataSet.name);
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
