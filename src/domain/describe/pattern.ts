import { compareText } from '../text-order.ts';
import { childrenOf, END_KEY, increment, readKey, readSeparator, type ShapeNode } from './shape-node.ts';
import { type Form, forms } from './text-shape.ts';

/** A part of a pattern that is not constant. */
export interface Segment {
  readonly form: Form;
  /** The constant word in front of it, such as `USER`; null where there is none. */
  readonly label: string | null;
  /** All that was seen there, where that are a few words. Not for showing. */
  readonly words: ReadonlySet<string> | null;
}

/** What most texts of an attribute are like. */
export interface Pattern {
  /** Constant text (never two in a row) and what stands between. */
  readonly parts: readonly (string | Segment)[];
  /** Of the texts. */
  readonly share: number;
}

export const isSegment = (part: string | Segment): part is Segment => typeof part !== 'string';

/** A word that may be constant. */
export interface ConstantCandidate {
  readonly word: string;
  readonly count: number;
  readonly label: string | null;
  /** Whether it is all of the text. */
  readonly isWhole: boolean;
}

/** A word is constant where hardly any other stands in its place, or but what a fault has written. */
const CONSTANT_SHARE = 0.99;
const FAULTS = 2;
const TIMES_AS_MANY = 20;

const isNearlyAll = (count: number, all: number): boolean =>
  count >= all * CONSTANT_SHARE || (all - count <= FAULTS && count >= (all - count) * TIMES_AS_MANY);

const FEW_WORDS = 64;
const MAIN_FORM_SHARE = 0.95;

/**
 * The way that most texts go.
 * @param mayShow whether a word that seems constant may be shown
 */
export function patternOf(root: ShapeNode<unknown>, mayShow: (candidate: ConstantCandidate) => boolean): Pattern {
  const parts: (string | Segment)[] = [];
  let nodes: ShapeNode<unknown>[] = [root];
  let label: string | null = null;
  let fragments = 0;
  for (;;) {
    const places = placesIn(nodes);
    const [place] = places;
    if (place === undefined) break;
    const { separator, words, count } = place;
    const all = places.reduce((sum, one) => sum + one.count, 0);
    const [top] = [...words].sort(([, a], [, b]) => countOf(b) - countOf(a));
    const isWhole = separator === null && parts.length === 0;
    if (
      top !== undefined &&
      isNearlyAll(countOf(top[1]), all) &&
      mayShow({ word: top[0], count: countOf(top[1]), label, isWhole })
    ) {
      addLiteral(parts, top[0] + (separator ?? ''));
      label = top[0];
      nodes = top[1];
    } else {
      parts.push({ form: formOf(place), label, words: fewWords(place) });
      addLiteral(parts, separator ?? '');
      label = null;
      nodes = [...words.values(), place.others].flat();
      if (separator === null) fragments = fragmentsIn(places.slice(1), count);
    }
    if (separator === null) break;
  }
  return { parts, share: root.count === 0 ? 0 : (countOf(nodes) + fragments) / root.count };
}

/** Ids that are parted by mistake, for their first part is letters only: each such part hardly comes twice. */
const fragmentsIn = (places: readonly Place[], count: number): number =>
  countOf(
    places
      .flatMap(({ words }) => [...words.values()].flat())
      .filter((node) => node.count <= Math.max(2, count * (1 - CONSTANT_SHARE))),
  );

/** All that comes in one place of texts, with the same separator behind. */
interface Place {
  readonly separator: string | null;
  readonly words: Map<string, ShapeNode<unknown>[]>;
  readonly others: ShapeNode<unknown>[];
  count: number;
  /** Whether some words are not known any more. */
  isOpenedUp: boolean;
}

/** The one that most texts go through first. */
function placesIn(nodes: readonly ShapeNode<unknown>[]): Place[] {
  const places = new Map<string, Place>();
  const placeOf = (separator: string | null, node: ShapeNode<unknown>): Place => {
    const key = separator ?? END_KEY;
    const place = places.get(key) ?? { separator, words: new Map(), others: [], count: 0, isOpenedUp: false };
    places.set(key, place);
    place.count += node.count;
    return place;
  };
  for (const { words, others, openness } of nodes) {
    for (const [key, child] of words) {
      const { word, separator } = readKey(key);
      const place = placeOf(separator, child);
      place.words.set(word, [...(place.words.get(word) ?? []), child]);
      place.isOpenedUp ||= openness !== 'open';
    }
    for (const [key, child] of others) placeOf(readSeparator(key), child).others.push(child);
  }
  return [...places].sort(([a, x], [b, y]) => y.count - x.count || compareText(a, b)).map(([, place]) => place);
}

const countOf = (nodes: readonly ShapeNode<unknown>[]): number => nodes.reduce((sum, { count }) => sum + count, 0);

function fewWords({ words, others, count, isOpenedUp }: Place): ReadonlySet<string> | null {
  const isFew = words.size > 0 && words.size <= FEW_WORDS && !isOpenedUp;
  return isFew && countOf(others) <= count * (1 - CONSTANT_SHARE) ? new Set(words.keys()) : null;
}

/** The one form of nearly all; else one that holds for all. */
function formOf({ words, others, count }: Place): Form {
  const byForm = new Map<Form, number>([['word', countOf([...words.values()].flat())]]);
  for (const node of others) for (const [form, seen] of node.forms) increment(byForm, form, seen);
  const main = forms.find((form) => (byForm.get(form) ?? 0) >= count * MAIN_FORM_SHARE);
  if (main !== undefined) return main;
  const uuids = (byForm.get('uuid') ?? 0) + (byForm.get('uuidv7') ?? 0);
  if (uuids >= count * MAIN_FORM_SHARE) return 'uuid';
  return (byForm.get('text') ?? 0) > count / 2 ? 'text' : 'id';
}

function addLiteral(parts: (string | Segment)[], text: string): void {
  const last = parts.at(-1);
  if (text === '') return;
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}

/** Whether a text whose tokens have led this way would fit into the tree. */
export function admits(node: ShapeNode<unknown>, way: readonly Step[]): boolean {
  const [step, ...rest] = way;
  if (step === undefined) return childrenOf(node).length === 0;
  if (node.openness === 'anyRest' && node.others.has(END_KEY)) return true;
  const sameEnd = [...node.words].filter(([key]) => (readKey(key).separator ?? END_KEY) === step.separator);
  const candidates = [
    ...(step.word === null ? sameEnd : sameEnd.filter(([key]) => readKey(key).word === step.word)).map(
      ([, child]) => child,
    ),
    ...(node.others.has(step.separator) ? [node.others.get(step.separator) as ShapeNode<unknown>] : []),
  ];
  return candidates.some((child) => admits(child, rest));
}

/** A step of a way down a tree: a word, or null for anything else, and the key of what stands behind it. */
export interface Step {
  readonly word: string | null;
  readonly separator: string;
}
