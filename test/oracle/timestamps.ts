import { type Json, object } from './json-writer.ts';
import type { SeededRandom } from './seeded-random.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** As milliseconds, numbers below this would be read as seconds. */
const LEAST_MILLIS = 1e11;

/** A timestamp attribute that stands for the instant (or for one later in the same second), in one of many spellings. */
export function timestamp(instant: number, random: SeededRandom): Json {
  return random.chance(0.6) ? object(['N', number(instant, random)]) : object(['S', dateTime(instant, random)]);
}

function number(instant: number, random: SeededRandom): string {
  const seconds = String(Math.floor(instant / SECOND));
  const spellings = [
    seconds,
    `${seconds}.${fraction(random)}`,
    `+${seconds}`,
    `000${seconds}`,
    `${seconds}e0`,
    `${seconds}000E-3`,
    scientific(seconds, fraction(random)),
    ...(instant >= LEAST_MILLIS ? [String(instant), `${instant}.9`, `${instant / SECOND}e+3`] : []),
  ];
  return random.pick(spellings);
}

/** One digit, the rest as a fraction, and the exponent that undoes it. */
const scientific = (seconds: string, tail: string): string =>
  `${seconds[0]}.${seconds.slice(1)}${tail.slice(0, 12)}e${seconds.length - 1}`;

const fraction = (random: SeededRandom): string => random.pick(['0', '5', '999', '000001', '9999999999999999999999']);

function dateTime(instant: number, random: SeededRandom): string {
  const offset = random.pick([0, 0, 0, 60, -60, 330, -210, 845, -719]);
  const shifted = new Date(instant + offset * MINUTE);
  if (Number.isNaN(shifted.getTime()) || !/^\d/.test(shifted.toISOString())) return new Date(instant).toISOString();
  const [date, time = ''] = shifted.toISOString().split('T');
  const clock = time.slice(0, 8) + random.pick(['', `.${fraction(random)}`, time.slice(8, -1)]);
  return `${date}${random.pick(['T', 't'])}${clock}${zone(offset, random)}`;
}

function zone(offset: number, random: SeededRandom): string {
  if (offset === 0) return random.pick(['Z', 'z', '+00:00', '-00:00']);
  const minutes = Math.abs(offset);
  const text = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
  return `${offset < 0 ? '-' : '+'}${text}`;
}

/** Leap seconds that can have been: they belong to the day that they end. */
export const leapSeconds: readonly Json[] = [
  object(['S', '2016-12-31T23:59:60Z']),
  object(['S', '2016-12-31T15:59:60.999-08:00']),
  object(['S', '2015-07-01T05:29:60+05:30']),
];

/** Values that are no instant between 1970 and 9999, or no timestamp at all. */
export const badTimestamps: readonly Json[] = [
  ...['', ' 1', '1 ', '1_000', '0x10', 'NaN', 'Infinity', '-Infinity', '1e', 'e5', '.', '+', '--1', '1,5', '١٢٣'],
  ...['-1', '-0.0001', '253402300800000', '2.534023008e14', '1e400', '-1e400'],
].map((text) => object(['N', text])) as readonly Json[];

/** Strings that look like RFC 3339 date-times and are none. */
export const badDateTimes: readonly Json[] = [
  ...['', '2024-02-30T00:00:00Z', '2023-02-29T12:00:00Z', '2100-02-29T00:00:00Z', '2024-13-01T00:00:00Z'],
  ...['2024-00-10T00:00:00Z', '2024-04-31T00:00:00Z', '2024-01-00T00:00:00Z', '2024-01-01T24:00:00Z'],
  ...['2024-01-01T00:60:00Z', '2024-01-01T00:00:61Z', '2024-01-01T00:00:60Z', '2024-12-30T23:59:60Z'],
  ...['2024-12-31T23:59:60+01:00', '2024-01-01T00:00Z', '2024-01-01T00:00:00', '2024-01-01 00:00:00Z'],
  ...['2024-01-01', '2024-1-1T0:0:0Z', '20240101T000000Z', '2024-01-01T00:00:00.Z', '2024-01-01T00:00:00+24:00'],
  ...['2024-01-01T00:00:00+01:60', '2024-01-01T00:00:00+0100', '+002024-01-01T00:00:00Z', '2024-01-01T00:00:00ZZ'],
  ...['1970-01-01T00:59:59+01:00', '9999-12-31T23:59:59-00:01', '1969-12-31T23:59:59.999Z', '1704067200'],
  ...['２０２４-01-01T00:00:00Z', '2024-01-01T00:00:00Z\n'],
].map((text) => object(['S', text])) as readonly Json[];

/** Not of a type that a timestamp may have. */
export const mistyped: readonly Json[] = [
  object(['N', 1704067200]),
  object(['S', null]),
  object(['S', 1704067200]),
  object(['N', '1704067200'], ['S', '2024-01-01T00:00:00Z']),
  object(['n', '1704067200']),
  object(['NULL', true]),
  object(['L', [object(['N', '1704067200'])]]),
  object(['M', object(['N', object(['N', '1'])])]),
  object(),
  [],
  null,
  '1704067200',
  1704067200,
];
