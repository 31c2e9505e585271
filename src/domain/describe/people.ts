import { hashOf } from './distinct.ts';
import type { Token } from './text-shape.ts';
import { isPersonal, wordsOf } from './vocabulary.ts';

/** Slots of four bytes. */
const SLOTS = 2 ** 16;

/**
 * Remembers who was seen last where people stand, by their hash alone and in bounded memory: enough to know those again who
 * come so often that they look like a constant elsewhere, which are the ones that must not be shown.
 */
export class RecentPeople {
  readonly #hashes = new Uint32Array(SLOTS);

  add(person: string): void {
    const hash = hashOf(person.toLowerCase());
    this.#hashes[hash % SLOTS] = hash;
  }

  /** Whether a text is somebody, or names somebody among other words. */
  has(text: string): boolean {
    return [text, ...text.split(/[^\p{L}\d]+/u)].some((part) => {
      const hash = hashOf(part.toLowerCase());
      return part !== '' && this.#hashes[hash % SLOTS] === hash;
    });
  }

  merge(other: RecentPeople): void {
    other.#hashes.forEach((hash, slot) => {
      if (hash !== 0) this.#hashes[slot] = hash;
    });
  }
}

/** Whether a word is one for people in general, such as `user`, and so nobody's name. */
const isGeneral = (word: string): boolean => isPersonal(word) && wordsOf(word).length === 1;

/**
 * Remembers who a text names: what is no constant is never shown, so that words are enough, behind a word for people or at
 * the end of an attribute with such a name.
 */
export function notePeople(
  people: RecentPeople,
  text: string,
  tokens: readonly Token[],
  isPersonalAttribute: boolean,
): void {
  if (isPersonalAttribute && tokens.length === 1) people.add(text);
  for (let at = 0; at < tokens.length; at++) {
    const word = tokens[at]?.word ?? '';
    if (word === '' || isGeneral(word)) continue;
    const before = tokens[at - 1]?.word ?? '';
    const isLast = at > 0 && at === tokens.length - 1;
    if ((isPersonalAttribute && isLast) || (before !== '' && isPersonal(before))) people.add(word);
  }
}
