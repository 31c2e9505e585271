import { compareText } from '../text-order.ts';
import type { AttributeStatistics, AttributeTable } from './attribute-statistics.ts';
import type { AttributeDescription, TimesDescription } from './description.ts';
import { MIN_SHARED } from './kind-groups.ts';
import { isInCapitals } from './labels.ts';
import { meaningOf } from './meaning.ts';
import { type ConstantCandidate, type Pattern, patternOf } from './pattern.ts';
import type { RecentPeople } from './people.ts';
import { isExpiry, isPersonal, wordsOf } from './vocabulary.ts';

/** What decides how an attribute is described, and what of it may be shown. */
export interface Context {
  readonly keys: readonly string[];
  readonly typeAttribute: string | null;
  readonly people: RecentPeople;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Items of the kind. */
  readonly items: number;
  /** Names that fewer items have are not told: those in maps may be data, as in votes by user. */
  readonly mostOf: number;
}

/** What names of attributes are made of; others are data, such as an id. */
const NAME = /^[A-Za-z_$@:][\w$:.\- /]{0,127}$/;
/** Of the maps, for a name in them. */
const MOST = 0.6;

const MANY_DIGITS = /\d.*\d.*\d/;

/** The attributes that enough items share to be told, in the order of their names, the key first. */
export const describeAttributes = (table: AttributeTable, context: Context): AttributeDescription[] =>
  [...table.byName]
    .filter(([name, statistics]) => isShown(name, statistics, context))
    .map(([name, statistics]) => describeAttribute(name, statistics, context))
    .sort((a, b) => rank(a, context) - rank(b, context) || compareText(a.name, b.name));

const rank = ({ name }: AttributeDescription, { keys }: Context): number => {
  const place = keys.indexOf(name);
  return place === -1 ? keys.length : place;
};

/** Names are data too: one that hardly any item has, or that is somebody's, is not told. */
function isShown(name: string, { items }: AttributeStatistics, { keys, people, mostOf }: Context): boolean {
  if (keys.includes(name)) return true;
  if (!NAME.test(name) || MANY_DIGITS.test(name) || people.has(name)) return false;
  return items >= MIN_SHARED ? items >= mostOf : isExpiry(name) && mostOf === 0;
}

/** What the table has of attributes that are not described. */
export const unnamedIn = ({ byName, unnamed }: AttributeTable, described: readonly AttributeDescription[]): number =>
  [...byName].reduce(
    (sum, [name, { items }]) => (described.some((one) => one.name === name) ? sum : sum + items),
    unnamed,
  );

function describeAttribute(name: string, statistics: AttributeStatistics, context: Context): AttributeDescription {
  const { keys, typeAttribute, items, now } = context;
  const { types, distinct, members } = statistics;
  const pattern = textPattern(name, statistics, context);
  const described =
    members === undefined
      ? []
      : describeAttributes(members, {
          ...context,
          keys: [],
          mostOf: (types.get('M') ?? 0) * MOST,
        });
  return {
    name,
    items: statistics.items,
    share: items === 0 ? 0 : statistics.items / items,
    types: [...types]
      .map(([type, count]) => ({ type, items: count }))
      .sort((a, b) => b.items - a.items || compareText(a.type, b.type)),
    isKey: keys.includes(name),
    meaning: name === typeAttribute ? 'type' : meaningOf(name, statistics, pattern, now),
    pattern,
    values:
      distinct === undefined
        ? null
        : { count: Math.min(distinct.estimate, statistics.items), isExact: distinct.isExact },
    times: timesOf(statistics),
    fractions: statistics.fractions,
    inexactNumbers: statistics.inexactNumbers,
    members: described,
    unnamedMembers: members === undefined ? 0 : unnamedIn(members, described),
  };
}

function textPattern(
  name: string,
  { shapes, isPersonal: isNamedSo }: AttributeStatistics,
  context: Context,
): Pattern | null {
  if (shapes === undefined) return null;
  const { keys, people, typeAttribute } = context;
  return patternOf(shapes.root, (candidate) => {
    if (!mayBeConstant(candidate, people)) return false;
    if (!candidate.isWhole) return true;
    // One value is as good as somebody's as anything, but where it names the kind.
    if (name === typeAttribute) return true;
    return keys.includes(name) && !isNamedSo && (name !== keys[0] || isInCapitals(candidate.word));
  });
}

/** A word that several items share, that is nobody's, and does not stand where people do. */
export function mayBeConstant(
  { word, count, label }: Pick<ConstantCandidate, 'word' | 'count' | 'label'>,
  people: RecentPeople,
): boolean {
  if (word === '') return true;
  if (count < MIN_SHARED || people.has(word)) return false;
  const isGeneral = isPersonal(word) && wordsOf(word).length === 1;
  return label === null || !isPersonal(label) || isGeneral;
}

const timesOf = ({ times }: AttributeStatistics): TimesDescription[] =>
  [...times]
    .map(([form, { items, from, to, longPast, ancient }]) => ({
      form,
      items,
      range: items < MIN_SHARED ? null : { from, to },
      longPast,
      ancient,
    }))
    .sort((a, b) => b.items - a.items || compareText(a.form, b.form));
