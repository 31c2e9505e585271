import { END_OF_TIME_MILLIS } from '../domain/utc-day.ts';

/** Numbers below this are epoch seconds, others epoch milliseconds: as seconds it is the year 5138, as milliseconds 1973. */
const SECONDS_BELOW = 1e11;

/** What nearly all are: so many digits are exact as a number. */
const PLAIN_NUMBER = /^\d{1,15}$/;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** https://www.rfc-editor.org/rfc/rfc3339#section-5.6; letters may be of either case. */
const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * The instant that a DynamoDB number stands for, in epoch milliseconds.
 * @returns undefined where it is no decimal number or lies outside 1970-01-01 … 9999-12-31
 */
export function millisOfNumber(text: string): number | undefined {
  if (PLAIN_NUMBER.test(text)) return epochMillis(Number(text));
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '' || (sign === '-' && /[1-9]/.test(digits))) return undefined;
  return epochMillis(integerPart(digits, whole.length + Number(exponent)));
}

const epochMillis = (value: number): number | undefined => inTime(value < SECONDS_BELOW ? value * 1000 : value);

/** So many zeros behind the digits, and a number that is not nought is beyond all time. */
const ENOUGH_ZEROS = 30;

/** Cuts the digits, never rounds them: a long fraction would round up to the next second, and so perhaps to the next day. */
function integerPart(digits: string, pointAt: number): number {
  const point = Math.min(Math.max(pointAt, 0), digits.length + ENOUGH_ZEROS);
  return Number(digits.slice(0, point).padEnd(point, '0') || '0');
}

/**
 * The instant that an RFC 3339 date-time stands for, in epoch milliseconds.
 * A leap second (23:59:60 UTC at the end of June or December) is the last millisecond of its day.
 * @returns undefined where it is none, does not exist, or lies outside 1970-01-01 … 9999-12-31
 */
export function millisOfDateTime(text: string): number | undefined {
  // The pattern fixes where everything stands; capturing it would cost more than all the rest.
  if (!RFC_3339.test(text)) return undefined;
  const [year, month, day] = [twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8)];
  const [hour, minute, second] = [twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17)];
  if (!dayExists(year, month, day) || hour > 23 || minute > 59 || second > 60) return undefined;
  const offset = offsetMinutes(text);
  if (offset === undefined) return undefined;
  const minuteStart = Date.UTC(year, month - 1, day, hour, minute) - offset * 60_000;
  if (second === 60) return isLeapSecond(minuteStart) ? inTime(minuteStart + 59_999) : undefined;
  return inTime(minuteStart + second * 1000 + fractionMillis(text));
}

const digit = (text: string, at: number): number => text.charCodeAt(at) - 0x30;

const isDigit = (text: string, at: number): boolean => digit(text, at) >= 0 && digit(text, at) <= 9;

const twoDigits = (text: string, at: number): number => digit(text, at) * 10 + digit(text, at + 1);

/** @returns undefined where hours or minutes are too many */
function offsetMinutes(text: string): number | undefined {
  if (text.endsWith('Z') || text.endsWith('z')) return 0;
  const hours = twoDigits(text, text.length - 5);
  const minutes = twoDigits(text, text.length - 2);
  if (hours > 23 || minutes > 59) return undefined;
  return (text.at(-6) === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** The first three digits behind the point; behind the last one there stands a letter or a sign. */
function fractionMillis(text: string): number {
  if (text[19] !== '.') return 0;
  let millis = 0;
  for (let at = 20, unit = 100; unit >= 1 && isDigit(text, at); at++, unit /= 10) millis += digit(text, at) * unit;
  return millis;
}

const inTime = (millis: number): number | undefined =>
  millis >= 0 && millis < END_OF_TIME_MILLIS ? millis : undefined;

const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function dayExists(year: number, month: number, day: number): boolean {
  // An offset can move the last hours of 1969 into 1970; Date.UTC would read years below 100 as 19xx.
  if (year < 1969 || day < 1) return false;
  return day <= (month === 2 && isLeapYear(year) ? 29 : (DAYS_OF_MONTHS[month - 1] ?? 0));
}

const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

function isLeapSecond(minuteStart: number): boolean {
  const time = new Date(minuteStart).toISOString();
  return time.endsWith('-06-30T23:59:00.000Z') || time.endsWith('-12-31T23:59:00.000Z');
}
