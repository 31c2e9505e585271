import fc from 'fast-check';
import type { TimeForm } from '../../../src/domain/definition.ts';
import type { Json } from '../../oracle/json-writer.ts';
import { N, S } from './attributes.ts';
import { idsOf } from './ids.ts';

const DAY = 86_400_000;

/** 2024-11-22, the day about which all exports turn. */
export const MIDDLE_DAY = 20_049;

/** Mostly of the middle day or next to it, at midnights above all; sometimes at the ends of time. */
const instants: fc.Arbitrary<number> = fc.oneof(
  { weight: 20, arbitrary: dayWithin(0, 0) },
  { weight: 4, arbitrary: dayWithin(-2, 3) },
  fc.constantFrom(
    0,
    1,
    999,
    99_999_999_999,
    100_000_000_000,
    Date.UTC(2014, 4, 13, 16, 53, 20),
    Date.UTC(9999, 11, 31),
  ),
);

function dayWithin(min: number, max: number): fc.Arbitrary<number> {
  const clock = fc.oneof(fc.constantFrom(0, 1, DAY - 1), fc.nat(DAY - 1));
  return fc.tuple(fc.integer({ min, max }), clock).map(([offset, millis]) => (MIDDLE_DAY + offset) * DAY + millis);
}

const fractions = fc.constantFrom('', '.0', '.5', '.999999999999999999999999', '.000001');

/** The same number, written otherwise. */
const spelt = (digits: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(digits) },
    fractions.map((fraction) => digits + fraction),
    fc.constantFrom(`+${digits}`, `000${digits}`, `${digits}e0`, `${digits}000E-3`, `${digits}.`),
    fractions.map((tail) => `${digits.slice(0, 1)}.${digits.slice(1)}${tail.slice(1)}e+${digits.length - 1}`),
  );

/** Digits behind the millisecond are cut, even where they round up to the next day. */
const inUnit = (places: number) =>
  fc.tuple(instants, fc.constantFrom('0', '9')).chain(([millis, digit]) => {
    const whole = places >= 0 ? `${millis}${digit.repeat(places)}` : `${millis}`.slice(0, places);
    return spelt(whole === '' ? '0' : whole);
  });

const twoDigits = (number: number): string => `${number}`.padStart(2, '0');

const zones = fc.constantFrom(0, 0, 60, -60, 330, -210, 845, -719, 1439, -1439);

