import { DistinctCounter } from './distinct.ts';
import {
  childrenOf,
  END_KEY,
  increment,
  leavesBelow,
  mergeInto,
  newNode,
  readKey,
  type ShapeNode,
  separatorKey,
  step,
} from './shape-node.ts';
import type { Token } from './text-shape.ts';

/** How leaves are made and put together. */
export interface LeafOperations<Leaf> {
  create(): Leaf;
  /** Puts one to another, which it may change, and gives that. */
  merge(into: Leaf, from: Leaf): Leaf;
}

/** Shapes that were too many and too rare to be kept apart. */
export interface RareShapes<Leaf> {
  /** About so many. */
  readonly shapes: number;
  readonly leaf: Leaf | undefined;
}

/** A word that is one of at least so many, and stands in at most such a share of the texts, is hardly a constant. */
const MANY_WORDS = 8;
const RARE_SHARE = 0.01;

/**
 * The shapes of texts (or of several that belong together, such as the two of a key) in bounded memory: a tree of tokens as
 * in the log parser Drain (He et al., ICWS 2017). When there are too many leaves, words that are rare among many become one
 * part that may be anything; then all words where there are several; at last the rarest shapes become one.
 */
export class ShapeTree<Leaf> {
  readonly root: ShapeNode<Leaf> = newNode();
  #leaves = 0;
  readonly #rareShapes = new DistinctCounter();
  #rareLeaf: Leaf | undefined;

  constructor(
    readonly maxLeaves: number,
    readonly operations: LeafOperations<Leaf>,
  ) {}

  get rare(): RareShapes<Leaf> {
    return { shapes: this.#rareShapes.estimate, leaf: this.#rareLeaf };
  }

  /** The leaf of a shape, which is made where it is new; counts the texts. */
  leafOf(texts: readonly (readonly Token[])[]): Leaf {
    if (this.#leaves >= this.maxLeaves) this.#condense();
    let node = this.root;
    node.count++;
    for (const tokens of texts) {
      for (const token of tokens) {
        const { child, isRest } = step(node, token);
        node = child;
        node.count++;
        if (isRest) break;
      }
    }
    if (node.leaf === undefined) {
      node.leaf = this.operations.create();
      this.#leaves++;
    }
    return node.leaf;
  }

  /** Puts all of another tree to this one. The other must not be used any more. */
  merge(other: ShapeTree<Leaf>): void {
    mergeInto(this.root, other.root, this.operations.merge);
    this.#rareShapes.merge(other.#rareShapes);
    if (other.#rareLeaf !== undefined) this.#addRare(other.#rareLeaf);
    this.#count();
    if (this.#leaves > this.maxLeaves) this.#condense();
  }

  #count(): number {
    this.#leaves = [...leavesBelow(this.root)].length;
    return this.#leaves;
  }

  #addRare(leaf: Leaf): void {
    this.#rareLeaf = this.#rareLeaf === undefined ? leaf : this.operations.merge(this.#rareLeaf, leaf);
  }

  /** Down to half of what is allowed, so that it is seldom done. */
  #condense(): void {
    const enough = this.maxLeaves >> 1;
    for (const { words, share } of [
      { words: MANY_WORDS, share: RARE_SHARE },
      { words: 2, share: 1 },
    ]) {
      for (const node of nodesWithWords(this.root, words)) {
        if (this.#count() <= enough) return;
        openUp(node, node.count * share, this.operations.merge);
      }
    }
    if (this.#count() > enough) this.#dropRarest(enough);
  }

  #dropRarest(keep: number): void {
    const counts = [...countsOfLeaves(this.root)].sort((a, b) => b - a);
    const atLeast = (counts[keep] ?? 0) + 1;
    for (const { way, leaf } of takeRare(this.root, atLeast, '')) {
      this.#rareShapes.add(way);
      this.#addRare(leaf);
    }
    this.#count();
  }
}

/** The nodes with most words first. */
const nodesWithWords = <Leaf>(root: ShapeNode<Leaf>, atLeast: number): ShapeNode<Leaf>[] =>
  [...nodesBelow(root)].filter(({ words }) => words.size >= atLeast).sort((a, b) => b.words.size - a.words.size);

function* nodesBelow<Leaf>(node: ShapeNode<Leaf>): Generator<ShapeNode<Leaf>> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesBelow(child);
}

/** Makes words that have come at most so often a part that may be anything. */
function openUp<Leaf>(node: ShapeNode<Leaf>, atMost: number, mergeLeaves: (into: Leaf, from: Leaf) => Leaf): void {
  const rare = [...node.words].filter(([, { count }]) => count <= atMost);
  if (rare.length === 0) return;
  const total = rare.reduce((sum, [, { count }]) => sum + count, 0);
  // Ids that happen to be letters only are words by mistake: what is behind them belongs to the id.
  const isRest = (node.others.get(END_KEY)?.count ?? 0) >= total;
  node.openness = isRest ? 'anyRest' : 'anyPart';
  for (const [key, child] of rare) {
    node.words.delete(key);
    const { separator } = readKey(key);
    const ends = isRest ? endsOfText(child, separator) : [child];
    for (const end of ends) {
      const target = childFor(node, isRest ? null : separator);
      increment(target.forms, 'word', end.count);
      mergeInto(target, withoutForms(end), mergeLeaves);
    }
  }
}

function childFor<Leaf>(node: ShapeNode<Leaf>, separator: string | null): ShapeNode<Leaf> {
  const key = separatorKey(separator);
  const child = node.others.get(key) ?? newNode<Leaf>();
  node.others.set(key, child);
  return child;
}

/** What led to the node is no part of the text any more. */
const withoutForms = <Leaf>(node: ShapeNode<Leaf>): ShapeNode<Leaf> => ({ ...node, forms: new Map() });

/** Where the text that a node stands in is at its end. */
function endsOfText<Leaf>(node: ShapeNode<Leaf>, separator: string | null): ShapeNode<Leaf>[] {
  if (separator === null) return [node];
  return [
    ...[...node.words].flatMap(([key, child]) => endsOfText(child, readKey(key).separator)),
    ...[...node.others].flatMap(([key, child]) => endsOfText(child, key === END_KEY ? null : key)),
  ];
}

function* countsOfLeaves<Leaf>(root: ShapeNode<Leaf>): Generator<number> {
  for (const node of nodesBelow(root)) if (node.leaf !== undefined) yield node.count;
}

interface RareLeaf<Leaf> {
  /** What its shape is, the same each time that it comes. */
  readonly way: string;
  readonly leaf: Leaf;
}

/** Takes leaves that are rarer out of the tree, and branches without any. */
function* takeRare<Leaf>(node: ShapeNode<Leaf>, atLeast: number, way: string): Generator<RareLeaf<Leaf>> {
  for (const children of [node.words, node.others]) {
    for (const [key, child] of children) {
      const further = `${way}\u0002${key}`;
      if (child.leaf !== undefined && child.count < atLeast) {
        yield { way: further, leaf: child.leaf };
        child.leaf = undefined;
      }
      yield* takeRare(child, atLeast, further);
      if (child.leaf === undefined && child.words.size + child.others.size === 0) children.delete(key);
    }
  }
}
