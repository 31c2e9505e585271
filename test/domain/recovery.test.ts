import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planDays } from '../../src/domain/export-window.ts';
import { isLostToPeriod, MAX_RECOVERY_DAYS } from '../../src/domain/recovery.ts';
import { MILLIS_PER_DAY, midnightOf } from '../../src/domain/utc-day.ts';

const today = 20_050;
const atTwo = midnightOf(today) + 2 * 3_600_000;
const earliestOf = (periodDays: number) => atTwo - periodDays * MILLIS_PER_DAY;

describe('how many days recovery keeps', () => {
  it('as one: at 02:00 yesterday is lost, every night', () => {
    expect(planDays([today - 1], earliestOf(1)).lost).toEqual([today - 1]);
    expect(isLostToPeriod(today - 1, { periodDays: 1 }, atTwo)).toBe(true);
  });

  it.each([
    { periodDays: 2, day: today - 1, lost: false },
    { periodDays: 2, day: today - 2, lost: true },
    { periodDays: 7, day: today - 6, lost: false },
    { periodDays: 7, day: today - 7, lost: true },
    { periodDays: 7, day: today - 34, lost: true },
    { periodDays: 7, day: today - 35, lost: false },
    { periodDays: 35, day: today - 34, lost: false },
    { periodDays: 35, day: today - 100, lost: false },
  ])('as $periodDays: whether day $day of $lost is lost to that', ({ periodDays, day, lost }) => {
    expect(isLostToPeriod(day, { periodDays }, atTwo)).toBe(lost);
  });

  it('costs just the days that a longer period would cover and this one does not', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: MAX_RECOVERY_DAYS }),
        fc.integer({ min: today - 60, max: today - 1 }),
        (periodDays, day) => {
          const had = planDays([day], earliestOf(periodDays)).days.length > 0;
          const couldBeHad = planDays([day], earliestOf(MAX_RECOVERY_DAYS)).days.length > 0;
          expect(isLostToPeriod(day, { periodDays }, atTwo)).toBe(couldBeHad && !had);
        },
      ),
    ));
});
