import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/domain/activity.ts';
import { changedPoints } from '../../../src/domain/metric-points.ts';
import { formatDay } from '../../../src/domain/utc-day.ts';
import { countImages, judge, recordOf } from '../../support/count.ts';
import { firstGames, MEMBER, PARTY, SESSION } from '../../support/first-games.ts';
import {
  activityWithImage,
  anyActivity,
  anyApp,
  anyDay,
  anyId,
  crowdedActivity,
  imageOf,
  timeOn,
} from '../../support/records.ts';

const RUNS = { numRuns: 1_000 };

/** Images that say these activities, each with an id of its own. */
const imagesOf = (activities: readonly Activity[]) =>
  activities.map((activity, index) =>
    imageOf(activity, `id-${index}`, { N: `${activity.day * 86_400 + 1}` }, { N: '1' }),
  );

const crowd = fc.array(crowdedActivity, { maxLength: 40 });
const everything = { from: null, to: 40_000 };

const { metrics } = firstGames;

/** An activity of a type, with an image whose time lies on `day`. */
const ofType = (type: Activity['activity']) =>
  fc.tuple(anyActivity, anyId, anyDay).chain(([activity, id, day]) =>
    fc.tuple(timeOn(day), timeOn(activity.day)).map(([time, decoy]) => ({
      activity: { ...activity, activity: type, day },
      image: imageOf({ ...activity, activity: type }, id, time, decoy),
    })),
  );

const keepsOnlyDaysOfTheWindow = (type: Activity['activity']) =>
  fc.assert(
    fc.property(ofType(type), anyDay, fc.nat(30), ({ activity, image }, from, length) => {
      const inside = activity.day >= from && activity.day <= from + length;
      const { records } = countImages([image], { from, to: from + length });
      expect(records).toMatchObject({ read: 1, counted: inside ? 1 : 0, outsideWindow: inside ? 0 : 1 });
    }),
    RUNS,
  );

/** Counts a value per user with nothing but a plain list. */
const perUser = (activities: readonly Activity[], type: Activity['activity'], app: string, day: number) => {
  const users = activities.filter((a) => a.activity === type && a.app === app && a.day === day).map((a) => a.userId);
  return new Map([...new Set(users)].sort().map((user) => [user, users.filter((other) => other === user).length]));
};

/** What a record keeps under an attribute. */
const storedIn = ({ detail }: ReturnType<typeof recordOf>, attribute: string) =>
  detail instanceof Map ? detail.get(attribute) : undefined;

const samples = ['sudoku', 'chess', '__proto__'].flatMap((app) => [20_000, 20_002].map((day) => ({ app, day })));

const agreesWithPlainList = (
  check: (record: ReturnType<typeof recordOf>, activities: Activity[], app: string, day: number) => void,
) =>
  fc.assert(
    fc.property(crowd, fc.constantFrom(...samples), (activities, { app, day }) => {
      check(recordOf(countImages(imagesOf(activities), everything), day, app), activities, app, day);
    }),
    RUNS,
  );

