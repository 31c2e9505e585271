import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, compare, type DayValue, WEEKS_COMPARED } from '../../src/report/comparison.ts';
import { formatChange } from '../../src/report/format.ts';

const exact = (value: number | null, date = '2026-11-03'): DayValue => ({
  date,
  value,
  quality: 'exact',
  meaning: 'a',
});
const bound = (value: number): DayValue => ({ date: '2026-11-03', value, quality: 'lowerBound', meaning: 'a' });

/** What is said of a day whose number is `value`, after weeks with these numbers. */
function said(value: number, before: readonly number[]) {
  const comparison = compare(
    exact(value),
    before.map((each) => exact(each)),
  );
  if (!comparison?.usual) throw new Error('nothing to compare with');
  const change = changeOf(comparison.value, comparison.usual);
  return { text: formatChange(change), direction: change.direction };
}

describe('what is usual', () => {
  it('is the mean of the same weekday before, and says of which days', () => {
    const weeks = ['2026-11-17', '2026-11-10', '2026-11-03', '2026-10-27'].map((date, index) =>
      exact(10 + index, date),
    );
    expect(compare(exact(20, '2026-11-24'), weeks)).toMatchObject({
      date: '2026-11-24',
      value: 20,
      usual: { mean: 11.5, dates: ['2026-11-17', '2026-11-10', '2026-11-03', '2026-10-27'] },
    });
  });

  it.each<[string, DayValue, DayValue[], number | undefined]>([
    ['leaves out days without a number', exact(5), [exact(null), exact(4), { ...exact(null), quality: undefined }], 4],
    ['leaves out lower bounds: beside one, every exact number looks like growth', exact(5), [bound(1), exact(4)], 4],
    ['is nothing where no day is left', exact(5), [bound(1), exact(null)], undefined],
    ['is nothing for a lower bound', bound(5), [exact(4)], undefined],
  ])('%s', (_, day, before, mean) => expect(compare(day, before)?.usual?.mean).toBe(mean));

  it('is nothing of a day without a number', () => expect(compare(exact(null), [exact(1)])).toBeNull());
});

describe('a change', () => {
  it.each<[string, number, number[], string, string]>([
    ['of small numbers is a difference, and no triumph', 18, [3, 2, 5, 2], '+15', 'level'],
    ['from nothing is a difference', 5, [0, 0, 0, 0], '+5', 'level'],
    ['of a part keeps one digit', 3, [2, 3, 2, 3], '+0.5', 'level'],
    ['downwards', 2, [9, 9, 9, 9], '−7', 'level'],
    ['of none', 3, [3, 3, 3, 3], '±0', 'level'],
    ['of large numbers is a part of the usual', 1200, [1000, 1010, 990, 1000], '+20 %', 'up'],
    ['of large numbers downwards', 800, [1000, 1010, 990, 1000], '−20 %', 'down'],
    ['that chance can do has no direction', 46, [40, 40, 40, 40], '+15 %', 'level'],
    ['as large as the weeks differ among themselves has no direction', 1300, [1000, 1400, 700, 1100], '+24 %', 'level'],
    ['that rounds to nothing', 10_001, [10_000], '±0 %', 'level'],
    ['of many times is cut', 100_000, [100, 100, 100, 100], '>999 %', 'up'],
  ])('%s', (_, value, before, text, direction) => expect(said(value, before)).toEqual({ text, direction }));

  const numbers = fc.array(fc.nat({ max: 5000 }), { minLength: 1, maxLength: WEEKS_COMPARED });

  it('has the sign of the difference, or none', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), numbers, (value, before) => {
        const mean = before.reduce((sum, each) => sum + each, 0) / before.length;
        const { text, direction } = said(value, before);
        if (direction !== 'level') expect(direction).toBe(value > mean ? 'up' : 'down');
        expect(text).toMatch(value > mean ? /^[+±>]/ : value < mean ? /^[−±]/ : /^±/);
      }),
    );
  });

  it('keeps its direction when all numbers are ten times as large: larger numbers carry more', () => {
    fc.assert(
      fc.property(fc.nat({ max: 5000 }), numbers, (value, before) => {
        const { direction } = said(value, before);
        if (direction === 'level') return;
        expect(
          said(
            value * 10,
            before.map((each) => each * 10),
          ).direction,
        ).toBe(direction);
      }),
    );
  });
});
