import { type Activity, type ActivityType, activityTypes } from './activity.ts';
import { type Measure, type Summary, summaryOf } from './metrics.ts';
import { byKey } from './text-order.ts';
import type { UtcDay } from './utc-day.ts';

/** How often each user did a thing. */
export type CountPerUser = ReadonlyMap<string, number>;

/** All that is counted for one app on one day: for each type of activity, a count per user. */
export type AppDay = Readonly<Record<ActivityType, CountPerUser>>;

export interface TallyEntry {
  readonly day: UtcDay;
  readonly app: string;
  readonly counts: AppDay;
}

type MutableAppDay = Record<ActivityType, Map<string, number>>;

/**
 * The counts per (day, app). Tallies form a commutative monoid under {@link Tally.merge}, with the new tally as zero:
 * records may be split over files and workers in any way and added in any order, the result is the same.
 */
export class Tally {
  readonly #days = new Map<UtcDay, Map<string, MutableAppDay>>();
  /** Each user id once, however many days, apps and files it comes from. */
  readonly #userIds = new Map<string, string>();

  /** Counts an activity `times` times. */
  add({ day, app, type, userId }: Activity, times = 1): void {
    const users = this.#appDay(day, app)[type];
    const before = users.get(userId);
    if (before === undefined) users.set(this.#keep(userId), times);
    else users.set(userId, before + times);
  }

  /** Adds all that another tally has counted; the other is left as it was. */
  merge(other: Tally): void {
    for (const { day, app, counts } of other.entries()) {
      for (const type of activityTypes) {
        for (const [userId, times] of counts[type]) this.add({ day, app, type, userId }, times);
      }
    }
  }

  /** Every (day, app) with at least one activity, by day, then app. */
  entries(): TallyEntry[] {
    return [...this.#days]
      .sort(([a], [b]) => a - b)
      .flatMap(([day, apps]) => [...apps].sort(byKey).map(([app, counts]) => ({ day, app, counts })));
  }

  #keep(text: string): string {
    const known = this.#userIds.get(text);
    if (known !== undefined) return known;
    const own = ownCopy(text);
    this.#userIds.set(own, own);
    return own;
  }

  #appDay(day: UtcDay, app: string): MutableAppDay {
    const apps = this.#days.get(day) ?? new Map<string, MutableAppDay>();
    const counts = apps.get(app) ?? { session: new Map(), party: new Map(), member: new Map() };
    if (apps.size === 0) this.#days.set(day, apps);
    if (!apps.has(app)) apps.set(ownCopy(app), counts);
    return counts;
  }
}

/**
 * The same text with memory of its own. Engines make a part of a string by pointing into the whole, so a user id of 36
 * characters would keep alive the piece of file that it was cut from, and be slow to compare. `join` writes a new one.
 */
const ownCopy = (text: string): string => [text.slice(0, 1), text.slice(1)].join('');

const measures: Record<Measure, (users: CountPerUser) => number> = {
  distinctUsers: (users) => users.size,
  total: (users) => [...users.values()].reduce((sum, times) => sum + times, 0),
};

/** Every metric's number for one app and day. */
export const summarize = (counts: AppDay): Summary =>
  summaryOf(({ counts: type, measure }) => measures[measure](counts[type]));
