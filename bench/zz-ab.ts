import { build } from 'esbuild';
import { dataFile, dataSets, otherTables, changes } from './data.ts';
import { interleave, PinnedProcess } from './processes.ts';
import { rowsOf, toText } from './table.ts';
const bundle = async (root: string, out: string) => { await build({ absWorkingDir: root, entryPoints: { runner: `${root}/bench/runner.ts`, 'count-thread': `${root}/src/adapters/threads/count-thread.ts` }, outdir: out, outExtension: { '.js': '.mjs' }, bundle: true, platform: 'node', format: 'esm', external: ['@duckdb/node-api'] }); return `${out}/runner.mjs`; };
const now = await bundle('/tmp/wt/def', '/tmp/wt/def/bench-data/bin');
const old = await bundle('/tmp/wt/kernel-old', '/tmp/wt/kernel-old/bench-data/bin');
const folder = '/tmp/wt/def/bench-data/';
for (const d of dataSets) dataFile(folder, d); for (const d of [...otherTables, ...changes]) dataFile(folder, d);
console.log('files made');
if (process.argv[2] === 'make') process.exit(0);
for (const d of dataSets) { const f = dataFile(folder, d);
  console.log(toText(d.title, rowsOf(await interleave({ yardstick: new PinnedProcess(now, '1', ['yardstick', f, d.name]), old: new PinnedProcess(old, '1', ['daytally', f, d.image]), daytally: new PinnedProcess(now, '1', ['daytally', f, d.name]) }, 9)))); }
for (const d of [dataSets[1]!, ...otherTables]) { const f = dataFile(folder, d);
  console.log(toText(d.title, rowsOf(await interleave({ yardstick: new PinnedProcess(now, '1', ['yardstick', f, d.name]), daytally: new PinnedProcess(now, '1', ['daytally', f, d.name]) }, 7)))); }
console.log(toText('changes', rowsOf(await interleave(Object.fromEntries(changes.map((d) => [d.title, new PinnedProcess(now, '1', ['daytally', dataFile(folder, d), d.name])])), 9))));
process.exit(0);
