import { DistinctCounter } from './distinct.ts';
import type { AttributeType, ObservedAttribute } from './observed.ts';
import { notePeople, type RecentPeople } from './people.ts';
import { increment } from './shape-node.ts';
import { type LeafOperations, ShapeTree } from './shape-tree.ts';
import { tokensOf } from './text-shape.ts';
import { addTime, mergeTimes, type TimesByForm } from './time-counts.ts';
import { isExpiry, isPersonal } from './vocabulary.ts';

/** What all statistics of one export share. */
export interface Surroundings {
  /** The moment that the export is of, epoch milliseconds. */
  readonly now: number;
  readonly people: RecentPeople;
}

const MAX_SHAPES = 48;
const noLeaf: LeafOperations<null> = { create: () => null, merge: () => null };

/** What an attribute was like in the items of a kind. A commutative monoid, as long as its shapes are not too many. */
export class AttributeStatistics {
  items = 0;
  bytes = 0;
  /** Numbers that a double cannot hold, in it or inside of it. */
  inexactNumbers = 0;
  /** Numbers with digits behind the point. */
  fractions = 0;
  readonly types = new Map<AttributeType, number>();
  readonly times: TimesByForm = new Map();
  /** Of text; made where there is any, for most attributes are none. */
  shapes: ShapeTree<null> | undefined;
  distinct: DistinctCounter | undefined;
  /** Of maps. */
  members: AttributeTable | undefined;

  /** @param isPersonal whether its name says that it names people */
  constructor(readonly isPersonal: boolean) {}

  add(observed: ObservedAttribute, surroundings: Surroundings): void {
    const { type, text, bytes, time, inexactNumbers, members } = observed;
    this.items++;
    this.bytes += bytes;
    this.inexactNumbers += inexactNumbers;
    increment(this.types, type);
    if (time !== undefined) addTime(this.times, time, surroundings.now);
    if (type === 'S') this.#addText(text, surroundings.people);
    else if (type === 'N' && text.includes('.')) this.fractions++;
    if (members === undefined) return;
    this.members ??= new AttributeTable();
    this.members.add(members, surroundings);
  }

  #addText(text: string, people: RecentPeople): void {
    const tokens = tokensOf(text);
    this.shapes ??= new ShapeTree(MAX_SHAPES, noLeaf);
    this.shapes.leafOf([tokens]);
    this.distinct ??= new DistinctCounter();
    this.distinct.add(text);
    notePeople(people, text, tokens, this.isPersonal);
  }

  /** Puts another one to this, which must not be used any more. */
  merge(other: AttributeStatistics): void {
    this.items += other.items;
    this.bytes += other.bytes;
    this.inexactNumbers += other.inexactNumbers;
    this.fractions += other.fractions;
    for (const [type, items] of other.types) increment(this.types, type, items);
    mergeTimes(this.times, other.times);
    this.shapes = merged(this.shapes, other.shapes);
    this.distinct = merged(this.distinct, other.distinct);
    this.members = merged(this.members, other.members);
  }
}

function merged<T extends { merge(other: T): void }>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined) return b;
  if (b !== undefined) a.merge(b);
  return a;
}

/** Attributes of a kind, or of a map, that are told apart: more of them are not names but data. */
const MAX_NAMES = 96;
/** After so many clearances new names are only counted. */
const MAX_CLEARANCES = 4;

/** The attributes of a kind of items, or of a map, by name. */
export class AttributeTable {
  readonly byName = new Map<string, AttributeStatistics>();
  /** How often an attribute came that is not told apart, for there were too many. */
  unnamed = 0;
  #clearances = 0;

  add(attributes: readonly ObservedAttribute[], surroundings: Surroundings): void {
    for (const attribute of attributes) {
      const known = this.byName.get(attribute.name) ?? this.#new(attribute.name);
      if (known === undefined) this.unnamed++;
      else known.add(attribute, surroundings);
    }
  }

  #new(name: string): AttributeStatistics | undefined {
    if (this.byName.size >= MAX_NAMES) {
      if (this.#clearances >= MAX_CLEARANCES) return undefined;
      this.#clear();
    }
    const statistics = new AttributeStatistics(isPersonal(name));
    this.byName.set(name, statistics);
    return statistics;
  }

  /** Lets go of the half that came least often. */
  #clear(): void {
    this.#clearances++;
    const byItems = [...this.byName].sort(([, a], [, b]) => b.items - a.items);
    for (const [name, { items }] of byItems.slice(MAX_NAMES >> 1)) {
      if (isExpiry(name)) continue;
      this.byName.delete(name);
      this.unnamed += items;
    }
  }

  merge(other: AttributeTable): void {
    this.unnamed += other.unnamed;
    this.#clearances = Math.max(this.#clearances, other.#clearances);
    for (const [name, statistics] of other.byName) {
      const known = this.byName.get(name) ?? this.#new(name);
      if (known === undefined) this.unnamed += statistics.items;
      else known.merge(statistics);
    }
  }
}
