import type { KindStatistics } from './kind-statistics.ts';
import { admits, type Step } from './pattern.ts';
import { END_KEY, readKey, type ShapeNode } from './shape-node.ts';
import type { ShapeTree } from './shape-tree.ts';

interface TypedKind {
  readonly type: string | null;
  readonly statistics: KindStatistics;
}

/**
 * Of an item that is gone an export may tell the key alone, and so not its type: it is of the one kind whose keys are of the
 * same shape. Takes such items out of the tree and puts them there; where several kinds have such keys it leaves them.
 */
export function keysOnlyKin(
  shaped: ShapeTree<KindStatistics>,
  kinds: readonly TypedKind[],
  keys: readonly string[],
): void {
  for (const { node, ways } of leavesWithWays(shaped.root, [])) {
    const { leaf } = node;
    if (leaf === undefined || leaf.items > 0) continue;
    const kin = kinds.filter(({ statistics }) => fits(statistics, textsOf(ways), keys));
    if (kin.length !== 1) continue;
    kin[0]?.statistics.merge(leaf);
    node.leaf = undefined;
  }
}

interface LeafWithWay {
  readonly node: ShapeNode<KindStatistics>;
  readonly ways: readonly Step[];
}

function* leavesWithWays(node: ShapeNode<KindStatistics>, ways: readonly Step[]): Generator<LeafWithWay> {
  if (node.leaf !== undefined) yield { node, ways };
  for (const [key, child] of node.words) {
    const { word, separator } = readKey(key);
    yield* leavesWithWays(child, [...ways, { word, separator: separator ?? END_KEY }]);
  }
  for (const [key, child] of node.others) yield* leavesWithWays(child, [...ways, { word: null, separator: key }]);
}

/** One way for each text. */
function textsOf(steps: readonly Step[]): Step[][] {
  const texts: Step[][] = [[]];
  for (const step of steps) {
    texts.at(-1)?.push(step);
    if (step.separator === END_KEY) texts.push([]);
  }
  return texts.slice(0, -1);
}

const fits = ({ attributes }: KindStatistics, texts: readonly Step[][], keys: readonly string[]): boolean =>
  keys.every((name, index) => {
    const shapes = attributes.byName.get(name)?.shapes;
    return shapes === undefined || admits(shapes.root, texts[index] ?? []);
  });
