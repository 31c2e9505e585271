/*
 * How many different texts there were, in bounded memory: the smallest hashes of all (Bar-Yossef et al., 2002, "k minimum
 * values"). Exact up to so many; beyond, as dense as these lie, to about an eighth.
 */
const KEPT = 64;
const HASHES = 2 ** 32;

/** Of a longer text its beginning, its end and its length. */
const HASHED_CHARACTERS = 64;

export class DistinctCounter {
  readonly #hashes = new Set<number>();
  #largest = -1;

  add(text: string): void {
    this.#addHash(hashOf(text));
  }

  #addHash(hash: number): void {
    if (this.#hashes.size === KEPT && hash >= this.#largest) return;
    this.#hashes.add(hash);
    if (this.#hashes.size > KEPT) this.#hashes.delete(this.#largest);
    if (this.#hashes.size >= KEPT) this.#largest = Math.max(...this.#hashes);
  }

  merge(other: DistinctCounter): void {
    for (const hash of other.#hashes) this.#addHash(hash);
  }

  get isExact(): boolean {
    return this.#hashes.size < KEPT;
  }

  /** So many different ones; about so many where it is not exact. */
  get estimate(): number {
    if (this.isExact) return this.#hashes.size;
    return Math.max(KEPT, Math.round((KEPT - 1) / ((this.#largest + 1) / HASHES)));
  }
}

/** FNV-1a, mixed at the end as in MurmurHash3, so that the smallest hashes are any texts'. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5 ^ text.length;
  const head = Math.min(text.length, HASHED_CHARACTERS);
  for (let at = 0; at < head; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  for (let at = Math.max(head, text.length - HASHED_CHARACTERS); at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
