import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contains,
  daysBefore,
  intersect,
  isEmpty,
  planDays,
  spanOfDay,
  wholeDaysIn,
} from '../../src/domain/export-window.ts';
import { isPublishable } from '../../src/domain/metric-points.ts';
import {
  dayOfMillis,
  daysBetween,
  formatDay,
  LAST_DAY,
  midnightOf,
  noonOf,
  parseDay,
} from '../../src/domain/utc-day.ts';

const anyDay = fc.integer({ min: 0, max: LAST_DAY });

describe('a UTC day', () => {
  it('reads back what it writes', () =>
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(parseDay(formatDay(day))).toBe(day);
      }),
      { numRuns: 1_000 },
    ));

  it('has its noon in it, so that the Maximum over a day is of points at its midnight and at its noon', () =>
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayOfMillis(noonOf(day))).toBe(day);
      }),
    ));

  it('holds every moment from its midnight to the next', () =>
    fc.assert(
      fc.property(anyDay, fc.nat(86_399_999), (day, millis) => {
        expect(dayOfMillis(midnightOf(day) + millis)).toBe(day);
      }),
      { numRuns: 1_000 },
    ));

  it.each([
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-1-1',
    '1969-12-31',
    '10000-01-01',
    '',
    '2024-11-22T00:00:00Z',
  ])('"%s" is none', (text) => expect(parseDay(text)).toBeUndefined());
});

describe('the window of an export', () => {
  it('holds a day of an incremental export exactly if all of it lies in the span', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 * 86_400_000 }),
        fc.integer({ min: 0, max: 86_400_000 }),
        fc.nat(12),
        (from, length, day) => {
          const whole = midnightOf(day) >= from && midnightOf(day + 1) <= from + length;
          expect(contains(wholeDaysIn({ from, to: from + length }), day)).toBe(whole);
        },
      ),
      { numRuns: 1_000 },
    ));

  it('of a full export ends on the day before the export, whatever the hour', () => {
    expect(daysBefore(midnightOf(100), null)).toEqual({ from: null, to: 99 });
    expect(daysBefore(midnightOf(101) - 1, 90)).toEqual({ from: 90, to: 99 });
  });

  it('of one whole day is that day', () => expect(wholeDaysIn(spanOfDay(77))).toEqual({ from: 77, to: 77 }));

  it('intersects to what both contain', () =>
    fc.assert(
      fc.property(
        fc.option(fc.nat(20)),
        fc.nat(20),
        fc.option(fc.nat(20), { nil: undefined }),
        fc.option(fc.nat(20), { nil: undefined }),
        fc.nat(25),
        (from, to, low, high, day) => {
          const both = contains({ from, to }, day) && day >= (low ?? 0) && day <= (high ?? 99);
          expect(contains(intersect({ from, to }, { from: low, to: high }), day)).toBe(both);
        },
      ),
      { numRuns: 1_000 },
    ));

  it('is empty where it ends before it begins', () => {
    expect(isEmpty({ from: 5, to: 4 })).toBe(true);
    expect(isEmpty({ from: 5, to: 5 })).toBe(false);
    expect(isEmpty({ from: null, to: 0 })).toBe(false);
  });
});

describe('the plan of a night', () => {
  it('asks for the days that recovery covers from their first moment and gives up the others', () => {
    expect(planDays([10, 11, 12, 13], noonOf(11))).toEqual({ days: [12, 13], lost: [10, 11] });
    expect(planDays([10, 11], midnightOf(10))).toEqual({ days: [10, 11], lost: [] });
  });

  it('lists days inclusively, none where they end before they begin', () => {
    expect(daysBetween(3, 5)).toEqual([3, 4, 5]);
    expect(daysBetween(5, 3)).toEqual([]);
  });
});

it('CloudWatch takes a midnight that is up to 14 days old', () => {
  expect(isPublishable(100, noonOf(114))).toBe(true);
  expect(isPublishable(100, noonOf(114) + 1)).toBe(false);
});
