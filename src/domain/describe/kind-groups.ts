import { compareText } from '../text-order.ts';
import type { KindStatistics } from './kind-statistics.ts';
import { isInCapitals } from './labels.ts';
import { haveSameAttributes, haveSameRest, type Portrait, profileOf, restOf } from './likeness.ts';
import { END_KEY, leavesBelow, readKey, type ShapeNode } from './shape-node.ts';

/*
 * Which shapes of keys are one kind. A word that stands in few forms in one place may be what a kind is called (`order` and
 * `cart` in front of everything) or a value (`berlin` and `oslo` behind `store`). It is a value where what bears it is alike:
 * the same attributes, and the same shapes behind it.
 */

type Node = ShapeNode<KindStatistics>;

/** Fewer records than that share nothing. */
export const MIN_SHARED = 3;

/** Behind a constant, so few of another form are what a fault has written. */
const ODD_SHARE = 0.01;

/** What stands in front of a place: nothing, a constant word, or something else. */
type Before = 'start' | 'word' | 'value';

/** What is taken as the same in one place. */
interface Cluster extends Portrait {
  /** Words that are in it; none where it is anything. */
  readonly words: string[];
  /** The key of what stands behind. */
  readonly separator: string;
  readonly nodes: Node[];
  records: number;
}

export interface KindGroup {
  readonly leaves: KindStatistics[];
  records: number;
}

/** @param ignored attributes that all kinds have, such as the key's */
export const kindGroups = (root: Node, ignored: ReadonlySet<string>): KindGroup[] =>
  root.count === 0 ? [] : groupsAt([root], 'start', ignored);

function groupsAt(nodes: readonly Node[], before: Before, ignored: ReadonlySet<string>): KindGroup[] {
  const clusters = joinAlike(clustersOf(nodes, ignored), before);
  if (clusters.length === 0) return [groupOf(nodes)];
  const total = clusters.reduce((sum, { records }) => sum + records, 0);
  const rarest = before === 'word' ? Math.max(MIN_SHARED, total * ODD_SHARE) : MIN_SHARED;
  const ids = clusters.find(({ words, separator }) => words.length === 0 && separator === END_KEY);
  const [rare, common] = split(
    clusters,
    (cluster) => clusters.length > 1 && (cluster.records < rarest || (ids !== undefined && isFragment(cluster, ids))),
  );
  const groups = (common.length === 0 ? clusters : common).map((cluster) => ({
    cluster,
    groups: groupsAt(cluster.nodes, nextBefore(cluster), ignored),
  }));
  const alone = common.length === 0 ? [] : rare.filter((cluster) => !addToKin(cluster, groups, before));
  return [...groups.flatMap((one) => one.groups), ...alone.flatMap(({ nodes: own }) => groupOf(own))];
}

/** Ids whose first part is letters only are parted by mistake: hardly any such part comes twice. */
const isFragment = ({ words, separator, records }: Cluster, ids: Cluster): boolean =>
  separator !== END_KEY &&
  records < ids.records &&
  (words.length === 0 || records / words.length <= Math.max(2, ids.records * ODD_SHARE));

const groupOf = (nodes: readonly Node[]): KindGroup => {
  const leaves = nodes.flatMap((node) => [...leavesBelow(node)]);
  return { leaves, records: leaves.reduce((sum, { records }) => sum + records, 0) };
};

const nextBefore = ({ words, separator }: Cluster): Before =>
  separator === END_KEY ? 'start' : words.length === 1 ? 'word' : 'value';

function clustersOf(nodes: readonly Node[], ignored: ReadonlySet<string>): Cluster[] {
  const byKey = new Map<string, { words: string[]; separator: string; nodes: Node[] }>();
  const add = (key: string, words: string[], separator: string, node: Node): void => {
    const known = byKey.get(key) ?? { words, separator, nodes: [] };
    byKey.set(key, known);
    known.nodes.push(node);
  };
  for (const { words, others } of nodes) {
    for (const [key, child] of words) {
      const { word, separator } = readKey(key);
      add(`word ${key}`, [word], separator ?? END_KEY, child);
    }
    for (const [key, child] of others) add(`other ${key}`, [], key, child);
  }
  return [...byKey]
    .map(([key, cluster]) => ({
      key,
      ...cluster,
      profile: profileOf(cluster.nodes, ignored),
      rest: restOf(cluster.nodes),
      records: cluster.nodes.reduce((sum, { count }) => sum + count, 0),
    }))
    .sort((a, b) => b.records - a.records || compareText(a.key, b.key));
}

/** The largest come first: whoever is alike joins them. */
function joinAlike(clusters: readonly Cluster[], before: Before): Cluster[] {
  const joined: Cluster[] = [];
  for (const cluster of clusters) {
    const kin = joined.find((other) => isSameValue(other, cluster, before));
    if (kin === undefined) joined.push(cluster);
    else {
      // Together with anything they are anything.
      if (kin.words.length === 0 || cluster.words.length === 0) kin.words.length = 0;
      else kin.words.push(...cluster.words);
      kin.nodes.push(...cluster.nodes);
      kin.records += cluster.records;
    }
  }
  return joined;
}

function isSameValue(a: Cluster, b: Cluster, before: Before): boolean {
  if (a.separator !== b.separator) return false;
  // In capitals, and in front of no other such word: by custom what the kind is called.
  const isName = [a, b].some(({ words }) => words.length > 0 && words.every(isInCapitals));
  if (before !== 'word' && isName && !isFollowedByLabel(a)) return false;
  return haveSameAttributes(a, b) && haveSameRest(a, b);
}

const isFollowedByLabel = ({ rest }: Cluster): boolean =>
  [...rest.keys()].some((shape) => /[A-Z]/.test(shape.slice(0, shape.indexOf(END_KEY))));

interface GroupedCluster {
  readonly cluster: Cluster;
  readonly groups: readonly KindGroup[];
}

/** Puts what is rare to the largest that it belongs to: by the constant in front, or because it has the same attributes. */
function addToKin(rare: Cluster, grouped: readonly GroupedCluster[], before: Before): boolean {
  const kin = before === 'word' ? grouped[0] : grouped.find(({ cluster }) => haveSameAttributes(cluster, rare));
  const largest = kin?.groups.toSorted((a, b) => b.records - a.records)[0];
  if (largest === undefined) return false;
  const { leaves, records } = groupOf(rare.nodes);
  largest.leaves.push(...leaves);
  largest.records += records;
  return true;
}

function split<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