const dateTime = fc
  .record({
    millis: instants,
    zone: zones,
    fraction: fractions,
    t: fc.constantFrom('T', 'T', 'T', 't'),
    zulu: fc.constantFrom('Z', 'Z', 'z', '+00:00', '-00:00'),
  })
  .map(({ millis, zone, fraction, t, zulu }) => {
    const clock = new Date(Math.max(0, millis + zone * 60_000)).toISOString().slice(0, 19).replace('T', t);
    const minutes = Math.abs(zone);
    const offset = `${zone < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
    return clock + fraction + (zone === 0 ? zulu : offset);
  });

const withoutZone = fc
  .tuple(instants, fractions, fc.constantFrom('T', ' ', 't'))
  .map(([millis, fraction, t]) => new Date(millis).toISOString().slice(0, 19).replace('T', t) + fraction);

/** In one case or the other, which is all the same but for KSUIDs. */
const ids = (kind: keyof typeof idsOf, bits: bigint) =>
  fc
    .tuple(instants, fc.bigInt({ min: 0n, max: (1n << bits) - 1n }), fc.constantFrom('is', 'small', 'large'))
    .map(([millis, chance, letters]) => {
      const id = idsOf[kind](millis, chance);
      if (kind === 'ksuid' || letters === 'is') return id;
      return letters === 'small' ? id.toLowerCase() : id.toUpperCase();
    });

const numbers = fc.oneof(inUnit(-3), inUnit(0));

/** Times of a form, from 1970 to 9999. */
const rightTimes: Readonly<Record<TimeForm, fc.Arbitrary<string>>> = {
  auto: numbers,
  epochSeconds: inUnit(-3),
  epochMillis: inUnit(0),
  epochMicros: inUnit(3),
  epochNanos: inUnit(6),
  dateTime,
  dateTimeWithoutZone: withoutZone,
  date: instants.map((millis) => new Date(millis).toISOString().slice(0, 10)),
  ulid: ids('ulid', 80n),
  uuidv7: ids('uuidv7', 74n),
  ksuid: ids('ksuid', 128n),
};

/** What looks like a time and is none, or lies outside. */
const wrongNumbers = fc.constantFrom(
  ...['', ' ', '.', '+', '-1', '-0', '-0.0001', '1e400', '1e-400', '0e99999', '1e99999999999', '1e', '0x10', '.5', '٣'],
  ...['99999999999.9', '253402300799.9', '253402300800', '253402300799999.9', '253402300800000', '253402300800e3'],
  ...['253402300799999999.9', '253402300800000000', '253402300799999999999', '253402300800000000000'],
);
const wrongDates = fc.constantFrom(
  ...[
    '',
    '2024-02-30',
    '2023-02-29',
    '2100-02-29',
    '2024-02-29',
    '1969-12-31',
    '9999-12-31',
    '2024-13-01',
    '2024-11-31',
  ],
  ...['2024-11-22T24:00:00Z', '2024-11-22T23:60:00Z', '2024-11-22T23:59:60Z', '2024-12-31T23:59:60Z'],
  ...['2024-07-01T05:29:60+05:30', '2024-06-30T23:59:61Z', '2024-11-22T00:00Z', '2024-11-22T00:00:00'],
  ...['2024-11-22T00:00:00.Z', '2024-11-22T00:00:00.', '2024-11-22T00:00:00+24:00', '2024-11-22T00:00:00+01:60'],
  ...['1970-01-01T00:59:59+01:00', '1969-12-31T23:00:00-01:00', '9999-12-31T23:59:59-00:01', '1999-12-31T23:59:60'],
);
const wrongIds = fc.constantFrom(
  ...[
    '8ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    'ZZZZZZZZZZZZZZZZZZZZZZZZZZ',
    '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
    '81JD8JP700J7YKENA74ZE5GJDR',
  ],
  ...[
    '01JD9XK000ILOU000000000000',
    '01JD8JP700J7YKENA74ZE5GJD',
    '01JD8JP700J7YKENA74ZE5GJDRR',
    '01jd8jp700j7ykena74ze5gjdr',
  ],
  ...[
    '01935211-18b2-4abc-9123-456789abcdef',
    '01935211-18b2-7abc-7123-456789abcdef',
    '01935211-18b2-7abc-c123-456789abcdef',
  ],
  ...[
    'ffffffff-ffff-7fff-bfff-ffffffffffff',
    '0193521118b27abc9123456789abcdef',
    'g1935211-18b2-7abc-9123-456789abcdef',
  ],
  ...[
    'aWgEPTl1tmebfsQzFP4bxwgy80V',
    'aWgEPTl1tmebfsQzFP4bxwgy80W',
    'zzzzzzzzzzzzzzzzzzzzzzzzzzz',
    '000000000000000000000000000',
  ],
);

function wrongTimes(as: TimeForm): fc.Arbitrary<string> {
  if (as.startsWith('epoch') || as === 'auto') return wrongNumbers;
  return as.startsWith('date') ? wrongDates : wrongIds;
}

const anyForm = fc.constantFrom(...Object.values(rightTimes)).chain((times) => times);

export const timeTexts = (as: TimeForm): fc.Arbitrary<string> =>
  fc.oneof({ weight: 20, arbitrary: rightTimes[as] }, { weight: 2, arbitrary: wrongTimes(as) }, anyForm);

/** An attribute that is a time of the form. */
export function timeAttributes(as: TimeForm): fc.Arbitrary<Json> {
  if (as === 'auto')
    return fc.oneof(timeTexts('epochMillis').map(N), timeTexts('epochSeconds').map(N), timeTexts('dateTime').map(S));
  return timeTexts(as).map(as.startsWith('epoch') ? N : S);
}
