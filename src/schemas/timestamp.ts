import { END_OF_TIME_MILLIS, midnightOf } from '../domain/utc-day.ts';

/** Numbers below this are epoch seconds, others epoch milliseconds: as seconds it is the year 5138, as milliseconds 1973. */
const SECONDS_BELOW = 1e11;

/** So many digits are exact as a number. */
const EXACT_DIGITS = 15;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** What a number counts from 1970 on; `auto` are seconds or milliseconds, by its size. */
export type EpochUnit = 'auto' | 'epochSeconds' | 'epochMillis' | 'epochMicros' | 'epochNanos';

/**
 * The instant that a decimal number stands for, in epoch milliseconds. What is less than a second (in numbers of seconds)
 * or a millisecond is cut off, never rounded.
 * @returns undefined where it is no decimal number or lies outside 1970-01-01 … 9999-12-31
 */
export function millisOfNumber(text: string, unit: EpochUnit = 'auto'): number | undefined {
  if (text.length > 0 && text.length <= EXACT_DIGITS) {
    const plain = numberAt(text, 0, text.length);
    if (plain !== NO_DIGITS) return millisOfEpoch(plain, unit);
  }
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '' || (sign === '-' && /[1-9]/.test(digits))) return undefined;
  const pointAt = whole.length + Number(exponent);
  if (unit === 'epochMicros') return inTime(integerPart(digits, pointAt - 3));
  if (unit === 'epochNanos') return inTime(integerPart(digits, pointAt - 6));
  return millisOfEpoch(integerPart(digits, pointAt), unit);
}

/** As {@link millisOfNumber}, of a whole number that is not negative, is exact, and has been read already. */
export function millisOfEpoch(value: number, unit: EpochUnit = 'auto'): number | undefined {
  switch (unit) {
    case 'auto':
      return inTime(value < SECONDS_BELOW ? value * 1000 : value);
    case 'epochSeconds':
      return inTime(value * 1000);
    case 'epochMillis':
      return inTime(value);
    case 'epochMicros':
      return inTime(Math.floor(value / 1000));
    case 'epochNanos':
      return inTime(Math.floor(value / 1_000_000));
  }
}

/** So many zeros behind the digits, and a number that is not nought is beyond all time. */
const ENOUGH_ZEROS = 30;

/** Cuts the digits, never rounds them: a long fraction would round up to the next second, and so perhaps to the next day. */
function integerPart(digits: string, pointAt: number): number {
  const point = Math.min(Math.max(pointAt, 0), digits.length + ENOUGH_ZEROS);
  return Number(digits.slice(0, point).padEnd(point, '0') || '0');
}

/**
 * The instant that an RFC 3339 date-time stands for, in epoch milliseconds; letters may be of either case.
 * A leap second (23:59:60 UTC at the end of June or December) is the last millisecond of its day.
 * Read letter by letter, for millions of them: a pattern that captures costs more than all the rest of a record.
 * https://www.rfc-editor.org/rfc/rfc3339#section-5.6
 * @returns undefined where it is none, does not exist, or lies outside 1970-01-01 … 9999-12-31
 */
export function millisOfDateTime(text: string): number | undefined {
  if (!hasSeparators(text)) return undefined;
  const date = joinDigits(numberAt(text, 0, 4), numberAt(text, 5, 7), numberAt(text, 8, 10));
  const time = joinDigits(numberAt(text, 11, 13), numberAt(text, 14, 16), numberAt(text, 17, 19));
  const fractionEnd = endOfFraction(text);
  const offset = offsetMinutes(text, fractionEnd);
  if (date < 0 || time < 0 || offset === undefined) return undefined;
  return millisOfClock(date, time * 1000 + fractionMillis(text, fractionEnd), offset);
}

/**
 * As {@link millisOfDateTime}, of a date-time that bears no zone and is taken as UTC: what Python's `isoformat()` writes.
 * A space may stand in the place of the `T`; one that bears a zone is none.
 */
export function millisOfDateTimeWithoutZone(text: string): number | undefined {
  if (text.charCodeAt(10) !== SPACE && text.charCodeAt(10) !== LARGE_T) return undefined;
  return millisOfDateTime(`${text.slice(0, 10)}T${text.slice(11)}Z`);
}

/** The midnight of a date `2025-01-02`, as {@link millisOfDateTime}. */
export const millisOfDate = (text: string): number | undefined =>
  text.length === 10 ? millisOfDateTime(`${text}T00:00:00Z`) : undefined;

