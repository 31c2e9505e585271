import type { AttributeStatistics } from './attribute-statistics.ts';
import type { Meaning } from './description.ts';
import { isSegment, type Pattern } from './pattern.ts';
import { isAmount, isBirth, isExpiry, isPersonal, isTenant, isTime } from './vocabulary.ts';

/** So many of the values have to be of a form before it is believed. */
const MOST = 0.95;

/**
 * What an attribute is likely for, by its name and by what stands in it.
 * @param now the moment of the export, epoch milliseconds
 */
export function meaningOf(
  name: string,
  statistics: AttributeStatistics,
  pattern: Pattern | null,
  now: number,
): Meaning | null {
  const texts = statistics.types.get('S') ?? 0;
  const numbers = statistics.types.get('N') ?? 0;
  if (texts + numbers === 0) return null;
  if (isExpiry(name)) return 'ttl';
  if (looksLikeTime(name, statistics, now)) return 'time';
  if (numbers >= texts && isAmount(name)) return 'amount';
  if (texts > 0 && namesSomebody(name, pattern, statistics)) return 'user';
  if (texts > 0 && namesTenant(name, pattern)) return 'tenant';
  return null;
}

/** Times have a form of their own as text; of a number, its name or that it lies in the past must say so too. */
function looksLikeTime(name: string, { types, times }: AttributeStatistics, now: number): boolean {
  if (isBirth(name)) return false;
  const seen = [...times.values()].reduce((sum, { items }) => sum + items, 0);
  const possible = (types.get('S') ?? 0) + (types.get('N') ?? 0);
  if (seen < possible * MOST) return false;
  const isText = (types.get('N') ?? 0) === 0;
  return isText || isTime(name) || (times.size === 1 && [...times.values()].every(({ to }) => to <= now));
}

const labelsIn = (pattern: Pattern | null): string[] =>
  pattern?.parts.filter(isSegment).flatMap(({ label }) => label ?? []) ?? [];

/** Behind a word for people; or several are named by an attribute that is called so, and no constant says otherwise. */
function namesSomebody(name: string, pattern: Pattern | null, { distinct }: AttributeStatistics): boolean {
  const says = pattern?.parts.some((part) => !isSegment(part) && /[A-Za-z]/.test(part)) ?? false;
  return says ? labelsIn(pattern).some(isPersonal) : isPersonal(name) && (distinct?.estimate ?? 0) > 1;
}

function namesTenant(name: string, pattern: Pattern | null): boolean {
  const isBare = pattern?.parts.length === 1;
  return isBare ? isTenant(name) : labelsIn(pattern).some(isTenant);
}
