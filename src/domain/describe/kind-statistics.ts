import { AttributeTable, type Surroundings } from './attribute-statistics.ts';
import type { ObservedRecord } from './observed.ts';
import type { LeafOperations } from './shape-tree.ts';

/** What the items of a kind were like. A commutative monoid, as its attributes are. */
export class KindStatistics {
  /** Records, those of items that are gone included. */
  records = 0;
  /** Items that are there. */
  items = 0;
  /** Of these, those of which the export says that they were there before. */
  changed = 0;
  deleted = 0;
  /** Of the lines. */
  jsonBytes = 0;
  /** Of the items that are there, as DynamoDB counts. */
  itemBytes = 0;
  largestBytes = 0;
  readonly attributes = new AttributeTable();

  add({ image, isChanged, jsonBytes }: ObservedRecord, surroundings: Surroundings): void {
    this.records++;
    this.jsonBytes += jsonBytes;
    if (image === null) {
      this.deleted++;
      return;
    }
    this.items++;
    if (isChanged) this.changed++;
    this.itemBytes += image.bytes;
    this.largestBytes = Math.max(this.largestBytes, image.bytes);
    this.attributes.add(image.attributes, surroundings);
  }

  /** Puts another one to this, which must not be used any more. */
  merge(other: KindStatistics): this {
    this.records += other.records;
    this.items += other.items;
    this.changed += other.changed;
    this.deleted += other.deleted;
    this.jsonBytes += other.jsonBytes;
    this.itemBytes += other.itemBytes;
    this.largestBytes = Math.max(this.largestBytes, other.largestBytes);
    this.attributes.merge(other.attributes);
    return this;
  }
}

export const kindLeaves: LeafOperations<KindStatistics> = {
  create: () => new KindStatistics(),
  merge: (into, from) => into.merge(from),
};
