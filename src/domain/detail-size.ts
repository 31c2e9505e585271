import type { Definition, Metric } from './definition.ts';
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

/** Whether something is kept of each user behind a metric. */
export const keepsUsers = ({ measure }: Pick<Metric, 'measure'>): boolean =>
  measure === 'distinctUsers' || measure === 'countPerUser';

/** By activity, whether every user's own count is kept; of the others only the total is. */
export const keptActivities = ({ activities, metrics }: Definition): readonly boolean[] =>
  activities.map((_activity, index) => metrics.some((metric) => metric.activity === index && keepsUsers(metric)));

/** The bytes of all users' entries in the attributes behind the metrics. */
export const detailBytesOf = ({ metrics }: Pick<Definition, 'metrics'>, counts: AppDay): number =>
  metrics.reduce((sum, metric) => sum + attributeBytes(metric, counts), 0);

/** Each element of a list or map costs a byte beside what it holds. */
const ELEMENT_BYTES = 1;

function attributeBytes(metric: Metric, counts: AppDay): number {
  if (!keepsUsers(metric)) return 0;
  let bytes = 0;
  for (const [userId, times] of counts[metric.activity]?.users ?? []) {
    bytes += ELEMENT_BYTES + utf8Length(userId) + (metric.measure === 'countPerUser' ? numberBytes(times) : 0);
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
