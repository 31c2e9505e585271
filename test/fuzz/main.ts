import { parseArgs } from 'node:util';
import { compareReaders } from './differential.ts';

const { values } = parseArgs({
  options: { lines: { type: 'string', default: '1000000' }, seed: { type: 'string', default: `${Date.now() % 1e9}` } },
});
const BATCH = 50_000;

console.log(`seed ${values.seed}, ${values.lines} lines`);
const total: Record<string, number> = {};
let slowPath = 0;
for (let done = 0, seed = Number(values.seed); done < Number(values.lines); done += BATCH, seed++) {
  const report = await compareReaders({ seed, lines: Math.min(BATCH, Number(values.lines) - done) });
  for (const [kind, times] of Object.entries(report.outcomes)) total[kind] = (total[kind] ?? 0) + times;
  slowPath += report.slowPath;
}
console.table(total);
console.log(`no difference; ${slowPath} of ${values.lines} lines took the slow path`);
if (slowPath > Number(values.lines) / 2)
  throw new Error('more than half of the lines took the slow path: that tests the plain reader');
