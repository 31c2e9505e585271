import type { Activity, NumberedActivity } from './activity.ts';
import type { Definition } from './definition.ts';
import { byKey } from './text-order.ts';
import { UserCounts, WaitingCounts } from './user-counts.ts';
import type { UtcDay } from './utc-day.ts';

/** How often each user did a thing. */
export type CountPerUser = ReadonlyMap<string, number>;

/** All that is counted for one app on one day: for each activity of the definition, by its place there, a count per user. */
export type AppDay = readonly CountPerUser[];

export interface TallyEntry {
  readonly day: UtcDay;
  readonly app: string;
  readonly counts: AppDay;
}

/** All that a tally holds, as data that can be handed to another thread. */
export interface TallyParts {
  readonly users: readonly string[];
  readonly counts: readonly {
    readonly app: string;
    readonly activity: number;
    readonly day: UtcDay;
    /** A place in `users` and how often that user did it, by turns. */
    readonly pairs: Uint32Array;
  }[];
}

/**
 * The counts per (day, app). Tallies form a commutative monoid under {@link Tally.merge}, with the new tally as zero:
 * records may be split over files and workers in any way and added in any order, the result is the same.
 */
export class Tally {
  readonly #apps = new Names();
  readonly #users = new Names();
  /** By number of the app. */
  readonly #counts: DailyCounts[] = [];
  readonly #waiting = new WaitingCounts();
  readonly #activities: number;

  constructor({ activities }: Pick<Definition, 'activities'>) {
    this.#activities = activities.length;
  }

  /** The number that stands for an app in {@link Tally.addNumbered}. */
  app(name: string): number {
    const app = this.#apps.numberOf(name);
    this.#counts[app] ??= Array.from({ length: this.#activities }, () => new Map());
    return app;
  }

  /** The number that stands for a user in {@link Tally.addNumbered}. */
  user(userId: string): number {
    return this.#users.numberOf(userId);
  }

  /** Counts an activity `times` times. */
  add({ day, app, activity, userId }: Activity, times = 1): void {
    this.#countsOf(this.app(app), activity, day).add(this.user(userId), times);
  }

  /** As {@link Tally.add}, where names have been looked up before: called for every record, millions of times. */
  addNumbered({ day, app, activity, user }: NumberedActivity): void {
    this.#waiting.add(this.#countsOf(app, activity, day), user);
  }

  /** Adds all that another tally has counted. */
  merge({ users, counts }: TallyParts): void {
    const numbers = users.map((userId) => this.user(userId));
    for (const { app, activity, day, pairs } of counts) {
      const own = this.#countsOf(this.app(app), activity, day);
      for (let at = 0; at < pairs.length; at += 2) {
        own.add(numbers[pairs[at] as number] as number, pairs[at + 1] as number);
      }
    }
  }

  /** All that was counted; a copy. */
  get parts(): TallyParts {
    const users: string[] = [];
    const numbers: (number | undefined)[] = [];
    const counts: TallyParts['counts'][number][] = [];
    this.#forEach((app, activity, day, table) => {
      const pairs: number[] = [];
      table.forEach((user, times) => {
        // Not all users who have a number have counts: some came outside the window only.
        numbers[user] ??= users.push(this.#users.names[user] as string) - 1;
        pairs.push(numbers[user], times);
      });
      counts.push({ app, activity, day, pairs: Uint32Array.from(pairs) });
    });
    return { users, counts };
  }

  /** Every (day, app) with at least one activity, by day, then app. */
  entries(): TallyEntry[] {
    const days = new Map<UtcDay, Map<string, Map<string, number>[]>>();
    this.#forEach((app, activity, day, users) => {
      const apps = days.get(day) ?? new Map<string, Map<string, number>[]>();
      const counts = apps.get(app) ?? Array.from({ length: this.#activities }, () => new Map<string, number>());
      days.set(day, apps.set(app, counts));
      users.forEach((user, times) => {
        counts[activity]?.set(this.#users.names[user] as string, times);
      });
    });
    return [...days]
      .sort(([a], [b]) => a - b)
      .flatMap(([day, apps]) => [...apps].sort(byKey).map(([app, counts]) => ({ day, app, counts })));
  }

  #countsOf(app: number, activity: number, day: UtcDay): UserCounts {
    const days = (this.#counts[app] as DailyCounts)[activity] as Map<UtcDay, UserCounts>;
    let users = days.get(day);
    if (users === undefined) {
      users = new UserCounts();
      days.set(day, users);
    }
    return users;
  }

  #forEach(see: (app: string, activity: number, day: UtcDay, users: UserCounts) => void): void {
    this.#waiting.flush();
    for (const [app, counts] of this.#counts.entries()) {
      for (const [activity, days] of counts.entries()) {
        for (const [day, users] of days) see(this.#apps.names[app] as string, activity, day, users);
      }
    }
  }
}

/** For each activity and day, how often each user did it. */
type DailyCounts = readonly Map<UtcDay, UserCounts>[];

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
