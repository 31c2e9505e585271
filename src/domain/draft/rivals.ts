import type { ConditionInput, ConditionsInput } from '../define-table.ts';
import type { AttributeDescription, KindDescription } from '../describe/description.ts';
import { isSegment, type Pattern, type Segment } from '../describe/pattern.ts';
import { escapedPath } from './paths.ts';
import { hasLiteral, takenParts } from './templates.ts';

/*
 * A definition tells kinds apart by templates on their keys. A template's holes take more than was seen where they stand, so
 * that one kind's may take the items of another too, which then has to be ruled out.
 */

/** A key that is one hole and no more is like any other. */
export const isTelling = ({ isKey, pattern }: Pick<AttributeDescription, 'isKey' | 'pattern'>): boolean =>
  isKey && pattern !== null && hasLiteral(pattern);

/** Kinds of whose items a kind's templates take some too. */
export const rivalsOf = (kind: KindDescription, kinds: readonly KindDescription[]): KindDescription[] =>
  kinds.filter(
    (other) =>
      other !== kind &&
      other.type === null &&
      kind.attributes
        .filter(isTelling)
        .every(({ name, pattern }) => pattern !== null && takes(pattern, patternIn(other, name))),
  );

const patternIn = ({ attributes }: KindDescription, key: string): Pattern | null =>
  attributes.find(({ name }) => name === key)?.pattern ?? null;

/** Constants, each separator on its own, and what stands between. */
const atomsOf = (parts: readonly (string | Segment)[]): (string | Segment)[] =>
  parts.flatMap<string | Segment>((part) =>
    isSegment(part) ? part : part.split(/([^A-Za-z0-9])/).filter((text) => text !== ''),
  );

const STRONG = /[#|~:/]/;

/** Whether a template of one pattern matches texts of the other. */
function takes(own: Pattern, other: Pattern | null): boolean {
  if (other === null) return false;
  const [template, text] = [atomsOf(takenParts(own)), atomsOf(other.parts)];
  for (const [at, wanted] of template.entries()) {
    const given = text[at];
    const isLast = at === template.length - 1;
    // What was seen as one id may have more parts.
    if (given === undefined) return isSegment(text.at(-1) ?? '') && !STRONG.test(`${isSegment(wanted) ? '' : wanted}`);
    if (isSegment(wanted)) {
      if (isLast) return !text.slice(at).some((atom) => !isSegment(atom) && STRONG.test(atom));
    } else if (isSegment(given) ? !canBe(given, wanted) : given !== wanted) return false;
  }
  return text.length === template.length;
}

const canBe = ({ words, form }: Segment, word: string): boolean =>
  words?.has(word) ?? (form === 'word' || form === 'id' || form === 'text');

/** A condition on a key that tells nothing of the kind itself but all of its rivals; undefined where there is none. */
export function ruledOut(kind: KindDescription, rivals: readonly KindDescription[]): ConditionsInput | undefined {
  for (const key of kind.attributes.filter((one) => one.isKey && !isTelling(one))) {
    const condition = conditionOn(rivals.map((rival) => patternIn(rival, key.name)?.parts ?? []));
    if (condition !== undefined) return { [escapedPath([key.name])]: { not: condition } };
  }
  return undefined;
}

/** What all of these have, and hardly anything else. */
function conditionOn(patterns: readonly Pattern['parts'][]): ConditionInput | undefined {
  const beginnings = new Set(patterns.map(([first]) => first));
  const texts = [...beginnings].filter((first) => typeof first === 'string');
  if (texts.length === 0 || texts.length < beginnings.size) return undefined;
  if (patterns.every(({ length }) => length === 1)) return { oneOf: texts };
  const [only = ''] = texts;
  return texts.length === 1 ? { startsWith: only } : undefined;
}
