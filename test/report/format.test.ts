import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMean, formatShort, formatWithin } from '../../src/report/format.ts';

describe('a number in little room', () => {
  it.each([
    [0, '0'],
    [950, '950'],
    [12_300, '12.3k'],
    [-1_500_000, '-1.5m'],
    [2_000_000_000, '2bn'],
    [0.05, '0.05'],
    [0.123, '0.12'],
    [1.2e-9, '1.2e-9'],
    [1.25e20, '1.3e+20'],
  ])('%d is %s', (value, text) => expect(formatShort(value)).toBe(text));

  it('is whole where it fits', () => {
    expect(formatWithin(1_234_567, 9)).toBe('1,234,567');
    expect(formatWithin(1_234_567, 8)).toBe('1.2m');
    expect(formatWithin(1234.5, 9, formatMean)).toBe('1,235');
  });

  it('never takes more than nine characters', () => {
    const digits = fc.integer({ min: -99_999, max: 99_999 });
    fc.assert(
      fc.property(digits, fc.integer({ min: -130, max: 120 }), (number, power) => {
        expect(formatShort(number * 10 ** power).length).toBeLessThanOrEqual(9);
      }),
    );
  });
});

it.each([
  [3.25, '3.3'],
  [0, '0'],
  [2, '2'],
  [9.96, '10'],
  [1234.5, '1,235'],
])('tells the mean %d as %s', (mean, text) => expect(formatMean(mean)).toBe(text));
