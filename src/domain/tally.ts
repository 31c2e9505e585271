import type { Activity, NumberedActivity } from './activity.ts';
import { addDecimals, type Decimal, ZERO } from './decimal.ts';
import type { Definition } from './definition.ts';
import { byKey } from './text-order.ts';
import { UserCounts, WaitingCounts } from './user-counts.ts';
import type { UtcDay } from './utc-day.ts';

/** How often each user did a thing. */
export type CountPerUser = ReadonlyMap<string, number>;

/** What was counted of one activity, in one app, on one day. */
export interface ActivityCounts {
  readonly users: CountPerUser;
  /** In the order of the activity's `sums`. */
  readonly sums: readonly Decimal[];
}

/** All that is counted for one app on one day, by the activity's place in the definition. */
export type AppDay = readonly ActivityCounts[];

/** An app on a day on which nothing happened in it. */
export const nothingCounted = ({ activities }: Pick<Definition, 'activities'>): AppDay =>
  activities.map(({ sums }) => ({ users: new Map(), sums: sums.map(() => ZERO) }));

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
    readonly sums: readonly Decimal[];
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

  constructor(readonly definition: Pick<Definition, 'activities'>) {}

  /** The number that stands for an app in {@link Tally.addNumbered}. */
  app(name: string): number {
    const app = this.#apps.numberOf(name);
    this.#counts[app] ??= this.definition.activities.map(() => new Map());
    return app;
  }

  /** The number that stands for a user in {@link Tally.addNumbered}. */
  user(userId: string): number {
    return this.#users.numberOf(userId);
  }

  /** Counts an activity `times` times; its amounts, where it has some, are added as they are. */
  add({ day, app, activity, userId, amounts }: Activity, times = 1): void {
    const counts = this.#countsOf(this.app(app), activity, day);
    counts.add(this.user(userId), times);
    if (amounts !== undefined) counts.addAmounts(amounts);
  }

  /** As {@link Tally.add}, where names have been looked up before: called for every record, millions of times. */
  addNumbered({ day, app, activity, user, amounts }: NumberedActivity): void {
    const counts = this.#countsOf(app, activity, day);
    this.#waiting.add(counts, user);
    if (amounts !== undefined) counts.addAmounts(amounts);
  }

  /** Adds to the sums of an activity alone, which may have been counted elsewhere. */
  addSums({ day, app, activity }: Omit<Activity, 'userId' | 'amounts'>, sums: readonly Decimal[]): void {
    this.#countsOf(this.app(app), activity, day).addAmounts(sums);
  }

  /** Adds all that another tally has counted. */
  merge({ users, counts }: TallyParts): void {
    const numbers = users.map((userId) => this.user(userId));
    for (const { app, activity, day, pairs, sums } of counts) {
      const own = this.#countsOf(this.app(app), activity, day);
      for (let at = 0; at < pairs.length; at += 2) {
        own.add(numbers[pairs[at] as number] as number, pairs[at + 1] as number);
      }
      own.addAmounts(sums);
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
      counts.push({ app, activity, day, pairs: Uint32Array.from(pairs), sums: [...table.sums] });
    });
    return { users, counts };
  }

  /** Every (day, app) with at least one activity, by day, then app. */
  entries(): TallyEntry[] {
    const days = new Map<UtcDay, Map<string, { users: Map<string, number>; sums: readonly Decimal[] }[]>>();
    this.#forEach((app, activity, day, table) => {
      const apps = days.get(day) ?? new Map();
      const counts = apps.get(app) ?? nothingCounted(this.definition);
      days.set(day, apps.set(app, counts));
      const named = new Map<string, number>();
      table.forEach((user, times) => {
        named.set(this.#users.names[user] as string, times);
      });
      counts[activity] = { users: named, sums: [...table.sums] };
    });
    return [...days]
      .sort(([a], [b]) => a - b)
      .flatMap(([day, apps]) => [...apps].sort(byKey).map(([app, counts]) => ({ day, app, counts })));
  }

  #countsOf(app: number, activity: number, day: UtcDay): DayCounts {
    const days = (this.#counts[app] as DailyCounts)[activity] as Map<UtcDay, DayCounts>;
    let counts = days.get(day);
    if (counts === undefined) {
      counts = new DayCounts(this.definition.activities[activity]?.sums.length ?? 0);
      days.set(day, counts);
    }
    return counts;
  }

  #forEach(see: (app: string, activity: number, day: UtcDay, counts: DayCounts) => void): void {
    this.#waiting.flush();
    for (const [app, activities] of this.#counts.entries()) {
      for (const [activity, days] of activities.entries()) {
        for (const [day, counts] of days) see(this.#apps.names[app] as string, activity, day, counts);
      }
    }
  }
}

/** By activity and day. */
type DailyCounts = readonly Map<UtcDay, DayCounts>[];

/** How often each user did one thing in one app on one day, and the sums of what they did. */
class DayCounts extends UserCounts {
  readonly sums: Decimal[];

  constructor(sums: number) {
    super();
    this.sums = Array.from({ length: sums }, () => ZERO);
  }

  addAmounts(amounts: readonly Decimal[]): void {
    for (const [index, amount] of amounts.entries()) this.sums[index] = addDecimals(this.sums[index] ?? ZERO, amount);
  }
}

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
