import type { TimeForm } from '../definition.ts';
import { type Token, tokensOf } from './text-shape.ts';

/** DynamoDB's types of attributes; `invalid` is none of them. */
export const attributeTypes = ['S', 'N', 'B', 'BOOL', 'NULL', 'M', 'L', 'SS', 'NS', 'BS', 'invalid'] as const;

export type AttributeType = (typeof attributeTypes)[number];

/** A value that can be read as a time, if it is meant as one. */
export interface TimeSighting {
  readonly form: Exclude<TimeForm, 'auto'>;
  /** Epoch milliseconds. */
  readonly millis: number;
}

/** One attribute of one item. */
export interface ObservedAttribute {
  readonly name: string;
  readonly type: AttributeType;
  /** Of text itself, of numbers their digits; empty of all others. */
  readonly text: string;
  /** As DynamoDB counts, with the name. */
  readonly bytes: number;
  readonly time: TimeSighting | undefined;
  /** Numbers in it that a double cannot hold, itself included. */
  readonly inexactNumbers: number;
  /** Of maps their own attributes, one level deep. */
  readonly members: readonly ObservedAttribute[] | undefined;
}

export interface ObservedItem {
  readonly attributes: readonly ObservedAttribute[];
  /** As DynamoDB counts. */
  readonly bytes: number;
}

/** A line of an export. */
export interface ObservedRecord {
  /** Null in a full export. */
  readonly keys: ObservedItem | null;
  /** The item as it is; null where it is gone. */
  readonly image: ObservedItem | null;
  /** Of an item that is gone: as it was; null where the export does not say. */
  readonly old: ObservedItem | null;
  /** Of an item that is there: whether the export says that it was there before. */
  readonly isChanged: boolean;
  /** Of the whole line. */
  readonly jsonBytes: number;
}

export const attributeOf = ({ attributes }: ObservedItem, name: string): ObservedAttribute | undefined =>
  attributes.find((attribute) => attribute.name === name);

const NUMBER: readonly Token[] = [{ word: null, form: 'number', separator: null }];
const BYTES: readonly Token[] = [{ word: null, form: 'bytes', separator: null }];

/** What stands in a key: text has a shape, a number and bytes are of their type. */
export function keyTokens(attribute: ObservedAttribute | undefined): readonly Token[] {
  if (attribute?.type === 'S') return tokensOf(attribute.text);
  return attribute?.type === 'N' ? NUMBER : BYTES;
}
