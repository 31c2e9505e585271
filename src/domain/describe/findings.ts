import type { AttributeDescription, KindDescription, TableDescription, TimesDescription } from './description.ts';

/*
 * What is likely a mistake in a table, or will surprise who reads it. Of the time to live:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-before-you-start.html
 */

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export const MAX_ITEM_BYTES = 400 * 1024;

export const findingCodes = [
  /** A time to live that is text: ignored. */
  'ttlText',
  /** A time to live in milliseconds, microseconds or nanoseconds: beyond all time. */
  'ttlTooFine',
  /** A time to live that is no time at all, such as a number of seconds to live. */
  'ttlNoTime',
  /** A time to live of more than five years ago: ignored. */
  'ttlAncient',
  /** A time to live that was over days before, and yet the item is there. */
  'ttlOverdue',
  /** Numbers of more digits than a double holds. */
  'inexactNumbers',
  /** An attribute of several types. */
  'mixedTypes',
  /** Times that are written in several forms. */
  'mixedTimes',
  /** Items near the limit. */
  'largeItems',
] as const;

export type FindingCode = (typeof findingCodes)[number];

export interface Finding {
  readonly code: FindingCode;
  readonly kind: string;
  /** Null where it is about the items as a whole. */
  readonly attribute: AttributeDescription | null;
  /** The attribute's name, with that of the map which it is in. */
  readonly path: string | null;
  /** How many items, or numbers, are so. */
  readonly count: number;
}

/** Those of the largest kinds first. */
export const findingsIn = ({ kinds }: TableDescription): Finding[] =>
  kinds.flatMap((kind) => [...largeItems(kind), ...kind.attributes.flatMap((one) => findingsOf(one, kind.name, ''))]);

const NEAR_THE_LIMIT = 0.8;

const largeItems = ({ name, largestBytes }: KindDescription): Finding[] =>
  largestBytes < MAX_ITEM_BYTES * NEAR_THE_LIMIT
    ? []
    : [{ code: 'largeItems', kind: name, attribute: null, path: null, count: largestBytes }];

function findingsOf(attribute: AttributeDescription, kind: string, prefix: string): Finding[] {
  const path = prefix + attribute.name;
  const found = [...expiryFindings(attribute, prefix !== ''), ...typeFindings(attribute)];
  const inside = attribute.members.flatMap((member) => findingsOf(member, kind, `${path}.`));
  // What is said of a member is not said of the map again.
  const own = found.filter(({ code }) => code !== 'inexactNumbers' || !inside.some((finding) => finding.code === code));
  return [...own.map(({ code, count }) => ({ code, kind, attribute, path, count })), ...inside];
}

interface Found {
  readonly code: FindingCode;
  readonly count: number;
}

const where = (code: FindingCode, count: number): Found[] => (count > 0 ? [{ code, count }] : []);

/** DynamoDB looks at attributes of the item itself, not inside of maps. */
function expiryFindings({ meaning, types, times }: AttributeDescription, isInside: boolean): Found[] {
  if (meaning !== 'ttl' || isInside) return [];
  const itemsOf = (wanted: string): number => types.find(({ type }) => type === wanted)?.items ?? 0;
  const numberTimes = times.filter(({ form }) => form.startsWith('epoch'));
  const seconds = numberTimes.find(({ form }) => form === 'epochSeconds');
  const tooFine = sum(numberTimes, ({ form, items }) => (form === 'epochSeconds' ? 0 : items));
  return [
    ...where('ttlText', itemsOf('S')),
    ...where('ttlTooFine', tooFine),
    ...where('ttlNoTime', itemsOf('N') - tooFine - (seconds?.items ?? 0)),
    ...where('ttlAncient', seconds?.ancient ?? 0),
    ...where('ttlOverdue', (seconds?.longPast ?? 0) - (seconds?.ancient ?? 0)),
  ];
}

const sum = (times: readonly TimesDescription[], count: (one: TimesDescription) => number): number =>
  times.reduce((total, one) => total + count(one), 0);

function typeFindings({ meaning, types, times, inexactNumbers, items }: AttributeDescription): Found[] {
  const given = types.filter(({ type }) => type !== 'NULL');
  const isMixed = given.length > 1;
  const odd = given.slice(1).reduce((total, one) => total + one.items, 0);
  const isTime = meaning === 'time' || meaning === 'ttl';
  return [
    ...(isTime && times.length > 1
      ? where('mixedTimes', items - (times[0]?.items ?? 0))
      : where('mixedTypes', isMixed ? odd : 0)),
    ...where('inexactNumbers', inexactNumbers),
  ];
}
