import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfMillis, midnightOf } from '../../src/domain/utc-day.ts';
import { daysOfRange } from '../../src/report/widget.ts';

const today = 20_000;
const now = midnightOf(today) + 12 * 3_600_000;

describe("the days of a dashboard's time range", () => {
  it.each([
    ['the last four weeks', midnightOf(today - 28), now, [today - 28, today - 1]],
    ['a span in the past', midnightOf(today - 60), midnightOf(today - 30), [today - 60, today - 31]],
    ['three hours: at least a week', now - 3 * 3_600_000, now, [today - 7, today - 1]],
    ['more than is kept', 0, now, [today - 455, today - 1]],
  ])('are those of %s', (_, start, end, days) => {
    const { from, to } = daysOfRange({ start, end }, now);
    expect([from, to]).toEqual(days);
  });

  it('are at least a week, at most 455 days and a week, and over', () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 * now }), fc.nat({ max: 2 * now }), (start, end) => {
        const { from, to } = daysOfRange({ start, end }, now);
        expect(to - from).toBeGreaterThanOrEqual(6);
        expect(to - from).toBeLessThanOrEqual(455 + 7);
        expect(to).toBeLessThan(dayOfMillis(now));
      }),
      { numRuns: 1000 },
    );
  });
});
