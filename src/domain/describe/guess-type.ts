import { isLabel } from './labels.ts';
import type { SampledItem } from './sampled-item.ts';
import { tokensOf } from './text-shape.ts';
import { isPersonal, isState, isTypeName } from './vocabulary.ts';

/*
 * Which attribute says what an item is. It is there in nearly all items and has few values, each a label; and either it is
 * called so, or it goes with what the items are made of: all items of one make have the same value, and there are several.
 */

const MIN_SHARE = 0.8;
const MAX_VALUES_BY_NAME = 256;
const MAX_VALUES = 64;
/** A value that hardly any two items share tells no kind. */
const MIN_ITEMS_A_VALUE = 3;
const MIN_PURITY = 0.98;
/** So many values may be no labels: a fault has written them. */
const MAX_ODD_SHARE = 0.01;

/** Null where there is none. */
export function guessTypeAttribute(items: readonly SampledItem[], keys: readonly string[]): string | null {
  const candidates = [...new Set(items.flatMap((item) => [...item.keys()]))]
    .filter((name) => !keys.includes(name) && !isPersonal(name) && !isState(name))
    .flatMap((name) => candidateOf(name, items) ?? []);
  const named = candidates.filter(({ name }) => isTypeName(name));
  const telling = candidates.filter(
    ({ name, values }) => values > 1 && values <= MAX_VALUES && tells(name, items, keys),
  );
  return mostUsed(named) ?? mostUsed(telling) ?? null;
}

interface Candidate {
  readonly name: string;
  readonly share: number;
  readonly values: number;
}

const mostUsed = (candidates: readonly Candidate[]): string | undefined =>
  [...candidates].sort((a, b) => b.share - a.share || a.values - b.values)[0]?.name;

function candidateOf(name: string, items: readonly SampledItem[]): Candidate | undefined {
  const values = new Set<string>();
  let has = 0;
  let others = 0;
  for (const item of items) {
    const value = item.get(name);
    if (value?.type === 'S' && isLabel(value.text)) {
      has++;
      values.add(value.text);
      if (values.size > MAX_VALUES_BY_NAME) return undefined;
    } else if (value !== undefined) others++;
  }
  const share = has / items.length;
  const isOdd = others > has * MAX_ODD_SHARE;
  if (isOdd || share < MIN_SHARE || has < values.size * MIN_ITEMS_A_VALUE) return undefined;
  return { name, share, values: values.size };
}

/** Whether items that are made alike have the same value, and those whose keys begin alike too. */
const tells = (name: string, items: readonly SampledItem[], keys: readonly string[]): boolean =>
  [
    (item: SampledItem) => JSON.stringify([...item.keys()].filter((other) => other !== name).sort()),
    ...keys.map((key) => (item: SampledItem) => tokensOf(item.get(key)?.text ?? '')[0]?.word ?? ''),
  ].every((makeOf, index) => isDecidedBy(makeOf, name, items) ?? index > 0);

/** Undefined where nearly every item is made in a way of its own: then each way has one value and tells nothing. */
function isDecidedBy(
  makeOf: (item: SampledItem) => string,
  name: string,
  items: readonly SampledItem[],
): boolean | undefined {
  const byMake = new Map<string, Map<string, number>>();
  let has = 0;
  for (const item of items) {
    const value = item.get(name)?.text;
    if (value === undefined) continue;
    has++;
    const make = makeOf(item);
    const values = byMake.get(make) ?? new Map<string, number>();
    byMake.set(make, values.set(value, (values.get(value) ?? 0) + 1));
  }
  if (byMake.size * MIN_ITEMS_A_VALUE > has || byMake.size === 1) return undefined;
  let pure = 0;
  for (const values of byMake.values()) pure += Math.max(...values.values());
  return pure / has >= MIN_PURITY;
}