/** Two digits each behind the first, or {@link NO_DIGITS}. */
const joinDigits = (first: number, second: number, third: number): number =>
  first < 0 || second < 0 || third < 0 ? NO_DIGITS : (first * 100 + second) * 100 + third;

/**
 * As {@link millisOfDateTime}, of a date and a time of day that have been read already, by the clock of a place that is
 * `offset` minutes ahead of UTC.
 * @param date its digits as one number, YYYYMMDD
 * @param clock likewise, HHMMSSmmm
 */
export function millisOfClock(date: number, clock: number, offset = 0): number | undefined {
  const midnight = midnightOfDate((date / 10_000) | 0, ((date / 100) | 0) % 100, date % 100);
  const hour = (clock / 10_000_000) | 0;
  const minute = ((clock / 100_000) | 0) % 100;
  const second = ((clock / 1000) | 0) % 100;
  if (midnight === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  const minuteStart = midnight + (hour * 60 + minute - offset) * 60_000;
  if (second === 60) return isLeapSecond(minuteStart) ? inTime(minuteStart + 59_999) : undefined;
  return inTime(minuteStart + second * 1000 + (clock % 1000));
}

const SPACE = 0x20;
const LARGE_T = 0x54;
const HYPHEN = 0x2d;
const COLON = 0x3a;
const POINT = 0x2e;
const PLUS = 0x2b;
/** An ASCII letter's small form is its large one with this bit. */
const SMALL = 0x20;

const hasSeparators = (text: string): boolean =>
  text.charCodeAt(4) === HYPHEN &&
  text.charCodeAt(7) === HYPHEN &&
  (text.charCodeAt(10) | SMALL) === 0x74 &&
  text.charCodeAt(13) === COLON &&
  text.charCodeAt(16) === COLON;

const NO_DIGITS = -1;

/** The number that stands from `from` to `to` (behind its last digit), or {@link NO_DIGITS}. */
function numberAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return NO_DIGITS;
    value = value * 10 + digit;
  }
  return value;
}

/** Where the offset begins: behind the seconds, or behind the digits of their fraction. */
function endOfFraction(text: string): number {
  if (text.charCodeAt(19) !== POINT) return 19;
  let at = 20;
  while (numberAt(text, at, at + 1) !== NO_DIGITS) at++;
  return at;
}

/** @returns undefined where there is no offset at `at`, or anything behind it */
function offsetMinutes(text: string, at: number): number | undefined {
  if (at === 20) return undefined;
  const sign = text.charCodeAt(at);
  if ((sign | SMALL) === 0x7a) return text.length === at + 1 ? 0 : undefined;
  if ((sign !== PLUS && sign !== HYPHEN) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON)
    return undefined;
  const hours = numberAt(text, at + 1, at + 3);
  const minutes = numberAt(text, at + 4, at + 6);
  if (hours < 0 || minutes < 0 || hours > 23 || minutes > 59) return undefined;
  return (sign === HYPHEN ? -1 : 1) * (hours * 60 + minutes);
}

/** The first three digits behind the point. */
function fractionMillis(text: string, end: number): number {
  let millis = 0;
  for (let at = 20, unit = 100; unit >= 1 && at < end; at++, unit /= 10) millis += numberAt(text, at, at + 1) * unit;
  return millis;
}

/** Epoch milliseconds, or undefined where there is no such day. */
function midnightOfDate(year: number, month: number, day: number): number | undefined {
  if (!dayExists(year, month, day)) return undefined;
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const inYear = (DAYS_BEFORE_MONTHS[month - 1] ?? 0) + (month > 2 && isLeapYear(year) ? 1 : 0) + day - 1;
  return midnightOf(before * 365 + leapDays + inYear - DAYS_BEFORE_1970);
}

/** In the proleptic Gregorian calendar, from 0001-01-01. */
const DAYS_BEFORE_1970 = 719_162;
const DAYS_BEFORE_MONTHS = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Whether there is such a time here: 1970-01-01 … 9999-12-31. */
export const inTime = (millis: number): number | undefined =>
  millis >= 0 && millis < END_OF_TIME_MILLIS ? millis : undefined;

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dayExists(year: number, month: number, day: number): boolean {
  // An offset can move the last hours of 1969 into 1970.
  if (year < 1969 || day < 1) return false;
  return day <= (month === 2 && isLeapYear(year) ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0));
}

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function isLeapSecond(minuteStart: number): boolean {
  const time = new Date(minuteStart).toISOString();
  return time.endsWith('-06-30T23:59:00.000Z') || time.endsWith('-12-31T23:59:00.000Z');
}
