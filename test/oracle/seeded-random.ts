import { seededRandom } from '../support/seeded-random.ts';

/** Random choices that a seed repeats, with what it takes to make whole exports. */
export class SeededRandom {
  readonly #random: ReturnType<typeof seededRandom>;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** An integer in [from, to], both inclusive. */
  int(from: number, to: number): number {
    return from + this.#random.below(to - from + 1);
  }

  chance(probability: number): boolean {
    return this.#random.chance(probability);
  }

  pick<T>(options: readonly T[]): T {
    if (options.length === 0) throw new RangeError('nothing to pick from');
    return this.#random.pick(options);
  }

  shuffled<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, at: this.#random.next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item);
  }
}
