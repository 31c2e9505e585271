import type { TimeForm } from '../../../src/domain/definition.ts';
import { cut, parseDecimal } from './decimal.ts';

/*
 * The day of a time, as the number of days since 1970-01-01 UTC; undefined where the text is not of the form, or where it is
 * before 1970 or after 9999.
 */

const MILLIS_A_DAY = 86_400_000n;
const LAST_DAY = BigInt(Date.UTC(9999, 11, 31)) / MILLIS_A_DAY;

/** Of which types an attribute may be to be a time of the form. */
export const typesOf = (as: TimeForm): readonly ('S' | 'N')[] => {
  if (as === 'auto') return ['N', 'S'];
  return as.startsWith('epoch') ? ['N'] : ['S'];
};

export function dayOf(text: string, as: TimeForm, type: 'S' | 'N' | 'hole'): number | undefined {
  const millis = type === 'N' && as === 'auto' ? millisOfEither(text) : millisOf[as](text);
  if (millis === undefined || millis < 0n) return undefined;
  const day = millis / MILLIS_A_DAY;
  return day > LAST_DAY ? undefined : Number(day);
}

/** Milliseconds since 1970, cut to a whole number. */
const millisOf: Readonly<Record<TimeForm, (text: string) => bigint | undefined>> = {
  auto: (text) => millisOfDateTime(text),
  epochSeconds: (text) => millisOfNumber(text, 3),
  epochMillis: (text) => millisOfNumber(text, 0),
  epochMicros: (text) => millisOfNumber(text, -3),
  epochNanos: (text) => millisOfNumber(text, -6),
  dateTime: (text) => millisOfDateTime(text),
  dateTimeWithoutZone: (text) =>
    /^.{10}[T ].{8}(\.[0-9]+)?$/.test(text) ? millisOfDateTime(`${text.replace(' ', 'T')}Z`) : undefined,
  date: (text) => millisOfDateTime(`${text}T00:00:00Z`),
  ulid: (text) => millisOfUlid(text),
  uuidv7: (text) => millisOfUuid(text),
  ksuid: (text) => millisOfKsuid(text),
};

function millisOfNumber(text: string, shift: number): bigint | undefined {
  const number = parseDecimal(text);
  return number === undefined || number.digits < 0n ? undefined : cut(number, shift);
}

/** Seconds, where that is a number below 1e11; milliseconds otherwise. */
function millisOfEither(text: string): bigint | undefined {
  const whole = millisOfNumber(text, 0);
  return whole === undefined || whole >= 100_000_000_000n ? whole : millisOfNumber(text, 3);
}

const DATE_TIME =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))$/;

/** RFC 3339, section 5.6; a leap second counts to the day that it ends. Fractions are of no matter to the day. */
function millisOfDateTime(text: string): bigint | undefined {
  const found = DATE_TIME.exec(text);
  if (found === null) return undefined;
  const [year, month, date, hour, minute, second] = found.slice(1, 7).map(Number) as [number, ...number[]];
  const [offsetHours, offsetMinutes] = [Number(found[8] ?? 0), Number(found[9] ?? 0)];
  if (year < 1969 || !isDate(year, month as number, date as number)) return undefined;
  if ((hour as number) > 23 || (minute as number) > 59 || offsetHours > 23 || offsetMinutes > 59) return undefined;
  const offset = (offsetHours * 60 + offsetMinutes) * (found[7] === '-' ? -1 : 1);
  const millisOfMinute = Date.UTC(year, (month as number) - 1, date, hour, (minute as number) - offset);
  if ((second as number) > 60 || (second === 60 && !mayHaveLeapSecond(new Date(millisOfMinute)))) return undefined;
  return BigInt(millisOfMinute) + BigInt(Math.min(second as number, 59)) * 1000n;
}

function isDate(year: number, month: number, date: number): boolean {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && date >= 1 && date <= (lengths[month - 1] as number);
}

/** RFC 3339, appendix D: leap seconds come at the end of June or of December, UTC. */
const mayHaveLeapSecond = (minute: Date): boolean => /-(06-30|12-31)T23:59/.test(minute.toISOString());

/** 10 letters of milliseconds, 16 of chance: https://github.com/ulid/spec */
function millisOfUlid(text: string): bigint | undefined {
  const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const values = [...text].map((letter) => alphabet.indexOf(/[a-z]/.test(letter) ? letter.toUpperCase() : letter));
  if (values.length !== 26 || values.includes(-1) || (values[0] as number) > 7) return undefined;
  return values.slice(0, 10).reduce((millis, value) => millis * 32n + BigInt(value), 0n);
}

/** 48 bits of milliseconds, version 7, variant 8 to b: RFC 9562, section 5.7 */
function millisOfUuid(text: string): bigint | undefined {
  const form = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.exec(text);
  return form === null ? undefined : BigInt(`0x${form[1]}${form[2]}`);
}

/** 160 bits in base 62, of which the first 32 are seconds since 2014-05-13T16:53:20Z: https://github.com/segmentio/ksuid */
function millisOfKsuid(text: string): bigint | undefined {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const values = [...text].map((letter) => alphabet.indexOf(letter));
  if (values.length !== 27 || values.includes(-1)) return undefined;
  const bits = values.reduce((number, value) => number * 62n + BigInt(value), 0n);
  return bits >= 1n << 160n ? undefined : ((bits >> 128n) + 1_400_000_000n) * 1000n;
}
