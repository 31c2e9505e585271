import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  millisOfClock,
  millisOfDate,
  millisOfDateTime,
  millisOfDateTimeWithoutZone,
  millisOfEpoch,
  millisOfNumber,
} from '../../src/schemas/timestamp.ts';

describe('a DynamoDB number as a time', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['1732233600', 1_732_233_600_000],
    ['1732233600.999999999999999999999999', 1_732_233_600_000],
    ['1.7322336E9', 1_732_233_600_000],
    ['1.732233599999999999999999e9', 1_732_233_599_000],
    ['17322336000000E-4', 1_732_233_600_000],
    ['0e99999', 0],
    ['1e-99999', 0],
    ['+1732233600', 1_732_233_600_000],
    ['.5', 0],
    ['5.', 5_000],
    ['99999999999', 99_999_999_999_000],
    ['99999999999.99999999999999999999', 99_999_999_999_000],
    ['1e11', 100_000_000_000],
    ['100000000000', 100_000_000_000],
    ['1732233600123', 1_732_233_600_123],
    ['253402300799999', 253_402_300_799_999],
  ])('%s is %d milliseconds', (text, millis) => expect(millisOfNumber(text)).toBe(millis));

  it.each([
    '',
    ' ',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
    '1e',
    '.',
    '+',
    '-1',
    '-0.5',
    '-1e-400',
    '253402300800000',
    '1e400',
    '1 ',
    ' 1',
    '1,5',
    '١٢',
  ])('"%s" is no time', (text) => expect(millisOfNumber(text)).toBeUndefined());
});

describe('a number of a named unit as a time', () => {
  it.each([
    ['epochSeconds', '1732233600', 1_732_233_600_000],
    ['epochSeconds', '1732233600.999', 1_732_233_600_000],
    ['epochSeconds', '100000000000', 100_000_000_000_000],
    ['epochSeconds', '253402300799.999', 253_402_300_799_000],
    ['epochMillis', '1732233600', 1_732_233_600],
    ['epochMillis', '253402300799999.999', 253_402_300_799_999],
    ['epochMicros', '1732233600123999', 1_732_233_600_123],
    ['epochMicros', '1732233600123999.9999999999', 1_732_233_600_123],
    ['epochMicros', '1.732233600123999e15', 1_732_233_600_123],
    ['epochMicros', '999', 0],
    ['epochMicros', '253402300799999999', 253_402_300_799_999],
    ['epochNanos', '1732233600123999999', 1_732_233_600_123],
    ['epochNanos', '1732319999999999999.9', 1_732_319_999_999],
    ['epochNanos', '17322336001239999999E-1', 1_732_233_600_123],
    ['epochNanos', '253402300799999999999', 253_402_300_799_999],
    ['epochNanos', '0.1e6', 0],
  ] as const)('%s of %s is %d milliseconds', (unit, text, millis) => expect(millisOfNumber(text, unit)).toBe(millis));

  it.each([
    ['epochSeconds', '253402300800'],
    ['epochSeconds', '-1'],
    ['epochMillis', '253402300800000'],
    ['epochMillis', '2024-11-22'],
    ['epochMicros', '253402300800000000'],
    ['epochMicros', '-0.5'],
    ['epochNanos', '253402300800000000000'],
    ['epochNanos', '1e99999'],
    ['epochNanos', ''],
  ] as const)('%s of "%s" is no time', (unit, text) => expect(millisOfNumber(text, unit)).toBeUndefined());

  const units = ['auto', 'epochSeconds', 'epochMillis', 'epochMicros', 'epochNanos'] as const;

  it('is the same, whether the digits are read here or have been read already', () =>
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.maxSafeNat(), (unit, value) => {
        expect(millisOfNumber(`${value}`, unit)).toBe(millisOfEpoch(value, unit));
      }),
      { numRuns: 1_000 },
    ));

  it('is the same, however the number is written', () =>
    fc.assert(
      fc.property(fc.constantFrom(...units), fc.bigInt(0n, 10n ** 21n), fc.nat(25), (unit, value, at) => {
        const digits = `${value}`.padStart(at + 1, '0');
        const moved = `${digits.slice(0, digits.length - at)}.${digits.slice(digits.length - at)}e${at}`;
        const expected = millisOfNumber(`${value}`, unit);
        for (const text of [moved, `+${value}`, `000${value}`, `${value}.000`, `${value}000e-3`, `${value}.999999`]) {
          expect(millisOfNumber(text, unit), text).toBe(expected);
        }
      }),
      { numRuns: 1_000 },
    ));
});

