import fc from 'fast-check';
import type { Activity } from '../../src/domain/activity.ts';
import type { UtcDay } from '../../src/domain/utc-day.ts';
import type { Image } from './count.ts';
import { MEMBER, PARTY, SESSION } from './first-games.ts';

/** Any text that may stand as a user id or the id of a session: hostile names among them. */
export const anyId = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,8}$/),
  fc.string({ minLength: 1, maxLength: 300, unit: 'grapheme' }),
  fc.constantFrom('__proto__', 'constructor', 'toString', '%__proto__', 'a-b-c', '-', '"quoted"', '\\x', '𝔘𝔫𝔦', ' '),
);

/** Any text that may stand as an app: no hyphen inside, no # in front. */
export const anyApp = anyId.filter((text) => !text.includes('-') && !text.startsWith('#'));

export const anyDay: fc.Arbitrary<UtcDay> = fc.integer({ min: 1, max: 40_000 });

/** One of the games' activities. */
export const anyActivity: fc.Arbitrary<Activity> = fc.record({
  activity: fc.constantFrom(SESSION, PARTY, MEMBER),
  app: anyApp,
  userId: anyId,
  day: anyDay,
});

/** Activities that meet: few apps, users and days. */
export const crowdedActivity: fc.Arbitrary<Activity> = fc.record({
  activity: fc.constantFrom(SESSION, PARTY, MEMBER),
  app: fc.constantFrom('sudoku', 'chess', '__proto__'),
  userId: fc.constantFrom('ada', 'grace', 'linus', '__proto__', 'constructor'),
  day: fc.integer({ min: 20_000, max: 20_004 }),
});

/** Epoch milliseconds up to 1973-03-03 are below 1e11 and so read as seconds. */
const LAST_DAY_OF_SMALL_MILLIS = 1157;

/** The moments of a day, in the forms in which an application may have written them. */
export const timeOn = (day: UtcDay): fc.Arbitrary<{ N: string } | { S: string }> =>
  fc.oneof(
    fc.integer({ min: 0, max: 86_399 }).map((second) => ({ N: `${day * 86_400 + second}` })),
    ...(day > LAST_DAY_OF_SMALL_MILLIS
      ? [fc.integer({ min: 0, max: 86_399_999 }).map((millis) => ({ N: `${day * 86_400_000 + millis}` }))]
      : []),
    fc.integer({ min: 0, max: 86_399_999 }).map((millis) => ({ S: new Date(day * 86_400_000 + millis).toISOString() })),
  );

/** An item that says just this activity of the games; the other timestamp is a decoy from another day. */
export function imageOf({ activity, app, userId }: Activity, id: string, time: unknown, decoy: unknown): Image {
  if (activity === SESSION) {
    return {
      modelId: { S: `session-${app}-${id}` },
      owner: { S: `user-${userId}` },
      updatedAt: time,
      createdAt: decoy,
    };
  }
  const key = `party-${app}-${id}`;
  return activity === PARTY
    ? { modelId: { S: key }, owner: { S: `user-${userId}` }, createdAt: time, updatedAt: decoy }
    : { modelId: { S: `member-user-${userId}` }, owner: { S: key }, createdAt: time, updatedAt: decoy };
}

/** An activity and an image that says it. */
export const activityWithImage = anyActivity.chain((activity) =>
  fc
    .tuple(anyId, timeOn(activity.day), anyDay.chain(timeOn))
    .map(([id, time, decoy]) => ({ activity, image: imageOf(activity, id, time, decoy) })),
);
