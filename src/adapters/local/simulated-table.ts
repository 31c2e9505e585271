import type { TimeSpan } from '../../domain/export-window.ts';

/** DynamoDB JSON, as far as the simulated worlds use it. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: readonly AttributeValue[] }
  | { readonly M: Item };

export type Item = { readonly [attribute: string]: AttributeValue };

export const S = (text: string): AttributeValue => ({ S: text });
/** @param number its digits, where they are more than a number can hold */
export const N = (number: number | string): AttributeValue => ({ N: `${number}` });
export const M = (members: Item): AttributeValue => ({ M: members });

/** What writes to a table; instants are epoch milliseconds. */
export interface ItemWriter {
  put(item: Item, at: number): void;
  delete(key: Item, at: number): void;
}

export type OutputView = 'NEW_AND_OLD_IMAGES' | 'NEW_IMAGES';

/** A line of a full export. */
export interface FullRecord {
  readonly Item: Item;
}

/** A line of an incremental export. */
export interface IncrementalRecord {
  readonly Metadata: { readonly WriteTimestampMicros: { readonly N: string } };
  readonly Keys: Item;
  readonly NewImage?: Item;
  readonly OldImage?: Item;
}

export interface TableShape {
  /** Names of the partition key and, where there is one, the sort key. */
  readonly keys: readonly [string] | readonly [string, string];
  /** Attribute with the epoch second after which an item is removed. */
  readonly ttlAttribute: string;
  /** How long after that DynamoDB takes to remove it. */
  readonly ttlLagMillis: number;
}

interface Version {
  readonly at: number;
  /** Undefined where the item was deleted. */
  readonly image: Item | undefined;
}

/**
 * A DynamoDB table that remembers all that was ever written, and so can export any moment or window as DynamoDB does.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export class SimulatedTable implements ItemWriter {
  readonly #items = new Map<string, Version[]>();

  constructor(readonly shape: TableShape) {}

  /** @throws RangeError where an item is written before its last write, or lacks a key */
  put(item: Item, at: number): void {
    this.#write(item, { at, image: item });
  }

  /** Deleting what is not there does nothing, as in DynamoDB. */
  delete(key: Item, at: number): void {
    this.#write(key, { at, image: undefined });
  }

  /** The items as they stand just before an instant. */
  *stateAt(instant: number): Generator<Item> {
    for (const versions of this.#items.values()) {
      const image = this.#lastBefore(versions, instant)?.image;
      if (image !== undefined) yield image;
    }
  }

  /** A full export's records: the table's state just before an instant. */
  *fullExport(at: number): Generator<FullRecord> {
    for (const Item of this.stateAt(at)) yield { Item };
  }

  /**
   * An incremental export's records: one for each item that was written in the span, with its last state therein;
   * none for an item that was inserted and deleted inside.
   */
  *incrementalExport({ from, to }: TimeSpan, view: OutputView = 'NEW_AND_OLD_IMAGES'): Generator<IncrementalRecord> {
    for (const versions of this.#items.values()) {
      const last = this.#lastBefore(versions, to);
      if (last === undefined || last.at < from) continue;
      const before = this.#lastBefore(versions, from)?.image;
      const known = last.image ?? before;
      if (known === undefined) continue;
      yield {
        Metadata: { WriteTimestampMicros: { N: `${last.at * 1000}` } },
        Keys: this.keysOf(known),
        ...(last.image === undefined ? {} : { NewImage: last.image }),
        ...(before === undefined || view === 'NEW_IMAGES' ? {} : { OldImage: before }),
      };
    }
  }

  /** @throws RangeError where the item lacks a key */
  keysOf(item: Item): Item {
    return Object.fromEntries(
      this.shape.keys.map((name) => {
        const value = item[name];
        if (value === undefined) throw new RangeError(`an item needs its key attribute ${name}`);
        return [name, value];
      }),
    );
  }

  #write(item: Item, version: Version): void {
    const key = JSON.stringify(this.keysOf(item));
    const versions = this.#items.get(key) ?? [];
    const last = versions.at(-1);
    if (last !== undefined && version.at < last.at) {
      throw new RangeError(`an item's writes must be in order of time: ${version.at} after ${last.at}`);
    }
    const expired = last && this.#expiryOf(last);
    if (expired !== undefined && expired <= version.at) versions.push({ at: expired, image: undefined });
    if (version.image === undefined && versions.at(-1)?.image === undefined) return;
    versions.push(version);
    this.#items.set(key, versions);
  }

  /** The last write before an instant, be it the removal of an item whose time to live is over. */
  #lastBefore(versions: readonly Version[], instant: number): Version | undefined {
    const last = versions.findLast(({ at }) => at < instant);
    const expired = last && this.#expiryOf(last);
    return expired !== undefined && expired < instant ? { at: expired, image: undefined } : last;
  }

  /** When DynamoDB removes this version, if nothing else is written before. */
  #expiryOf({ at, image }: Version): number | undefined {
    const ttl = image?.[this.shape.ttlAttribute];
    if (ttl === undefined || !('N' in ttl)) return undefined;
    return Math.max(at, Number(ttl.N) * 1000) + this.shape.ttlLagMillis;
  }
}
