import { isSegment, type Pattern } from './pattern.ts';

/*
 * Short names for kinds that bear none, from the constants in their keys: `ORDER` for `USER#…` and `ORDER#…`, `cart` for
 * `cart-…` and `user-…`. Which constant it is, is not known: that place is taken that tells most kinds apart.
 */

/** By key attribute, the constants of its pattern. */
export type KeyPatterns = readonly (Pattern | null)[];

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

/** Names that are different from each other and from those that are taken. */
export function nameKinds(kinds: readonly KeyPatterns[], taken: readonly string[]): string[] {
  const words = kinds.map((keys) => keys.map(wordsIn));
  const byNaming = namings.map((naming) => words.map((keys) => naming(keys)));
  const [best = []] = [...byNaming].sort((a, b) => distinctIn(b) - distinctIn(a));
  const used = new Set(taken);
  return best.map((name, index) => {
    const keys = words[index] ?? [];
    const isAlone = best.filter((other) => other === name).length === 1;
    const all = keys.flat(2).join(' ');
    const unique = firstFree(isAlone && name !== undefined ? name : all || 'item', used);
    used.add(unique);
    return unique;
  });
}

const distinctIn = (names: readonly (string | undefined)[]): number =>
  new Set(names.filter((name) => name !== undefined)).size;

function firstFree(name: string, used: ReadonlySet<string>): string {
  if (!used.has(name)) return name;
  for (let number = 2; ; number++) if (!used.has(`${name} ${number}`)) return `${name} ${number}`;
}
