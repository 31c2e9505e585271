import type { SampledItem } from './sampled-item.ts';
import { isTime, wordsOf } from './vocabulary.ts';

/*
 * Which attributes the key of a table is made of: an export does not say so of a full one. Every item has them, of one type
 * that keys may be of, and no two items have the same.
 */

const PARTITION_KEY = /^(?:pk|hk|hash_?key|partition_?key)$/i;
const SORT_KEY = /^(?:sk|rk|range_?key|sort_?key)$/i;

/** One or two, the partition key first; none where no attribute can be one. */
export function guessKeys(items: readonly SampledItem[]): string[] {
  const candidates = everywhere(items);
  const partition = candidates.find((name) => PARTITION_KEY.test(name));
  const sort = candidates.find((name) => SORT_KEY.test(name));
  if (partition !== undefined && sort !== undefined) return [partition, sort];
  const ranked = [...candidates].sort((a, b) => rank(b) - rank(a));
  const single = ranked.find((name) => isUnique(items, [name]));
  if (single !== undefined && rank(single) >= 0) return [single];
  const pair = pairsOf(ranked).find((names) => isUnique(items, names));
  return pair ?? ranked.slice(0, 1);
}

/** The names of a key that an export tells: in no order, so that only the names themselves may say which comes first. */
export const partitionKeyFirst = (keys: readonly string[]): string[] =>
  [...keys].sort((a, b) => Number(SORT_KEY.test(a)) - Number(SORT_KEY.test(b)));

/** Attributes that all have, of one type. */
function everywhere(items: readonly SampledItem[]): string[] {
  const [first, ...rest] = items;
  if (first === undefined) return [];
  return [...first]
    .filter(([, { type }]) => type === 'S' || type === 'N' || type === 'B')
    .filter(([name, { type }]) => rest.every((item) => item.get(name)?.type === type))
    .map(([name]) => name);
}

/** Names that sound like keys first, times last: two things seldom happen in one millisecond. */
function rank(name: string): number {
  if (PARTITION_KEY.test(name)) return 3;
  const last = wordsOf(name).at(-1) ?? '';
  if (last === 'id' || last === 'key') return 2;
  if (SORT_KEY.test(name)) return 1;
  return isTime(name) ? -1 : 0;
}

const pairsOf = (names: readonly string[]): string[][] =>
  names.flatMap((first, index) => names.slice(index + 1).map((second) => [first, second]));

const isUnique = (items: readonly SampledItem[], names: readonly string[]): boolean =>
  new Set(items.map((item) => JSON.stringify(names.map((name) => item.get(name)?.text)))).size === items.length;
