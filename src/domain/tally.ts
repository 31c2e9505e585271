import { type Activity, type ActivityType, activityTypes, type NumberedActivity } from './activity.ts';
import { type Measure, type Summary, summaryOf } from './metrics.ts';
import { PairCounts } from './pair-counts.ts';
import { compareText } from './text-order.ts';
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

/**
 * The counts per (day, app). Tallies form a commutative monoid under {@link Tally.merge}, with the new tally as zero:
 * records may be split over files and workers in any way and added in any order, the result is the same.
 */
export class Tally {
  readonly #apps = new Names();
  readonly #users = new Names();
  /** By app and type of activity: how often on a day by a user. */
  readonly #counts: Record<ActivityType, PairCounts>[] = [];

  /** The number that stands for an app in {@link Tally.addNumbered}. */
  app(name: string): number {
    const app = this.#apps.numberOf(name);
    this.#counts[app] ??= Object.fromEntries(activityTypes.map((type) => [type, new PairCounts()])) as Record<
      ActivityType,
      PairCounts
    >;
    return app;
  }

  /** The number that stands for a user in {@link Tally.addNumbered}. */
  user(userId: string): number {
    return this.#users.numberOf(userId);
  }

  /** Counts an activity `times` times. */
  add({ day, app, type, userId }: Activity, times = 1): void {
    this.addNumbered({ day, app: this.app(app), type, user: this.user(userId) }, times);
  }

  /** As {@link Tally.add}, where names have been looked up before: called for every record, millions of times. */
  addNumbered({ day, app, type, user }: NumberedActivity, times = 1): void {
    (this.#counts[app] as Record<ActivityType, PairCounts>)[type].add(day, user, times);
  }

  /** Adds all that another tally has counted; the other is left as it was. */
  merge(other: Tally): void {
    const users = other.#users.names.map(() => UNKNOWN);
    other.#counts.forEach((counts, index) => {
      const app = this.app(other.#apps.names[index] as string);
      for (const type of activityTypes) {
        counts[type].forEach((day, user, times) => {
          if (users[user] === UNKNOWN) users[user] = this.user(other.#users.names[user] as string);
          this.addNumbered({ day, app, type, user: users[user] as number }, times);
        });
      }
    });
  }

  /** Every (day, app) with at least one activity, by day, then app. */
  entries(): TallyEntry[] {
    return this.#counts
      .flatMap((counts, app) => this.#entriesOf(this.#apps.names[app] as string, counts))
      .sort((a, b) => a.day - b.day || compareText(a.app, b.app));
  }

  #entriesOf(app: string, counts: Record<ActivityType, PairCounts>): TallyEntry[] {
    const days = new Map<UtcDay, Record<ActivityType, Map<string, number>>>();
    for (const type of activityTypes) {
      counts[type].forEach((day, user, times) => {
        const appDay = days.get(day) ?? { session: new Map(), party: new Map(), member: new Map() };
        days.set(day, appDay);
        appDay[type].set(this.#users.names[user] as string, times);
      });
    }
    return [...days].map(([day, appDay]) => ({ day, app, counts: appDay }));
  }
}

const UNKNOWN = -1;

/** Names and their numbers, which count up from 0. */
class Names {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const own = ownCopy(name);
    this.#numbers.set(own, this.names.length);
    return this.names.push(own) - 1;
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
