const FIRST_SLOTS = 1 << 4;
const MAX_WAITING = 64;

/** How often each user, told by a number, did a thing. Numbers and counts are below 2^32. */
export class UserCounts {
  /**
   * A hash table with open addressing, in one array: two numbers a slot, the user plus 1 (0 where the slot is free) and
   * the count. So a count costs 12 to 24 bytes and one look into memory, where a Map takes several times as much of both.
   */
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #size = 0;

  add(user: number, times: number): void {
    const at = this.#find(user);
    const slots = this.#slots;
    const isNew = slots[at] === 0;
    slots[at] = user + 1;
    (slots[at + 1] as number) += times;
    if (isNew && ++this.#size * 3 > slots.length) this.#grow();
  }

  /** Calls `see` for each user with their count, in no promised order. */
  forEach(see: (user: number, times: number) => void): void {
    const slots = this.#slots;
    for (let at = 0; at < slots.length; at += 2) {
      const user = slots[at] as number;
      if (user > 0) see(user - 1, slots[at + 1] as number);
    }
  }

  /** Where the user is, or the free slot where they belong. */
  #find(user: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const hash = Math.imul(user, 0x9e3779b1);
    for (let at = ((hash ^ (hash >>> 15)) << 1) & mask; ; at = (at + 2) & mask) {
      if (slots[at] === user + 1 || slots[at] === 0) return at;
    }
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 2) {
      const user = old[at] as number;
      if (user === 0) continue;
      const slot = this.#find(user - 1);
      this.#slots[slot] = user;
      this.#slots[slot + 1] = old[at + 1] as number;
    }
  }
}

/**
 * Counts that wait to be added, one each. What a count costs is the trip to its slot in memory: where many are added one
 * right behind the other, a processor makes several trips at once.
 */
export class WaitingCounts {
  readonly #tables: UserCounts[] = [];
  readonly #users = new Uint32Array(MAX_WAITING);
  #size = 0;

  add(table: UserCounts, user: number): void {
    this.#tables[this.#size] = table;
    this.#users[this.#size++] = user;
    if (this.#size === MAX_WAITING) this.flush();
  }

  flush(): void {
    for (let at = 0; at < this.#size; at++) (this.#tables[at] as UserCounts).add(this.#users[at] as number, 1);
    this.#size = 0;
  }
}
