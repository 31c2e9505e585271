import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExportCounts, MAX_REJECTS_KEPT } from '../../src/domain/record-counts.ts';
import { gamesRules, PARTY } from '../support/first-games.ts';
import { crowdedActivity } from '../support/records.ts';

const window = { from: 20_001, to: 20_003 };

const outcome = fc.oneof(
  crowdedActivity.map((activity) => (counts: ExportCounts) => counts.activities([activity])),
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

const plain = ({ records, rejects, rejectsByReason, late }: ExportCounts) => ({
  records,
  rejects,
  late,
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

  it('call a record of the day before the window late, and no other', () => {
    const counts = new ExportCounts(gamesRules, window);
    for (const day of [19_999, 20_000, 20_001, 20_004]) {
      counts.activities([{ activity: PARTY, app: 'a', userId: 'u', day }]);
    }
    expect(counts.records).toMatchObject({ counted: 1, outsideWindow: 3 });
    expect(counts.late).toBe(1);
  });
});
