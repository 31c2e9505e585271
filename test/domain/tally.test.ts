import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/domain/activity.ts';
import { Tally } from '../../src/domain/tally.ts';
import { firstGames, SESSION } from '../support/first-games.ts';
import { crowdedActivity } from '../support/records.ts';

const RUNS = { numRuns: 1_000 };
const activities = fc.array(crowdedActivity, { maxLength: 30 });

const tallyOf = (list: readonly Activity[]): Tally => {
  const tally = new Tally(firstGames);
  for (const activity of list) tally.add(activity);
  return tally;
};

const merged = (...tallies: readonly Tally[]): Tally => {
  const sum = new Tally(firstGames);
  for (const tally of tallies) sum.merge(structuredClone(tally.parts));
  return sum;
};

/** Entries with their maps in an order of their own, so that only what was counted is compared. */
const content = (tally: Tally) =>
  tally.entries().map(({ day, app, counts }) => ({
    day,
    app,
    counts: counts.map(({ users, sums }) => ({ users: [...users].sort(([a], [b]) => (a < b ? -1 : 1)), sums })),
  }));

const same = (a: Tally, b: Tally): void => {
  expect(content(a)).toEqual(content(b));
};

describe('the tally is a commutative monoid', () => {
  it('has the empty tally as its zero', () =>
    fc.assert(
      fc.property(activities, (a) => same(merged(tallyOf(a), new Tally(firstGames)), tallyOf(a))),
      RUNS,
    ));

  it('merges in any order', () =>
    fc.assert(
      fc.property(activities, activities, (a, b) =>
        same(merged(tallyOf(a), tallyOf(b)), merged(tallyOf(b), tallyOf(a))),
      ),
      RUNS,
    ));

  it('merges in any grouping', () =>
    fc.assert(
      fc.property(activities, activities, activities, (a, b, c) =>
        same(merged(merged(tallyOf(a), tallyOf(b)), tallyOf(c)), merged(tallyOf(a), merged(tallyOf(b), tallyOf(c)))),
      ),
      RUNS,
    ));

  it('gives the same however the records are split and shuffled', () =>
    fc.assert(
      fc.property(
        activities.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length }),
            fc.array(fc.nat(3), { minLength: list.length, maxLength: list.length }),
          ),
        ),
        ([list, shuffled, files]) => {
          const parts = [0, 1, 2, 3].map((file) => tallyOf(shuffled.filter((_, index) => files[index] === file)));
          same(merged(...parts), tallyOf(list));
        },
      ),
      RUNS,
    ));

  it('leaves what is merged in as it was', () =>
    fc.assert(
      fc.property(activities, activities, (a, b) => {
        const other = tallyOf(b);
        merged(tallyOf(a), other).add({ activity: SESSION, app: 'sudoku', userId: 'ada', day: 20_000 });
        same(other, tallyOf(b));
      }),
      RUNS,
    ));

  it('hands over only users who were counted, for others have a number too', () => {
    const tally = tallyOf([{ activity: SESSION, app: 'sudoku', userId: 'ada', day: 20_000 }]);
    tally.user('grace');
    expect(tally.parts.users).toEqual(['ada']);
  });
});
