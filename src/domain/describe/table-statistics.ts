import type { Surroundings } from './attribute-statistics.ts';
import { KindStatistics, kindLeaves } from './kind-statistics.ts';
import { isLabel } from './labels.ts';
import { attributeOf, keyTokens, type ObservedItem, type ObservedRecord } from './observed.ts';
import { RecentPeople } from './people.ts';
import type { ReadingPlan } from './reading-plan.ts';
import { ShapeTree } from './shape-tree.ts';

/** Kinds that are told apart while reading; the rest is one. */
const MAX_KINDS = 512;

/**
 * What the items of an export were like, by kind, in memory that does not grow with them: by the attribute that says what an
 * item is, if there is one, else by the shape of the key. A commutative monoid, as long as the kinds are not too many.
 */
export class TableStatistics {
  readonly typed = new Map<string, KindStatistics>();
  readonly shaped = new ShapeTree<KindStatistics>(MAX_KINDS, kindLeaves);
  readonly surroundings: Surroundings;
  /** Lines that are no record. */
  malformed = 0;

  /** @param now the moment that the export is of, epoch milliseconds */
  constructor(
    readonly plan: ReadingPlan,
    now: number,
  ) {
    this.surroundings = { now, people: new RecentPeople() };
  }

  add(record: ObservedRecord): void {
    const known = record.image ?? record.old ?? record.keys;
    if (known === null) this.addMalformed();
    else this.#kindOf(known).add(record, this.surroundings);
  }

  addMalformed(): void {
    this.malformed++;
  }

  #kindOf(item: ObservedItem): KindStatistics {
    const { keys, typeAttribute } = this.plan;
    const type = typeAttribute === null ? undefined : attributeOf(item, typeAttribute);
    return (
      (type?.type === 'S' && isLabel(type.text) ? this.#ofType(type.text) : undefined) ??
      this.shaped.leafOf(keys.map((name) => keyTokens(attributeOf(item, name))))
    );
  }

  #ofType(type: string): KindStatistics | undefined {
    const known = this.typed.get(type);
    if (known !== undefined || this.typed.size >= MAX_KINDS) return known;
    const statistics = new KindStatistics();
    this.typed.set(type, statistics);
    return statistics;
  }

  /** Puts that of other files of the export to this; the other must not be used any more. */
  merge(other: TableStatistics): void {
    this.malformed += other.malformed;
    this.surroundings.people.merge(other.surroundings.people);
    this.shaped.merge(other.shaped);
    for (const [type, statistics] of other.typed) {
      const own = this.#ofType(type);
      if (own === undefined) this.shaped.leafOf([]).merge(statistics);
      else own.merge(statistics);
    }
  }
}
