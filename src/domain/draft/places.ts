import type { AttributeDescription, TableDescription } from '../describe/description.ts';
import { isSegment, type Segment } from '../describe/pattern.ts';
import { isPersonal, isTenant, isUser } from '../describe/vocabulary.ts';
import type { PathDescription } from './paths.ts';

/*
 * Where in the items of a kind the user and the app stand, if anywhere.
 */

/** A part of an attribute, or all of it. */
export interface Place {
  readonly attribute: PathDescription;
  /** Null where it is the digits of a number. */
  readonly segment: Segment | null;
}

/** What was found, and what else it may be. */
export interface Found {
  /** Null where nothing is sure. */
  readonly place: Place | null;
  /** Attributes that a person has to choose from. */
  readonly doubtful: readonly string[];
}

/** What is readable in hardly less than all items; else the others would be malformed. */
const NEARLY_ALL = 0.95;

interface Candidate {
  readonly place: Place;
  /** The lowest is the surest. */
  readonly rank: number;
}

/** Ranks beyond this are guesses. */
const LAST_SURE_RANK = 2.5;
/** What is inside of a map is so much less sure. */
const INSIDE = 0.5;

export const findUser = (paths: readonly PathDescription[]): Found =>
  best(paths.filter(isEverywhere).flatMap((attribute) => candidatesIn(attribute, rankAsUser)));

function rankAsUser({ attribute, segment }: Place): number | undefined {
  const { name, isKey, pattern, values, meaning, items } = attribute;
  const label = segment?.label ?? null;
  if (label !== null) {
    if (isUser(label)) return isKey ? 0 : 1;
    return isPersonal(label) ? 3 : undefined;
  }
  // All of the attribute, or a number.
  if (segment !== null && pattern?.parts.length !== 1) return meaning === 'user' ? 3 : undefined;
  if (values !== null && values.count < 2) return undefined;
  if (isUser(name)) return segment?.form === 'email' ? 3 : 2;
  if (isPersonal(name) && segment !== null) return 3;
  return isKey && meaning === null && values !== null && values.count < items * OFTEN ? 4 : undefined;
}

/** Of a key that comes so seldom twice, it is likely the item's own. */
const OFTEN = 0.9;

/** More apps than these are hardly meant. */
const MANY_APPS = 1000;

/** @param shared words that stand behind a constant in several kinds */
export const findApp = (paths: readonly PathDescription[], shared: ReadonlySet<string>): Found =>
  best(paths.filter(isEverywhere).flatMap((attribute) => candidatesIn(attribute, rankAsApp(shared))));

const rankAsApp =
  (shared: ReadonlySet<string>) =>
  ({ attribute, segment }: Place): number | undefined => {
    const { name, isKey, pattern, values } = attribute;
    if (segment === null) return undefined;
    if (segment.label !== null && isTenant(segment.label)) return isKey ? 0 : 1;
    if (segment.words !== null && [...segment.words].every((word) => shared.has(word))) {
      return segment.label === null || pattern?.parts.length === 1 ? undefined : isKey ? 1 : 2;
    }
    const isBare = pattern?.parts.length === 1 && isTenant(name) && values !== null && values.count <= MANY_APPS;
    return isBare ? 2 : undefined;
  };

/** Words that stand behind constants in two kinds or more, where there are several: games, stores, countries. */
export function sharedWords({ kinds }: TableDescription): ReadonlySet<string> {
  const kindsByWord = new Map<string, Set<string>>();
  for (const kind of kinds) {
    for (const { label, words } of kind.attributes.flatMap(segmentsOf)) {
      if (label === null || words === null || isPersonal(label)) continue;
      for (const word of words) kindsByWord.set(word, (kindsByWord.get(word) ?? new Set()).add(kind.name));
    }
  }
  const shared = [...kindsByWord].filter(([, names]) => names.size > 1).map(([word]) => word);
  return new Set(shared.length > 1 ? shared : []);
}

const segmentsOf = ({ pattern }: AttributeDescription): Segment[] => pattern?.parts.filter(isSegment) ?? [];

const isEverywhere = ({ share, types, pattern }: AttributeDescription): boolean =>
  share >= NEARLY_ALL &&
  types.length === 1 &&
  (types[0]?.type === 'N' || (types[0]?.type === 'S' && (pattern?.share ?? 0) >= NEARLY_ALL));

const candidatesIn = (attribute: PathDescription, rankOf: (place: Place) => number | undefined): Candidate[] =>
  (attribute.pattern === null ? [null] : segmentsOf(attribute)).flatMap((segment) => {
    const place = { attribute, segment };
    const rank = rankOf(place);
    return rank === undefined ? [] : [{ place, rank: attribute.isInside ? rank + INSIDE : rank }];
  });

function best(candidates: readonly Candidate[]): Found {
  const ranked = [...candidates].sort((a, b) => a.rank - b.rank);
  const [first] = ranked;
  if (first === undefined) return { place: null, doubtful: [] };
  const equal = ranked.filter(({ rank }) => rank === first.rank);
  // Behind the same word stands the same.
  const different = new Map(
    equal.map(({ place }) => [place.segment?.label ?? place.attribute.path, place.attribute.path]),
  );
  const isSure = first.rank <= LAST_SURE_RANK;
  const isOne = isSure && different.size === 1;
  return { place: isSure ? first.place : null, doubtful: isOne ? [] : [...new Set(different.values())] };
}
