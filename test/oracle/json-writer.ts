import type { SeededRandom } from './seeded-random.ts';

/** A JSON value whose objects keep their order and may name a key twice. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject | JsonText;

export interface JsonObject {
  readonly entries: readonly (readonly [string, Json])[];
}

/** Text that goes into the line as it stands. */
export interface JsonText {
  readonly text: string;
}

export const object = (...entries: (readonly [string, Json])[]): JsonObject => ({ entries });

/** How far a line strays from what `JSON.stringify` would write; each is legal JSON all the same. */
export interface WritingStyle {
  /** Probability of white space at a place where JSON allows it. */
  readonly space: number;
  /** Probability that a character of a key or a string is escaped although it need not be. */
  readonly escape: number;
}

export const plain: WritingStyle = { space: 0, escape: 0 };

/** Writes JSON in every way that the grammar allows: escapes, white space and order as chance has it. */
export class JsonWriter {
  readonly #random: SeededRandom;
  readonly #style: WritingStyle;

  constructor(random: SeededRandom, style: WritingStyle) {
    this.#random = random;
    this.#style = style;
  }

  write(value: Json): string {
    if (typeof value === 'string') return this.#string(value);
    if (value === null || typeof value !== 'object') return String(value);
    if (isList(value)) return this.#list(value.map((item) => this.write(item)));
    return 'text' in value ? value.text : this.#object(value);
  }

  #object({ entries }: JsonObject): string {
    const members = entries.map(
      ([key, item]) => `${this.#string(key)}${this.#space()}:${this.#space()}${this.write(item)}`,
    );
    return `{${this.#joined(members)}}`;
  }

  #list(items: string[]): string {
    return `[${this.#joined(items)}]`;
  }

  #joined(parts: string[]): string {
    return `${this.#space()}${parts.join(`${this.#space()},${this.#space()}`)}${this.#space()}`;
  }

  #space(): string {
    // A carriage return inside a line is white space like any other; a line feed would end the line.
    return this.#random.chance(this.#style.space) ? this.#random.pick([' ', '  ', '\t', '\r', ' \t ']) : '';
  }

  #string(value: string): string {
    const chars = [...value].map((char) =>
      this.#random.chance(this.#style.escape) ? escaped(char, this.#random) : asIs(char),
    );
    return `"${chars.join('')}"`;
  }
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** As `JSON.stringify` writes one character, without its quotes. */
const asIs = (char: string): string => JSON.stringify(char).slice(1, -1);

const unicodeEscape = (char: string, upper: boolean): string =>
  char
    .split('')
    .map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
    .map((hex) => `\\u${upper ? hex.toUpperCase() : hex}`)
    .join('');

const escaped = (char: string, random: SeededRandom): string =>
  char === '/' && random.chance(0.5) ? '\\/' : unicodeEscape(char, random.chance(0.5));
