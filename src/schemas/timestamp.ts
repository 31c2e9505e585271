import { END_OF_TIME_MILLIS } from '../domain/utc-day.ts';

/** Numbers below this are epoch seconds, others epoch milliseconds: as seconds it is the year 5138, as milliseconds 1973. */
const SECONDS_BELOW = 1e11;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** https://www.rfc-editor.org/rfc/rfc3339#section-5.6; letters may be of either case. */
const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * The instant that a DynamoDB number stands for, in epoch milliseconds.
 * @returns undefined where it is no decimal number or lies outside 1970-01-01 … 9999-12-31
 */
export function millisOfNumber(text: string): number | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === '' || (sign === '-' && /[1-9]/.test(digits))) return undefined;
  const value = integerPart(digits, whole.length + Number(exponent));
  return inTime(value < SECONDS_BELOW ? value * 1000 : value);
}

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
  const match = RFC_3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const offsetHours = Number(match[9] ?? 0);
  const offsetMinutes = Number(match[10] ?? 0);
  if (!dayExists(year, month, day) || hour > 23 || minute > 59 || second > 60) return undefined;
  if (offsetHours > 23 || offsetMinutes > 59) return undefined;
  const offset = (match[8] === '-' ? -1 : 1) * (offsetHours * 60 + offsetMinutes);
  const minuteStart = Date.UTC(year, month - 1, day, hour, minute) - offset * 60_000;
  if (second === 60) return isLeapSecond(minuteStart) ? inTime(minuteStart + 59_999) : undefined;
  return inTime(minuteStart + second * 1000 + Number(`${match[7] ?? ''}000`.slice(0, 3)));
}

const inTime = (millis: number): number | undefined =>
  millis >= 0 && millis < END_OF_TIME_MILLIS ? millis : undefined;

function dayExists(year: number, month: number, day: number): boolean {
  // An offset can move the last hours of 1969 into 1970; Date.UTC would read years below 100 as 19xx.
  if (year < 1969 || month < 1 || month > 12) return false;
  return day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isLeapSecond(minuteStart: number): boolean {
  const time = new Date(minuteStart).toISOString();
  return time.endsWith('-06-30T23:59:00.000Z') || time.endsWith('-12-31T23:59:00.000Z');
}
