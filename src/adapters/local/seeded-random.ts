const UINT32 = 2 ** 32;
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Random numbers that are the same for the same seed, on every machine: mulberry32, integer arithmetic only.
 * @see https://github.com/cprosche/mulberry32
 */
export class SeededRandom {
  #state: number;

  /** @param seed any whole number; its lowest 32 bits count */
  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 inclusive to 1 exclusive. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32;
  }

  /** A whole number, both bounds inclusive. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws RangeError where there is nothing to pick from */
  pick<T>(choices: readonly T[]): T {
    if (choices.length === 0) throw new RangeError('nothing to pick from');
    return choices[this.int(0, choices.length - 1)] as T;
  }

  /** Lower-case letters and digits of Crockford's base 32. */
  id(length: number): string {
    return this.text(ALPHABET, length);
  }

  /** Characters of an alphabet. */
  text(alphabet: string, length: number): string {
    let text = '';
    while (text.length < length) text += alphabet.charAt(this.int(0, alphabet.length - 1));
    return text;
  }
}
