/** What holes took, by name. */
export type Taken = ReadonlyMap<string, string>;

interface Hole {
  readonly name: string;
  readonly mayTakeSeparator: boolean;
}

type Part = string | Hole;

/** A template's literals and holes, in turn. */
function partsOf(template: string): Part[] {
  return template.split(/(\$\{[A-Za-z][A-Za-z0-9]*\*?\})/).flatMap((text, index): Part[] => {
    if (index % 2 === 0) return text === '' ? [] : [text];
    const inside = text.slice(2, -1);
    return [{ name: inside.replace('*', ''), mayTakeSeparator: inside.endsWith('*') }];
  });
}

export const holesOf = (template: string): string[] =>
  partsOf(template).flatMap((part) => (typeof part === 'string' ? [] : [part.name]));

/**
 * What the holes take of a text; undefined where it does not match. A hole that has taken something before, here or in
 * another attribute of the activity, has to take the same again.
 */
export function match(template: string, text: string, separator: string | undefined, before: Taken): Taken | undefined {
  const taken = new Map(before);
  const parts = partsOf(template);
  let rest = text;
  for (const [index, part] of parts.entries()) {
    const piece = typeof part === 'string' ? part : upTo(parts[index + 1] as string | undefined, rest);
    if (piece === undefined || !rest.startsWith(piece)) return undefined;
    rest = rest.slice(piece.length);
    if (typeof part === 'string') continue;
    if (piece === '') return undefined;
    if (!part.mayTakeSeparator && separator !== undefined && piece.includes(separator)) return undefined;
    if (taken.has(part.name) && taken.get(part.name) !== piece) return undefined;
    taken.set(part.name, piece);
  }
  return rest === '' ? taken : undefined;
}

/** All before the first occurrence of the literal, or all where none follows; undefined where it does not occur. */
function upTo(literal: string | undefined, text: string): string | undefined {
  if (literal === undefined) return text;
  const end = text.indexOf(literal);
  return end === -1 ? undefined : text.slice(0, end);
}
