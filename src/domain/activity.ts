import type { Decimal } from './decimal.ts';
import type { UtcDay } from './utc-day.ts';

/** Apps whose names begin with this are refused: the Analytics Table keeps its own items under such keys. */
export const RESERVED_APP_PREFIX = '#';

/**
 * Longer names of apps and users are refused, in bytes of UTF-8: a record's key, CloudWatch and everybody's memory have
 * bounds. DynamoDB's own sort keys end at 1,024.
 */
export const MAX_APP_BYTES = 255;
export const MAX_USER_BYTES = 1_024;

/** In the place of the user of an activity that names none. */
export const NOBODY = '';

/** One activity of one user in one app on one UTC day. */
export interface Activity {
  /** Its place among the definition's activities. */
  readonly activity: number;
  /** Never empty, never begins with {@link RESERVED_APP_PREFIX}; may be any other text, `__proto__` too. */
  readonly app: string;
  /** {@link NOBODY} where the activity names no user. */
  readonly userId: string;
  readonly day: UtcDay;
  /** The numbers that the definition adds up, in the order of the activity's `sums`; absent where there are none. */
  readonly amounts?: readonly Decimal[];
}

/** An activity whose app and user are told by the numbers that a tally has given them. */
export interface NumberedActivity {
  readonly activity: number;
  readonly app: number;
  readonly user: number;
  readonly day: UtcDay;
  readonly amounts?: readonly Decimal[];
}