describe('the sixteen properties of counting', () => {
  it('1. sessions count only on days of the window', () => keepsOnlyDaysOfTheWindow(SESSION));

  it('2. active users are the distinct users of sessions', () =>
    agreesWithPlainList((record, activities, app, day) => {
      expect(record.summary.activeUsers).toBe(perUser(activities, SESSION, app, day).size);
    }));

  it('3. the app of a session or party is the second segment of its modelId', () =>
    fc.assert(
      fc.property(fc.constantFrom(SESSION, PARTY), anyApp, anyId, (activity, app, id) => {
        const judgement = judge({
          modelId: { S: `${activity === SESSION ? 'session' : 'party'}-${app}-${id}` },
          owner: { S: 'user-ada' },
          createdAt: { N: '1' },
          updatedAt: { N: '1' },
        });
        expect(judgement).toMatchObject({ kind: 'activities', activities: [{ activity, app }] });
      }),
      RUNS,
    ));

  it("4. a metric's timestamp is the day's 12:00:00.000 UTC", () =>
    fc.assert(
      fc.property(activityWithImage, ({ activity, image }) => {
        const counts = countImages([image], everything);
        const { summary } = recordOf(counts, activity.day, activity.app);
        const points = changedPoints(metrics, activity, summary, undefined);
        expect(points.map(({ timestamp }) => new Date(timestamp).toISOString())).toEqual(
          metrics.map(() => `${formatDay(activity.day)}T12:00:00.000Z`),
        );
      }),
      RUNS,
    ));

  it('5. every active user id is stored, once, in order', () =>
    agreesWithPlainList((record, activities, app, day) => {
      expect(storedIn(record, 'activeUserIds')).toEqual([...perUser(activities, SESSION, app, day).keys()]);
    }));

  it('6. a session is what is session-{app}-{id} of user-{userId}, and nothing else', () =>
    fc.assert(
      fc.property(anyApp, anyId, anyId, (app, id, userId) => {
        const judged = (modelId: string, owner: string) =>
          judge({ modelId: { S: modelId }, owner: { S: owner }, updatedAt: { N: '86400' } });
        expect(judged(`session-${app}-${id}`, `user-${userId}`)).toEqual({
          kind: 'activities',
          activities: [{ activity: SESSION, app, userId, day: 1 }],
        });
        expect(judged(`session-${app}-`, `user-${userId}`).kind).toBe('malformed');
        expect(judged(`session--${id}`, `user-${userId}`).kind).toBe('malformed');
        expect(judged(`session-${app}-${id}`, 'user-').kind).toBe('malformed');
        expect(judged(`session-${app}-${id}`, `User-${userId}`).kind).toBe('malformed');
        expect(judged(`sessions-${app}-${id}`, `user-${userId}`).kind).toBe('ignored');
      }),
      RUNS,
    ));

  it('7. games played are counted per user', () =>
    agreesWithPlainList((record, activities, app, day) => {
      const expected = perUser(activities, SESSION, app, day);
      expect(storedIn(record, 'gamesPerUser')).toEqual(expected);
      expect(record.summary.gamesPlayed).toBe([...expected.values()].reduce((sum, games) => sum + games, 0));
    }));

  it('8. parties count only on days of the window', () => keepsOnlyDaysOfTheWindow(PARTY));

  it('9. a party is what is party-{app}-{id} of user-{userId}, and nothing else', () =>
    fc.assert(
      fc.property(anyApp, anyId, anyId, (app, id, userId) => {
        const judged = (modelId: string, owner: string) =>
          judge({ modelId: { S: modelId }, owner: { S: owner }, createdAt: { N: '86400' } });
        expect(judged(`party-${app}-${id}`, `user-${userId}`)).toEqual({
          kind: 'activities',
          activities: [{ activity: PARTY, app, userId, day: 1 }],
        });
        expect(judged(`party-${app}`, `user-${userId}`).kind).toBe('malformed');
        expect(judged(`party-${app}-${id}`, userId.replace(/^user-/, '')).kind).toBe('malformed');
        expect(judged(`Party-${app}-${id}`, `user-${userId}`).kind).toBe('ignored');
      }),
      RUNS,
    ));

  it('10. parties created are counted per user', () =>
    agreesWithPlainList((record, activities, app, day) => {
      const expected = perUser(activities, PARTY, app, day);
      expect(storedIn(record, 'partiesCreatedPerUser')).toEqual(expected);
      expect(record.summary.partiesCreated).toBe([...expected.values()].reduce((sum, parties) => sum + parties, 0));
    }));

  it('11. members count only on days of the window', () => keepsOnlyDaysOfTheWindow(MEMBER));

  it("12. a member's app is the second segment of its owner", () =>
    fc.assert(
      fc.property(anyApp, anyId, anyId, (app, id, userId) => {
        const image = {
          modelId: { S: `member-user-${userId}` },
          owner: { S: `party-${app}-${id}` },
          createdAt: { N: '86400' },
        };
        expect(judge(image)).toEqual({ kind: 'activities', activities: [{ activity: MEMBER, app, userId, day: 1 }] });
      }),
      RUNS,
    ));

  it('13. parties joined is the number of members', () =>
    agreesWithPlainList((record, activities, app, day) => {
      const joined = activities.filter((a) => a.activity === MEMBER && a.app === app && a.day === day).length;
      expect(record.summary.partiesJoined).toBe(joined);
      expect(storedIn(record, 'partiesJoined')).toBe(joined);
    }));

  it('14. sessions are dated by updatedAt, parties and members by createdAt', () =>
    fc.assert(
      fc.property(activityWithImage, ({ activity, image }) => {
        expect(judge(image)).toEqual({ kind: 'activities', activities: [activity] });
      }),
      RUNS,
    ));

  it('15. there is exactly one entry per (date, app)', () =>
    fc.assert(
      fc.property(crowd, (activities) => {
        const keys = countImages(imagesOf(activities), everything)
          .tally.entries()
          .map(({ day, app }) => `${day} ${app}`);
        expect(keys.length).toBe(new Set(keys).size);
        expect(new Set(keys)).toEqual(new Set(activities.map(({ day, app }) => `${day} ${app}`)));
      }),
      RUNS,
    ));

  it('16. a backfill gives each date its own noon', () =>
    fc.assert(
      fc.property(crowd, (activities) => {
        const counts = countImages(imagesOf(activities), everything);
        for (const { day, app } of counts.tally.entries()) {
          const points = changedPoints(metrics, { day, app }, recordOf(counts, day, app).summary, undefined);
          expect(new Set(points.map(({ timestamp }) => timestamp))).toEqual(new Set([day * 86_400_000 + 43_200_000]));
        }
      }),
      RUNS,
    ));
});
