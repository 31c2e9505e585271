import { type ActivityType, activityTypes } from './activity.ts';
import { type Metric, metrics } from './metrics.ts';
import type { AppDay } from './tally.ts';

/*
 * How much room per-user detail takes in an item of DynamoDB. It is a sum over users, so shards of users may be measured
 * one by one: a sum says whether the whole fits without anyone ever holding the whole.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

/**
 * An item with all its attributes has no more than this.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const MAX_ITEM_BYTES = 409_600;

/** Whether detail of this size is too big for an item for sure. What is not may still be, with all the rest of the item. */
export const exceedsItem = (detailBytes: number): boolean => detailBytes > MAX_ITEM_BYTES;

/** The activities of which every user's own count is kept; of the others only the total is. */
export const detailTypes: readonly ActivityType[] = activityTypes.filter((type) =>
  (metrics as readonly Metric[]).some(({ counts, stored }) => counts === type && stored.as !== 'total'),
);

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