describe('an RFC 3339 date-time', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1969-12-31T23:00:00-01:00', 0],
    ['2024-11-22T00:00:00Z', 1_732_233_600_000],
    ['2024-11-22t00:00:00z', 1_732_233_600_000],
    ['2024-11-22T01:30:00+01:30', 1_732_233_600_000],
    ['2024-11-21T23:59:59.99999999999999999999Z', 1_732_233_599_999],
    ['2024-11-22T00:00:00.1Z', 1_732_233_600_100],
    ['2024-11-22T00:00:00-00:00', 1_732_233_600_000],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
    ['2016-12-31T23:59:60Z', 1_483_228_799_999],
    ['2017-01-01T00:59:60+01:00', 1_483_228_799_999],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
  ])('%s is %d milliseconds', (text, millis) => expect(millisOfDateTime(text)).toBe(millis));

  it.each([
    '2024-11-22',
    '2024-11-22T00:00:00',
    '2024-11-22 00:00:00Z',
    '2024-11-22T00:00Z',
    '2024-11-22T00:00:00.Z',
    '2023-02-29T00:00:00Z',
    '2024-13-01T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-11-31T00:00:00Z',
    '2024-11-22T24:00:00Z',
    '2024-11-22T00:60:00Z',
    '2024-11-22T00:00:61Z',
    '2024-11-22T12:00:60Z',
    '2024-11-22T00:00:00+24:00',
    '2024-11-22T00:00:00+0100',
    '0075-01-01T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '1970-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '10000-01-01T00:00:00Z',
    '2024-11-22T00:00:00Z ',
    '2024-11-22T00:00:00Z\n',
  ])('"%s" is none', (text) => expect(millisOfDateTime(text)).toBeUndefined());

  it('reads back every instant that Date writes', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (millis) => {
        expect(millisOfDateTime(new Date(millis).toISOString())).toBe(millis);
      }),
      { numRuns: 1_000 },
    ));
});

describe("a date-time without a zone, as Python's isoformat() writes it", () => {
  it.each([
    ['2024-11-22T00:00:00', 1_732_233_600_000],
    ['2024-11-22 00:00:00', 1_732_233_600_000],
    ['2025-01-02T03:04:05.678901', 1_735_787_045_678],
    ['2025-01-02 03:04:05.6', 1_735_787_045_600],
    ['1970-01-01T00:00:00', 0],
    ['9999-12-31T23:59:59.999999', 253_402_300_799_999],
  ])('%s is %d milliseconds', (text, millis) => expect(millisOfDateTimeWithoutZone(text)).toBe(millis));

  it.each([
    '2024-11-22T00:00:00Z',
    '2024-11-22T00:00:00z',
    '2024-11-22 00:00:00Z',
    '2024-11-22T00:00:00+00:00',
    '2024-11-22T00:00:00+01:00',
    '2024-11-22T00:00:00-0',
    '2024-11-22T00:00:00+01:0',
    '2024-11-22t00:00:00',
    '2024-11-22  00:00:00',
    '2024-11-22',
    '2024-11-22T00:00',
    '2024-11-22T00:00:00.',
    '2024-11-22T00:00:00,5',
    '2024-02-30T00:00:00',
    '1969-12-31T23:59:59',
    '',
  ])('"%s" is none', (text) => expect(millisOfDateTimeWithoutZone(text)).toBeUndefined());
});

describe('a date', () => {
  it.each([
    ['1970-01-01', 0],
    ['2024-02-29', 1_709_164_800_000],
    ['2024-11-22', 1_732_233_600_000],
    ['9999-12-31', 253_402_214_400_000],
  ])('%s is %d milliseconds', (text, millis) => expect(millisOfDate(text)).toBe(millis));

  it.each([
    ...['', '2024', '2024-11', '2024-11-2', '2024-11-222', '20241122', '2024/11/22', '22-11-2024', ' 2024-11-22'],
    ...['2023-02-29', '2100-02-29', '2024-00-22', '2024-11-00', '2024-11-31', '1969-12-31', '2024-11-22T00:00:00Z'],
    ...['２０２４-11-22', '2024-11-2a'],
  ])('"%s" is none', (text) => expect(millisOfDate(text)).toBeUndefined());
});

const clocks = fc.record({
  date: fc.record({ year: fc.integer({ min: 1969, max: 9999 }), month: fc.nat(13), day: fc.nat(32) }),
  time: fc.record({ hour: fc.nat(25), minute: fc.nat(61), second: fc.nat(62), millis: fc.nat(999) }),
});

it('a clock whose digits have been read already says what its date-time says', () =>
  fc.assert(
    fc.property(clocks, ({ date: { year, month, day }, time: { hour, minute, second, millis } }) => {
      const two = (part: number) => `${part}`.padStart(2, '0');
      const fraction = `${millis}`.padStart(3, '0');
      const text = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${fraction}Z`;
      const date = (year * 100 + month) * 100 + day;
      const clock = ((hour * 100 + minute) * 100 + second) * 1000 + millis;
      expect(millisOfClock(date, clock)).toBe(millisOfDateTime(text));
    }),
    { numRuns: 1_000 },
  ));
