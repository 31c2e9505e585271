import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternOf } from '../../../src/domain/describe/pattern.ts';
import { leavesBelow } from '../../../src/domain/describe/shape-node.ts';
import { ShapeTree } from '../../../src/domain/describe/shape-tree.ts';
import { tokensOf } from '../../../src/domain/describe/text-shape.ts';
import { seededRandom } from '../../support/seeded-random.ts';

interface Count {
  texts: number;
}

const countingTree = (maxLeaves: number) =>
  new ShapeTree<Count>(maxLeaves, {
    create: () => ({ texts: 0 }),
    merge: (into, from) => ({ texts: into.texts + from.texts }),
  });

function treeOf(texts: Iterable<string>, maxLeaves = 64): ShapeTree<Count> {
  const tree = countingTree(maxLeaves);
  for (const text of texts) tree.leafOf([tokensOf(text)]).texts++;
  return tree;
}

const leaves = (tree: ShapeTree<Count>): Count[] => [...leavesBelow(tree.root)];

const textsIn = (tree: ShapeTree<Count>): number =>
  [...leaves(tree), ...(tree.rare.leaf === undefined ? [] : [tree.rare.leaf])].reduce(
    (sum, { texts }) => sum + texts,
    0,
  );

const patternText = (tree: ShapeTree<Count>): string =>
  patternOf(tree.root, () => true)
    .parts.map((part) => (typeof part === 'string' ? part : `<${part.form}>`))
    .join('');

const letters = (random: { below(n: number): number }, length: number): string =>
  Array.from({ length }, () => String.fromCharCode(97 + random.below(26))).join('');

describe('a tree of shapes', () => {
  it('keeps as many leaves as it is told, however many shapes there are, and loses no text', () => {
    const random = seededRandom(5);
    function* shapes() {
      for (let n = 0; n < 100_000; n++) {
        const parts = Array.from({ length: 1 + random.below(6) }, () => letters(random, 1 + random.below(7)));
        yield parts.map((part) => part + '#:/|~'.charAt(random.below(5))).join('');
      }
    }
    const tree = treeOf(shapes());
    expect(leaves(tree).length).toBeLessThanOrEqual(64);
    expect(textsIn(tree)).toBe(100_000);
  });

  it('makes one of the rarest where nothing else is left to put together', () => {
    const tree = treeOf(
      Array.from({ length: 1000 }, (_, n) => `${'7#'.repeat(1 + (n % 11))}x1y`),
      4,
    );
    expect(leaves(tree).length).toBeLessThanOrEqual(4);
    expect(tree.rare.shapes).toBeGreaterThan(4);
    expect(textsIn(tree)).toBe(1000);
  });

  it('keeps the words that come often among thousands that do not', () => {
    const random = seededRandom(6);
    const labels = ['PROFILE', 'ORDER', 'CART'];
    const texts = Array.from({ length: 20_000 }, () =>
      random.chance(0.9) ? `${labels[random.below(3)]}#${random.below(1e6)}` : `${letters(random, 8)}#1`,
    );
    const tree = treeOf(texts);
    const words = [...tree.root.words.keys()].map((key) => key.slice(0, key.search(/[^A-Za-z]/)));
    expect(words).toEqual(expect.arrayContaining(labels));
    expect(leaves(tree).length).toBeLessThanOrEqual(64);
  });

  it('takes ids that are letters only as what the others are', () => {
    const random = seededRandom(7);
    const id = () => letters(random, 4) + (random.chance(0.9) ? random.below(10) : '') + letters(random, 4);
    expect(patternText(treeOf(Array.from({ length: 5000 }, () => `session-${id()}-${id()}`)))).toBe('session-<id>');
  });

  it('is the same, put together of parts in any order, as long as it is not too full', () => {
    const text = fc
      .tuple(fc.constantFrom('USER', 'ORDER'), fc.constantFrom('#', '-'), fc.constantFrom('ada', '7', 'x1y'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text), fc.array(text), (first, second) => {
        const joined = treeOf(first);
        joined.merge(treeOf(second));
        const whole = treeOf([...second, ...first]);
        expect(textsIn(joined)).toBe(textsIn(whole));
        expect(patternOf(joined.root, () => true).share).toBe(patternOf(whole.root, () => true).share);
        expect(
          leaves(joined)
            .map(({ texts }) => texts)
            .sort(),
        ).toEqual(
          leaves(whole)
            .map(({ texts }) => texts)
            .sort(),
        );
      }),
    );
  });

  it('loses no text when parts that are too full are put together', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        const some = () =>
          Array.from({ length: 300 }, () => `${letters(random, 2)}#${letters(random, 2)}#${letters(random, 1)}`);
        const joined = treeOf(some(), 16);
        joined.merge(treeOf(some(), 16));
        expect(textsIn(joined)).toBe(600);
        expect(leaves(joined).length).toBeLessThanOrEqual(16);
      }),
      { numRuns: 20 },
    );
  });
});
