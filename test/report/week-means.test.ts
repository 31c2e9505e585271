import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quality } from '../../src/domain/provenance.ts';
import type { DayValue } from '../../src/report/comparison.ts';
import { weekMeans } from '../../src/report/week-means.ts';

const days = (values: readonly (number | null)[], qualityOf: (index: number) => Quality = () => 'exact'): DayValue[] =>
  values.map((value, index) => ({
    date: `day ${index}`,
    value,
    quality: value === null ? undefined : qualityOf(index),
    meaning: value === null ? undefined : 'a',
  }));

describe('the mean of seven days', () => {
  it('begins when five are known', () => {
    expect(weekMeans(days([7, 7, 7, 7, 7]))).toEqual([null, null, null, null, 7]);
  });

  it('has each weekday once', () => {
    expect(weekMeans(days([1, 2, 3, 4, 5, 6, 7, 8])).slice(6)).toEqual([4, 5]);
  });

  it('leaves out days without a number, and has none on them', () => {
    expect(weekMeans(days([1, 1, 1, null, 1, 1, 8])).slice(3)).toEqual([null, null, 1, 13 / 6]);
  });

  it('never mixes numbers of two meanings', () => {
    const mixed = days(Array(14).fill(3)).map((day, index) => ({ ...day, meaning: index < 7 ? 'a' : 'b' }));
    expect(weekMeans(mixed).flatMap((mean, index) => (mean === null ? [index] : []))).toEqual([
      ...[0, 1, 2, 3, 7, 8, 9, 10, 11, 12],
    ]);
  });

  it('never mixes lower bounds and exact numbers', () => {
    const mixed = days(Array(14).fill(3), (index) => (index < 7 ? 'lowerBound' : 'exact'));
    expect(weekMeans(mixed).map((mean) => mean !== null)).toEqual([
      ...[false, false, false, false, true, true, true],
      ...[false, false, false, false, false, false, true],
    ]);
  });

  it('does not see a swing that repeats each week', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 7, maxLength: 7 }), (week) => {
        const means = weekMeans(days([...week, ...week, ...week])).slice(6);
        for (const mean of means) expect(mean).toBeCloseTo(week.reduce((sum, each) => sum + each, 0) / 7);
      }),
    );
  });
});
