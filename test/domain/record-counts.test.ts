import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportCounts, MAX_REJECTS_KEPT } from '../../src/domain/record-counts.ts';
import { gamesRules, PARTY } from '../support/first-games.ts';
import { crowdedActivity } from '../support/records.ts';

const window = { from: 20_001, to: 20_003 };

const outcome = fc.oneof(
  fc.tuple(crowdedActivity, fc.boolean()).map(([activity, isTouched]) => (counts: ExportCounts) => {
    if (!counts.activities([activity])) counts.outsideWindow({ day: activity.day, isTouched });
  }),
  fc.constant((counts: ExportCounts) => counts.ignored()),
  fc.constant((counts: ExportCounts) => counts.deleted()),
  fc
    .record({
      file: fc.constantFrom('a', 'b'),
      line: fc.integer({ min: 1, max: 500 }),
      reason: fc.constantFrom('x', 'y'),
    })
    .map((reject) => (counts: ExportCounts) => counts.malformed(reject)),
);
const outcomes = fc.array(outcome, { maxLength: 300 });

const countsOf = (list: readonly ((counts: ExportCounts) => void)[]): ExportCounts => {
  const counts = new ExportCounts(gamesRules, window);
  for (const apply of list) apply(counts);
  return counts;
};

const plain = ({ records, rejects, rejectsByReason, totals }: ExportCounts) => ({
  records,
  rejects,
  outside: totals.outside,
  reasons: [...rejectsByReason].sort(),
});

describe('the counts of an export', () => {
  it('give each record exactly one outcome', () =>
    fc.assert(
      fc.property(outcomes, (list) => {
        const { read, counted, ignored, deleted, outsideWindow, malformed } = countsOf(list).records;
        expect(read).toBe(list.length);
        expect(counted + ignored + deleted + outsideWindow + malformed).toBe(read);
      }),
      { numRuns: 1_000 },
    ));

  it('are the same however the records are split over files and in whichever order those are merged', () =>
    fc.assert(
      fc.property(outcomes, fc.nat(300), fc.boolean(), (list, cut, swap) => {
        const parts = [countsOf(list.slice(0, cut)), countsOf(list.slice(cut))];
        const sum = new ExportCounts(gamesRules, window);
        for (const part of swap ? parts.reverse() : parts) sum.merge(part.parts);
        expect(plain(sum)).toEqual(plain(countsOf(list)));
      }),
      { numRuns: 1_000 },
    ));

  it('keep the first rejects by place and count all of them by reason', () => {
    const counts = new ExportCounts(gamesRules, window);
    for (let line = 150; line >= 1; line--) counts.malformed({ file: 'a', line, reason: 'owner.format' });
    expect(counts.rejects.map(({ line }) => line)).toEqual(
      Array.from({ length: MAX_REJECTS_KEPT }, (_, index) => index + 1),
    );
    expect(counts.rejectsByReason).toEqual(new Map([['owner.format', 150]]));
  });

  it('tell records outside the window apart: counted before, of days that are counted without them, and of days to come', () => {
    const counts = new ExportCounts(gamesRules, window);
    const outside = (day: number, isTouched: boolean) => {
      const activity = { activity: PARTY, app: 'a', userId: 'u', day };
      expect(counts.activities([activity])).toBe(false);
      counts.outsideWindow({ day, isTouched });
    };
    for (const day of [window.from - 36, window.from - 35, window.from - 1, window.from - 1]) outside(day, false);
    outside(window.to + 1, false);
    for (const day of [window.from - 400, window.from - 1, window.to + 1]) outside(day, true);
    counts.outsideWindow();
    const { records, outside: apart } = counts.totals;
    expect(records).toMatchObject({ read: 9, counted: 0, outsideWindow: 9 });
    expect(apart).toEqual({
      touched: 3,
      early: 1,
      older: 1,
      late: new Map([
        [window.from - 35, 1],
        [window.from - 1, 2],
      ]),
    });
  });

  it('count a record once that is an activity inside the window and one outside', () => {
    const counts = new ExportCounts(gamesRules, window);
    const on = (day: number) => ({ activity: PARTY, app: 'a', userId: 'u', day });
    expect(counts.activities([on(window.from - 1), on(window.from), on(window.to)])).toBe(true);
    expect(counts.records).toMatchObject({ read: 1, counted: 1, outsideWindow: 0 });
    expect(counts.tally.entries().map(({ day }) => day)).toEqual([window.from, window.to]);
  });
});
