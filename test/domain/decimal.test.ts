import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals, type Decimal, formatDecimal, parseDecimal, readDecimal, ZERO } from '../../src/domain/decimal.ts';

const RUNS = { numRuns: 1_000 };
const NINES = '9'.repeat(38);

describe('a number as DynamoDB holds it', () => {
  it.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.000', '0'],
    ['0e99999', '0'],
    ['3', '3'],
    ['3.0', '3'],
    ['007', '7'],
    ['+7', '7'],
    ['-7', '-7'],
    ['0.10', '0.1'],
    ['-0.10', '-0.1'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['100', '100'],
    ['1E2', '100'],
    ['1e+2', '100'],
    ['1e00002', '100'],
    ['1.25e1', '12.5'],
    ['125E-4', '0.0125'],
    ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
    [`${NINES}.000`, NINES],
    [`000${NINES}`, NINES],
    [`0.${NINES}`, `0.${NINES}`],
    [`${NINES}e88`, NINES + '0'.repeat(88)],
    ['1e125', `1${'0'.repeat(125)}`],
    ['1e-130', `0.${'0'.repeat(129)}1`],
  ])('%s is %s', (text, formatted) => {
    expect(formatDecimal(parseDecimal(text) as Decimal)).toBe(formatted);
  });

  it.each([
    ...[
      '',
      ' ',
      '.',
      '+',
      '-',
      '--1',
      'x',
      '1x',
      ' 1',
      '1 ',
      '1,5',
      '1_000',
      '0x10',
      '١٢',
      'NaN',
      'Infinity',
      '1e',
      '1e1.5',
    ],
    ...['1e126', '1e-131', '-1e126', '1e99999', '1e-99999', `1e${'9'.repeat(400)}`],
    ...[`${NINES}9`, `1${'0'.repeat(37)}1`, `0.${NINES}9`, `1${'0'.repeat(126)}`],
  ])('"%s" is none', (text) => expect(parseDecimal(text)).toBeUndefined());
});

const decimal: fc.Arbitrary<Decimal> = fc
  .tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.nat(130))
  .map(([digits, places]) => ({ digits, places }));

const PLACES = 400;
/** As a whole number of 10^-400. */
const whole = ({ digits, places }: Decimal): bigint => digits * 10n ** BigInt(PLACES - places);

describe('sums', () => {
  it('are exact', () =>
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(whole(addDecimals(a, b))).toBe(whole(a) + whole(b));
      }),
      RUNS,
    ));

  it('come to the same text in any order and grouping', () =>
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 8 }), fc.nat(8), (numbers, cut) => {
        const sum = (some: readonly Decimal[]) => some.reduce(addDecimals, ZERO);
        const parts = addDecimals(sum(numbers.slice(cut).reverse()), sum(numbers.slice(0, cut)));
        expect(formatDecimal(parts)).toBe(formatDecimal(sum(numbers)));
      }),
      RUNS,
    ));

  it('keep the least of 38 digits, where doubles would lose it', () => {
    const [large, small] = ['1e37', '0.1'].map((text) => parseDecimal(text) as Decimal) as [Decimal, Decimal];
    expect(formatDecimal(addDecimals(large, small))).toBe(`1${'0'.repeat(37)}.1`);
  });
});

describe('the text of a number', () => {
  it('has no exponent, and no zeros that say nothing', () =>
    fc.assert(
      fc.property(decimal, (number) => {
        expect(formatDecimal(number)).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(formatDecimal(number)).not.toBe('-0');
      }),
      RUNS,
    ));

  it('reads back, whatever number of digits it has', () =>
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const sum = addDecimals(a, b);
        expect(whole(readDecimal(formatDecimal(sum)))).toBe(whole(sum));
      }),
      RUNS,
    ));

  it('is read as any number of an item is', () =>
    fc.assert(
      fc.property(decimal, (number) => {
        expect(whole(parseDecimal(formatDecimal(number)) as Decimal)).toBe(whole(number));
      }),
      RUNS,
    ));
});
