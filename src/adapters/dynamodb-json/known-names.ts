import { type Kernel, NOWHERE } from './kernel.ts';

/** In the place of a number that has not been asked for. */
const UNKNOWN = -2;

/**
 * The numbers of names that the kernel knows, by their place there: so a name that comes again is neither decoded nor
 * hashed. The names of one file: the kernel may know them from an earlier one, whose numbers were others.
 */
export class KnownNames {
  readonly #kernel: Kernel;
  readonly #numberOf: (name: string) => number;
  readonly #unnamed: string;
  readonly #numbers: Int32Array;

  /** @param unnamed the name where the kernel tells none: it has a place behind all others */
  constructor(kernel: Kernel, numberOf: (name: string) => number, unnamed: string) {
    this.#kernel = kernel;
    this.#numberOf = numberOf;
    this.#unnamed = unnamed;
    this.#numbers = new Int32Array(kernel.knownPlaces + 1).fill(UNKNOWN);
  }

  /** The number of the name that the kernel knows at this place. */
  at(place: number): number {
    const number = this.#numbers[place] as number;
    return number === UNKNOWN ? this.#ask(place) : number;
  }

  /** The number of a name that the kernel did not know; from now on it does, if it has a place. */
  learn(place: number, name: string): number {
    if (place === NOWHERE) return this.#numberOf(name);
    this.#kernel.knownTexts[place] = name;
    return this.#ask(place);
  }

  /** To be called where the place is given to another name. */
  forget(place: number): void {
    if (place !== NOWHERE) this.#numbers[place] = UNKNOWN;
  }

  #ask(place: number): number {
    const { knownTexts, knownPlaces } = this.#kernel;
    const number = this.#numberOf(place === knownPlaces ? this.#unnamed : (knownTexts[place] as string));
    this.#numbers[place] = number;
    return number;
  }
}
