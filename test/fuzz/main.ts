import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { definitions } from '../law/arbitraries/definitions.ts';
import { manifests } from '../law/arbitraries/exports.ts';
import { lines as linesOf } from '../law/arbitraries/lines.ts';
import { nothingCountedYet } from '../law/counting.ts';
import { gamesRules } from '../support/first-games.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { compareReaders, type FuzzReport } from './differential.ts';
import { damage, gamesLine } from './games-lines.ts';

/*
 * Compares the fast reader with the plain one on many lines: half of them of the games' table, many of these damaged, half
 * of tables of random definitions.
 */

const { values } = parseArgs({
  options: { lines: { type: 'string', default: '1000000' }, seed: { type: 'string', default: `${Date.now() % 1e9}` } },
});
const GAMES_AT_A_TIME = 25_000;
const LINES_OF_A_DEFINITION = 500;

const games = (seed: number): Promise<FuzzReport> => {
  const random = seededRandom(seed);
  return compareReaders(
    Array.from({ length: GAMES_AT_A_TIME }, () => gamesLine(random)),
    gamesRules,
    seed,
  );
};

async function randomDefinition(seed: number): Promise<FuzzReport> {
  const [table] = fc.sample(definitions, { seed, numRuns: 1 }) as [never];
  const [manifest] = fc.sample(manifests(table), { seed, numRuns: 1 }) as [never];
  const { rules } = nothingCountedYet(table, manifest);
  const isFull = rules.hasOldImages === false && rules.day === null;
  const random = seededRandom(seed);
  const lines = fc.sample(linesOf(table, isFull), { seed, numRuns: LINES_OF_A_DEFINITION });
  return compareReaders(
    lines.map((line) => (random.chance(0.95) ? line : damage(line, random))),
    rules,
    seed,
  );
}

console.log(`seed ${values.seed}, ${values.lines} lines`);
const total: Record<string, number> = {};
let [done, slowPath, definitionsRead] = [0, 0, 0];
const add = (report: FuzzReport): void => {
  for (const [kind, times] of Object.entries(report.outcomes)) total[kind] = (total[kind] ?? 0) + times;
  done += report.lines;
  slowPath += report.slowPath;
};
for (let seed = Number(values.seed); done < Number(values.lines); seed++) {
  add(await games(seed));
  for (let read = 0; read < GAMES_AT_A_TIME; read += LINES_OF_A_DEFINITION, definitionsRead++) {
    add(await randomDefinition(seed * 1000 + definitionsRead));
  }
}
console.table(total);
console.log(`no difference under games and ${definitionsRead} other definitions`);
console.log(`${slowPath} of ${done} lines took the slow path, ${((100 * slowPath) / done).toFixed(0)} %`);
