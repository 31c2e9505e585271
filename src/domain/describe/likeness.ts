import type { KindStatistics } from './kind-statistics.ts';
import { isInCapitals } from './labels.ts';
import { END_KEY, increment, leavesBelow, readKey, type ShapeNode } from './shape-node.ts';

/** Which attributes items have, as far as any are there. */
export interface Profile {
  readonly items: number;
  /** Shares by attribute. */
  readonly attributes: ReadonlyMap<string, number>;
}

export function profileOf(nodes: readonly ShapeNode<KindStatistics>[], ignored: ReadonlySet<string>): Profile {
  const has = new Map<string, number>();
  let items = 0;
  for (const leaf of nodes.flatMap((node) => [...leavesBelow(node)])) {
    items += leaf.items;
    for (const [name, statistics] of leaf.attributes.byName) {
      if (!ignored.has(name)) increment(has, name, statistics.items);
    }
  }
  return { items, attributes: new Map([...has].map(([name, count]) => [name, count / Math.max(1, items)])) };
}

/** Few items may lack by chance what others of their kind have. */
const thresholds: readonly (readonly [atLeastItems: number, similarity: number])[] = [
  [20, 0.75],
  [3, 0.6],
  [1, 0.5],
];

/** Whether items have about the same attributes; of items that are gone nobody knows. */
export function areAlike(a: Profile, b: Profile): boolean {
  const items = Math.min(a.items, b.items);
  const threshold = thresholds.find(([atLeast]) => items >= atLeast)?.[1] ?? 0;
  return similarity(a.attributes, b.attributes) >= threshold;
}

/** What two distributions have in common, from 0 to 1 (Ruzicka's measure). */
export function similarity(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  let all = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(key) ?? 0, b.get(key) ?? 0];
    common += Math.min(x, y);
    all += Math.max(x, y);
  }
  return all === 0 ? 1 : common / all;
}

/** The shapes that follow, and their shares. Of words only those in capitals are told apart. */
export function restOf(nodes: readonly ShapeNode<unknown>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) addRest(node, '', counts);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return new Map([...counts].map(([shape, count]) => [shape, count / Math.max(1, total)]));
}

function addRest(node: ShapeNode<unknown>, way: string, counts: Map<string, number>): void {
  if (node.leaf !== undefined) increment(counts, way, node.count);
  for (const [key, child] of node.words) {
    const { word, separator } = readKey(key);
    addRest(child, `${way}${isInCapitals(word) ? word : '*'}${separator ?? END_KEY}`, counts);
  }
  for (const [key, child] of node.others) addRest(child, `${way}*${key}`, counts);
}
