import type { Form, Token } from './text-shape.ts';

/** What becomes of words that a node does not know: a child each; all the same part; all the same rest of the text. */
export type Openness = 'open' | 'anyPart' | 'anyRest';

/** A place in texts, and what has come there. */
export interface ShapeNode<Leaf> {
  /** Texts that have come this way. */
  count: number;
  /** Of what led here and was no constant: how often in which form. */
  readonly forms: Map<Form, number>;
  /** By the word and what stands behind it. */
  readonly words: Map<string, ShapeNode<Leaf>>;
  /** All that is no word, by what stands behind it. */
  readonly others: Map<string, ShapeNode<Leaf>>;
  openness: Openness;
  /** Where a shape is whole. */
  leaf: Leaf | undefined;
}

export const newNode = <Leaf>(): ShapeNode<Leaf> => ({
  count: 0,
  forms: new Map(),
  words: new Map(),
  others: new Map(),
  openness: 'open',
  leaf: undefined,
});

/** Stands for a separator that is none: the end of the text. */
const END = '\u0000';
const PARTING = '\u0001';

export const separatorKey = (separator: string | null): string => separator ?? END;

export const END_KEY = separatorKey(null);

const keyOf = (word: string, separator: string | null): string => word + PARTING + separatorKey(separator);

/** The word of a key, and what stands behind it; null at the end of a text. */
export function readKey(key: string): { readonly word: string; readonly separator: string | null } {
  const at = key.lastIndexOf(PARTING);
  return { word: key.slice(0, at), separator: readSeparator(key.slice(at + 1)) };
}

export const readSeparator = (key: string): string | null => (key === END ? null : key);

export function increment<K>(counts: Map<K, number>, key: K, by = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Goes a token further down; the child says so where it stands for all the rest of the text. */
export function step<Leaf>(
  node: ShapeNode<Leaf>,
  { word, form, separator }: Token,
): { readonly child: ShapeNode<Leaf>; readonly isRest: boolean } {
  if (word !== null) {
    const key = keyOf(word, separator);
    const known = node.words.get(key) ?? (node.openness === 'open' ? addTo(node.words, key) : undefined);
    if (known !== undefined) return { child: known, isRest: false };
  }
  const isRest = word !== null && node.openness === 'anyRest';
  const key = isRest ? END_KEY : separatorKey(separator);
  const child = node.others.get(key) ?? addTo(node.others, key);
  increment(child.forms, form);
  return { child, isRest };
}

function addTo<Leaf>(children: Map<string, ShapeNode<Leaf>>, key: string): ShapeNode<Leaf> {
  const child = newNode<Leaf>();
  children.set(key, child);
  return child;
}

/** Puts what has come to one node to another. */
export function mergeInto<Leaf>(
  node: ShapeNode<Leaf>,
  from: ShapeNode<Leaf>,
  mergeLeaves: (into: Leaf, from: Leaf) => Leaf,
): void {
  node.count += from.count;
  for (const [form, count] of from.forms) increment(node.forms, form, count);
  if (from.openness !== 'open' && node.openness !== 'anyRest') node.openness = from.openness;
  if (from.leaf !== undefined) node.leaf = node.leaf === undefined ? from.leaf : mergeLeaves(node.leaf, from.leaf);
  for (const children of ['words', 'others'] as const) {
    for (const [key, child] of from[children]) {
      mergeInto(node[children].get(key) ?? addTo(node[children], key), child, mergeLeaves);
    }
  }
}

export const childrenOf = <Leaf>({ words, others }: ShapeNode<Leaf>): ShapeNode<Leaf>[] => [
  ...words.values(),
  ...others.values(),
];

/** All leaves below a node, itself included. */
export function* leavesBelow<Leaf>(node: ShapeNode<Leaf>): Generator<Leaf> {
  if (node.leaf !== undefined) yield node.leaf;
  for (const child of childrenOf(node)) yield* leavesBelow(child);
}
