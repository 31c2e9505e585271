import { type Activity, type ActivityType, activityTypes } from './activity.ts';
import { type Measure, type Summary, summaryOf } from './metrics.ts';
import { PairCounts } from './pair-counts.ts';
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

const typeIndex = Object.fromEntries(activityTypes.map((type, index) => [type, index])) as Record<ActivityType, number>;

/**
 * The counts per (day, app). Tallies form a commutative monoid under {@link Tally.merge}, with the new tally as zero:
 * records may be split over files and workers in any way and added in any order, the result is the same.
 */
export class Tally {
  /** Users and (day, app)s are numbered as they come; an activity's number is that of its (day, app) and its type. */
  readonly #userNumbers = new Map<string, number>();
  readonly #userIds: string[] = [];
  readonly #appDayNumbers = new Map<UtcDay, Map<string, number>>();
  readonly #appDays: { readonly day: UtcDay; readonly app: string }[] = [];
  readonly #counts = new PairCounts();

  /** Counts an activity `times` times. */
  add({ day, app, type, userId }: Activity, times = 1): void {
    const activity = this.#appDay(day, app) * activityTypes.length + typeIndex[type];
    this.#counts.add(activity, this.#user(userId), times);
  }

  /** Adds all that another tally has counted; the other is left as it was. */
  merge(other: Tally): void {
    const users = other.#userIds.map((userId) => this.#user(userId));
    const appDays = other.#appDays.map(({ day, app }) => this.#appDay(day, app));
    other.#counts.forEach((activity, user, times) => {
      const type = activity % activityTypes.length;
      const appDay = appDays[(activity - type) / activityTypes.length] as number;
      this.#counts.add(appDay * activityTypes.length + type, users[user] as number, times);
    });
  }

  /** Every (day, app) with at least one activity, by day, then app. */
  entries(): TallyEntry[] {
    const counts = this.#appDays.map(() => activityTypes.map(() => new Map<string, number>()));
    this.#counts.forEach((activity, user, times) => {
      const type = activity % activityTypes.length;
      counts[(activity - type) / activityTypes.length]?.[type]?.set(this.#userIds[user] as string, times);
    });
    return [...this.#appDayNumbers]
      .sort(([a], [b]) => a - b)
      .flatMap(([day, apps]) =>
        [...apps].sort(byKey).map(([app, number]) => ({ day, app, counts: toAppDay(counts[number] ?? []) })),
      );
  }

  #user(userId: string): number {
    const known = this.#userNumbers.get(userId);
    if (known !== undefined) return known;
    const own = ownCopy(userId);
    this.#userNumbers.set(own, this.#userIds.length);
    return this.#userIds.push(own) - 1;
  }

  #appDay(day: UtcDay, app: string): number {
    const known = this.#appDayNumbers.get(day)?.get(app);
    if (known !== undefined) return known;
    const own = ownCopy(app);
    const apps = this.#appDayNumbers.get(day) ?? new Map<string, number>();
    this.#appDayNumbers.set(day, apps.set(own, this.#appDays.length));
    return this.#appDays.push({ day, app: own }) - 1;
  }
}

const toAppDay = (counts: readonly CountPerUser[]): AppDay =>
  Object.fromEntries(activityTypes.map((type, index) => [type, counts[index]])) as AppDay;

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
