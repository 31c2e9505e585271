import { type Metric, metrics } from './metrics.ts';
import type { AppDay } from './tally.ts';

/*
 * How much room per-user detail takes in an item of DynamoDB. It is a sum over users, so shards of users may be measured
 * one by one: a sum says whether the whole fits without anyone ever holding the whole.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

/**
 * Detail up to this size stands in the item itself. An item has 400 KB (409,600 bytes) at most; what is left is for all
 * its other attributes: the app's name (1,024 bytes at most, being a key), provenance, summary and names, under 3 KB.
 */
export const MAX_INLINE_DETAIL_BYTES = 400_000;

export const fitsInItem = (detailBytes: number): boolean => detailBytes <= MAX_INLINE_DETAIL_BYTES;

/** The bytes of all users' entries in the attributes behind the metrics. */
export const detailBytesOf = (counts: AppDay): number =>
  metrics.reduce((sum, metric) => sum + attributeBytes(metric, counts), 0);

/** Each element of a list or map costs a byte beside what it holds. */
const ELEMENT_BYTES = 1;

function attributeBytes({ counts: type, stored }: Metric, counts: AppDay): number {
  if (stored.as === 'total') return 0;
  let bytes = 0;
  for (const [userId, times] of counts[type]) {
    bytes += ELEMENT_BYTES + utf8Length(userId) + (stored.as === 'countPerUser' ? numberBytes(times) : 0);
  }
  return bytes;
}

/** One byte for two significant digits, and one more. */
const numberBytes = (value: number): number => Math.ceil(String(value).length / 2) + 1;

/** Of the text as UTF-8, where a lone surrogate becomes a replacement character of three bytes. */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isPair(unit, text.charCodeAt(index + 1))) {
      bytes += 2;
      index++;
    } else bytes += 2;
  }
  return bytes;
}

const isPair = (unit: number, next: number): boolean =>
  unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000;
