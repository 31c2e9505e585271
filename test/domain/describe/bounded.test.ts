import { describe, expect, it } from 'vitest';
import { describeTable } from '../../../src/domain/describe/describe-table.ts';
import { childrenOf, type ShapeNode } from '../../../src/domain/describe/shape-node.ts';
import { TableStatistics } from '../../../src/domain/describe/table-statistics.ts';
import { observeRecord } from '../../../src/schemas/observed-record.ts';
import { incrementalExport, N, NOW, S } from '../../support/described.ts';

const SHAPES = 100_000;

/** Five letters for each number, in capitals as constants are. */
const wordOf = (n: number): string =>
  Array.from({ length: 5 }, (_, place) => String.fromCharCode(65 + (Math.floor(n / 17 ** place) % 17))).join('');

const nodesIn = (node: ShapeNode<unknown>): number =>
  1 + childrenOf(node).reduce((sum, child) => sum + nodesIn(child), 0);

/** A third of the items are orders; of the others hardly two are of one shape, in keys, attributes and maps. */
function read(keyOf: (word: string, n: number) => string): TableStatistics {
  const statistics = new TableStatistics({ keys: ['PK'], areKeysTold: true, typeAttribute: 'Type' }, NOW);
  for (let n = 0; n < SHAPES; n++) {
    const word = wordOf(n);
    const PK = S(n % 3 === 0 ? `ORDER#${n}` : keyOf(word, n));
    const Item = { PK, [`a${word}`]: N(n), map: { M: { [word]: S(word) } }, ...(n % 3 === 1 ? { Type: S(word) } : {}) };
    statistics.add(observeRecord({ Item }, 99) as never);
  }
  return statistics;
}

describe('a table of 100,000 shapes', () => {
  it.each<[string, (word: string, n: number) => string]>([
    ['of a word and an id', (word, n) => `${word}#${n}`],
    ['of many separators', (word, n) => [...word].map((letter, at) => letter + '#|~:/'[(n >> at) % 5]).join('')],
  ])('takes no more memory than a small one: %s', (_, keyOf) => {
    const statistics = read(keyOf);
    expect(nodesIn(statistics.shaped.root)).toBeLessThan(10_000);
    expect(statistics.typed.size).toBeLessThanOrEqual(512);
    const { kinds, others } = describeTable(statistics, incrementalExport);
    expect(kinds.length).toBeLessThanOrEqual(64);
    expect(kinds).toContainEqual(expect.objectContaining({ name: 'ORDER', items: expect.any(Number) }));
    const told = [...kinds, ...(others === null ? [] : [others])];
    expect(told.reduce((sum, { items }) => sum + items, 0)).toBe(SHAPES);
    expect(JSON.stringify(kinds).length).toBeLessThan(1_000_000);
  });
});
