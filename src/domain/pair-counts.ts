/** The second number of a pair is below this; the first one below 2^27, so that both fit into a number exactly. */
const MINOR_LIMIT = 2 ** 26;

const FIRST_SLOTS = 1 << 4;

/**
 * A count for each pair of whole numbers: a hash table with open addressing, in one array. A count costs 16 to 48 bytes
 * and one look into memory, where Maps in Maps take several times as much of both.
 */
export class PairCounts {
  /** Two numbers a slot: the pair as one number, plus 1 (0 where the slot is free), and its count. */
  #slots = new Float64Array(2 * FIRST_SLOTS);
  #size = 0;

  add(major: number, minor: number, times: number): void {
    const at = this.#find(major, minor);
    const slots = this.#slots;
    if (slots[at] === 0) {
      slots[at] = major * MINOR_LIMIT + minor + 1;
      this.#size++;
    }
    (slots[at + 1] as number) += times;
    if (this.#size * 3 > slots.length) this.#grow();
  }

  /** Calls `see` for each pair, in no promised order. */
  forEach(see: (major: number, minor: number, times: number) => void): void {
    const slots = this.#slots;
    for (let at = 0; at < slots.length; at += 2) {
      const pair = (slots[at] as number) - 1;
      if (pair >= 0) see(Math.floor(pair / MINOR_LIMIT), pair % MINOR_LIMIT, slots[at + 1] as number);
    }
  }

  /** Where the pair is, or the free slot where it belongs. */
  #find(major: number, minor: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const pair = major * MINOR_LIMIT + minor + 1;
    const hash = Math.imul(Math.imul(minor, 0x9e3779b1) ^ major, 0x85ebca6b);
    for (let at = ((hash ^ (hash >>> 15)) << 1) & mask; ; at = (at + 2) & mask) {
      if (slots[at] === pair || slots[at] === 0) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Float64Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const pair = (old[at] as number) - 1;
      if (pair < 0) continue;
      const slot = this.#find(Math.floor(pair / MINOR_LIMIT), pair % MINOR_LIMIT);
      this.#slots[slot] = pair + 1;
      this.#slots[slot + 1] = old[at + 1] as number;
    }
  }
}
