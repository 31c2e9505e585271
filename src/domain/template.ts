/*
 * Key templates such as `USER#${user}`: literal text and holes, as ElectroDB and OneTable write them.
 *
 * A hole takes one character or more, up to the first occurrence of the literal behind it, with no second try; at the end
 * of the template up to the end of the text. `${name}` never takes the separator, if the table has one; `${name*}` may.
 */

/** A part of a text that is taken out of it. */
export interface Hole {
  readonly name: string;
  /** What the text that it takes may not hold; empty where it may hold anything. */
  readonly without: string;
}

/** Literal text (never empty) and holes; no two holes stand side by side. */
export interface Template {
  /** As it was written. */
  readonly text: string;
  readonly parts: readonly (string | Hole)[];
}

/** What is wrong with a template. */
export interface TemplateProblem {
  readonly expected: string;
}

const HOLE = /\$\{([^}]*)\}?/g;
/** Of holes, activities and metrics alike. */
export const NAME = /^[A-Za-z][A-Za-z0-9]{0,63}$/;

export const isHole = (part: string | Hole): part is Hole => typeof part !== 'string';

export const holesOf = ({ parts }: Template): Hole[] => parts.filter(isHole);

/** Reads a template of a table whose keys are parted by `separator` (empty: by nothing). */
export function parseTemplate(text: string, separator: string): Template | TemplateProblem {
  const parts: (string | Hole)[] = [];
  let end = 0;
  for (const { 0: written, 1: inside = '', index } of text.matchAll(HOLE)) {
    if (index > end) parts.push(text.slice(end, index));
    else if (index > 0) return { expected: `literal text between two holes (before ${written})` };
    end = index + written.length;
    const takesAnything = inside.endsWith('*');
    const name = takesAnything ? inside.slice(0, -1) : inside;
    if (!written.endsWith('}') || !NAME.test(name)) return { expected: badHole(written) };
    parts.push({ name, without: takesAnything ? '' : separator });
  }
  if (end < text.length) parts.push(text.slice(end));
  return { text, parts };
}

const badHole = (written: string): string =>
  `holes such as \${user} or \${id*}: a letter, then up to 63 letters and digits (not ${written})`;

/**
 * Takes a text apart.
 * @param taken what holes of other templates have taken: one that bears the same name has to take the same
 * @returns what the holes have taken, with all of `taken`; undefined where the text is not of this form
 */
export function matchTemplate(
  { parts }: Template,
  text: string,
  taken: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined {
  let at = 0;
  let all: Map<string, string> | undefined;
  for (const [index, part] of parts.entries()) {
    if (!isHole(part)) {
      if (!text.startsWith(part, at)) return undefined;
      at += part.length;
      continue;
    }
    const behind = parts[index + 1] as string | undefined;
    const end = behind === undefined ? text.length : text.indexOf(behind, at);
    if (end <= at) return undefined;
    const value = text.slice(at, end);
    if (part.without !== '' && value.includes(part.without)) return undefined;
    if ((all ?? taken).has(part.name) && (all ?? taken).get(part.name) !== value) return undefined;
    all = (all ?? new Map(taken)).set(part.name, value);
    at = end;
  }
  return at === text.length ? (all ?? taken) : undefined;
}
