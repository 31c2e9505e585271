import { guessKeys, partitionKeyFirst } from './guess-keys.ts';
import { guessTypeAttribute } from './guess-type.ts';
import type { ObservedItem, ObservedRecord } from './observed.ts';
import type { ReadingPlan } from './reading-plan.ts';
import type { SampledItem } from './sampled-item.ts';

/** Keys have up to 2,048 bytes; what is longer than this tells nothing about the form of any. */
const MAX_TEXT = 300;

/** The first records of some files of an export, as far as they tell how to read it. */
export class Sample {
  readonly #items: SampledItem[] = [];
  #keys: readonly string[] | null = null;

  add({ keys, image, old }: ObservedRecord): void {
    if (keys !== null) this.#keys ??= keys.attributes.map(({ name }) => name);
    const known = image ?? old;
    if (known !== null) this.#items.push(sampled(known));
  }

  plan(): ReadingPlan {
    const keys = this.#keys === null ? guessKeys(this.#items) : partitionKeyFirst(this.#keys);
    return { keys, areKeysTold: this.#keys !== null, typeAttribute: guessTypeAttribute(this.#items, keys) };
  }
}

const sampled = ({ attributes }: ObservedItem): SampledItem =>
  new Map(attributes.map(({ name, type, text }) => [name, { type, text: text.slice(0, MAX_TEXT) }]));
