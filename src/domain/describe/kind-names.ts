import { isSegment, type Pattern } from './pattern.ts';

/*
 * Short names for kinds that bear none, from the constants in their keys: `ORDER` for `USER#…` and `ORDER#…`, `cart` for
 * `cart-…` and `user-…`. Which constant it is, is not known: that place is taken that tells most items apart.
 */

/** A kind that bears no name. */
export interface Nameless {
  /** By key attribute, the constants of its pattern. */
  readonly keys: readonly (Pattern | null)[];
  readonly items: number;
}

/** What stands in keys where there is nothing to say. */
const GENERAL = /^(?:meta|metadata|info|details|data|main|root|self|index)$/i;

const wordsIn = (pattern: Pattern | null): string[][] =>
  (pattern?.parts ?? [])
    .filter((part): part is string => !isSegment(part))
    .map((literal) => literal.split(/[^A-Za-z0-9]+/).filter((word) => word !== ''))
    .filter((words) => words.length > 0);

type Naming = (keys: readonly string[][][]) => string | undefined;

const specific = (groups: readonly string[][] | undefined): string[][] =>
  (groups ?? []).filter(([word = '']) => !GENERAL.test(word));

const namings: readonly Naming[] = [
  (keys) => specific([...keys].reverse().find((groups) => specific(groups).length > 0)).at(-1)?.[0],
  (keys) => specific(keys[0])[0]?.[0],
  (keys) => specific(keys[0]).at(-1)?.[0],
];

/**
 * Names that are different from each other and from those that are taken.
 * @param kinds the largest first: of several that could be called the same, it is
 */
export function nameKinds(kinds: readonly Nameless[], taken: readonly string[]): string[] {
  const words = kinds.map(({ keys }) => keys.map(wordsIn));
  const byNaming = namings.map((naming) => words.map((keys) => naming(keys)));
  const [best = []] = [...byNaming].sort((a, b) => itemsTold(b, kinds) - itemsTold(a, kinds));
  const used = new Map<string, readonly string[]>(taken.map((name) => [name, []]));
  return best.map((name, index) => {
    const all = words[index]?.flat(2) ?? [];
    const unique = firstFree(name ?? (all.join(' ') || 'item'), all, used);
    used.set(unique, all);
    return unique;
  });
}

/** Of each name the items of the largest kind that it names. */
function itemsTold(names: readonly (string | undefined)[], kinds: readonly Nameless[]): number {
  const told = new Map<string, number>();
  names.forEach((name, index) => {
    if (name !== undefined) told.set(name, Math.max(told.get(name) ?? 0, kinds[index]?.items ?? 0));
  });
  return [...told.values()].reduce((sum, items) => sum + items, 0);
}

/** The name; with a word that whoever has it already lacks; or with a number. */
function firstFree(name: string, words: readonly string[], used: ReadonlyMap<string, readonly string[]>): string {
  const holder = used.get(name);
  if (holder === undefined) return name;
  const own = words.filter((word) => word !== name && !holder.includes(word)).map((word) => `${name} ${word}`);
  const free = own.find((candidate) => !used.has(candidate));
  if (free !== undefined) return free;
  for (let number = 2; ; number++) if (!used.has(`${name} ${number}`)) return `${name} ${number}`;
}
