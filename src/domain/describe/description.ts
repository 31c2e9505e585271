import type { ExportType } from '../provenance.ts';
import type { AttributeType } from './observed.ts';
import type { Pattern } from './pattern.ts';
import type { SeenForm } from './time-counts.ts';

/*
 * What is in a table, as an export tells: the kinds of its items and their attributes. Of values only patterns, constants
 * that several items share, and ranges of days.
 */

/** What an attribute is likely for. */
export type Meaning = 'type' | 'ttl' | 'time' | 'user' | 'tenant' | 'amount';

export interface TimesDescription {
  readonly form: SeenForm;
  readonly items: number;
  /** The days of the first and the last one, epoch milliseconds; null where too few items share the range. */
  readonly range: { readonly from: number; readonly to: number } | null;
  readonly longPast: number;
  readonly ancient: number;
}

export interface AttributeDescription {
  readonly name: string;
  /** Items that have it. */
  readonly items: number;
  readonly share: number;
  /** Of the items that have it, the most frequent first. */
  readonly types: readonly { readonly type: AttributeType; readonly items: number }[];
  readonly isKey: boolean;
  readonly meaning: Meaning | null;
  /** Of text. */
  readonly pattern: Pattern | null;
  /** How many different texts there are; null of anything else. */
  readonly values: { readonly count: number; readonly isExact: boolean } | null;
  readonly times: readonly TimesDescription[];
  readonly fractions: number;
  readonly inexactNumbers: number;
  /** What is in it, where it is a map. */
  readonly members: readonly AttributeDescription[];
  /** Attributes of it that are not told apart: rare ones, or keys that are data. */
  readonly unnamedMembers: number;
}

/** What became of items since the export's window began; null what it cannot tell. */
export interface Changes {
  readonly inserted: number | null;
  readonly changed: number | null;
  readonly deleted: number;
}

export interface Sizes {
  readonly records: number;
  /** Items that are there. */
  readonly items: number;
  /** Of the export's lines. */
  readonly jsonBytes: number;
  /** As DynamoDB counts. */
  readonly itemBytes: number;
  readonly largestBytes: number;
  /** Null of a full export. */
  readonly changes: Changes | null;
}

export interface KindDescription extends Sizes {
  /** Short, and different from all others'. */
  readonly name: string;
  /** What the type attribute says; null where the key tells. */
  readonly type: string | null;
  /** Of all items. */
  readonly share: number;
  readonly attributes: readonly AttributeDescription[];
  /** Attributes that are not told apart, for they were rare. */
  readonly unnamedAttributes: number;
}

export interface ExportFacts {
  readonly exportId: string;
  readonly exportType: ExportType;
  /** The moment that it is of, or its window's end; epoch milliseconds. */
  readonly exportTime: number;
  readonly hasOldImages: boolean;
  readonly files: number;
  /** As they were read. */
  readonly compressedBytes: number;
  /** So many records were read of each file at most; null where all were. */
  readonly sample: number | null;
}

export interface TableDescription extends Sizes {
  readonly export: ExportFacts;
  /** Lines that are no record of an item. */
  readonly malformed: number;
  readonly keys: readonly string[];
  readonly areKeysTold: boolean;
  readonly typeAttribute: string | null;
  /** The largest first. */
  readonly kinds: readonly KindDescription[];
  /** What is too rare, or of too many forms, to be told apart; null where there is nothing. */
  readonly others: (Sizes & { readonly kinds: number }) | null;
}
