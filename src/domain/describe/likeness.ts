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

/** Of fewer, chance says how often something comes. */
const ENOUGH = 20;
const SIMILAR_ATTRIBUTES = 0.75;
const KNOWN_ATTRIBUTES = 0.7;
/** What so many have belongs to the kind. */
const CORE_SHARE = 0.9;
const SIMILAR_REST = 0.5;

/** What is known of a group of items: what they have, and the shapes of what follows in their keys. */
export interface Portrait {
  readonly records: number;
  readonly profile: Profile;
  /** Shares by shape. */
  readonly rest: ReadonlyMap<string, number>;
}

/**
 * Whether items have about the same attributes. Of few items it is enough that what they have is known of the others, which
 * may be a mixture, and that they have what all of these have; of items that are gone nobody knows.
 */
export function haveSameAttributes(a: Portrait, b: Portrait): boolean {
  const [large, small] = a.profile.items >= b.profile.items ? [a.profile, b.profile] : [b.profile, a.profile];
  if (small.items === 0) return true;
  if (small.items >= ENOUGH) return similarity(large.attributes, small.attributes) >= SIMILAR_ATTRIBUTES;
  const core = new Map([...large.attributes].filter(([, share]) => share >= CORE_SHARE));
  return (
    containment(large.attributes, small.attributes) >= KNOWN_ATTRIBUTES &&
    (core.size === 0 || containment(small.attributes, core) >= KNOWN_ATTRIBUTES)
  );
}

/** Whether the same shapes follow, likewise. */
export function haveSameRest(a: Portrait, b: Portrait): boolean {
  const [large, small] = a.records >= b.records ? [a, b] : [b, a];
  const measure = small.records < ENOUGH ? containment : similarity;
  return measure(large.rest, small.rest) >= SIMILAR_REST;
}

/** How much of what the part has is there in the whole at all, from 0 to 1. */
function containment(whole: ReadonlyMap<string, number>, part: ReadonlyMap<string, number>): number {
  let known = 0;
  let all = 0;
  for (const [key, share] of part) {
    all += share;
    if (whole.has(key)) known += share;
  }
  return all === 0 ? similarity(whole, part) : known / all;
}

/** What two distributions have in common, from 0 to 1 (Ruzicka's measure). */
function similarity(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
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
