import type { UtcDay } from './utc-day.ts';

/**
 * What a player did, as one stored item tells it:
 * a `session` is a game played, a `party` is a party created, a `member` is a party joined.
 */
export const activityTypes = ['session', 'party', 'member'] as const;

export type ActivityType = (typeof activityTypes)[number];

/** The table's key prefixes that make an item an activity; items with any other prefix are none of our business. */
export const modelIdPrefixes = {
  session: 'session-',
  party: 'party-',
  member: 'member-user-',
} as const satisfies Record<ActivityType, string>;

/** Apps whose names begin with this are refused: the Analytics Table keeps its own items under such keys. */
export const RESERVED_APP_PREFIX = '#';

/** One activity of one user in one app on one UTC day. */
export interface Activity {
  readonly type: ActivityType;
  /** Never empty, never begins with {@link RESERVED_APP_PREFIX}; may be any other text, `__proto__` too. */
  readonly app: string;
  /** Who played, created or joined. Never empty. */
  readonly userId: string;
  /** Sessions: the day of `updatedAt`. Parties and members: the day of `createdAt`. */
  readonly day: UtcDay;
}

/** An activity whose app and user are told by the numbers that a tally has given them. */
export interface NumberedActivity {
  readonly type: ActivityType;
  readonly app: number;
  readonly user: number;
  readonly day: UtcDay;
}
