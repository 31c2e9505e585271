import { InvalidArgumentError } from '@commander-js/extra-typings';
import { parseDay, type UtcDay } from '../domain/utc-day.ts';

/** Reads a day of a command line option. */
export function dayOption(text: string): UtcDay {
  const day = parseDay(text);
  if (day === undefined) throw new InvalidArgumentError('expected a date YYYY-MM-DD that exists');
  return day;
}

/** Reads a whole number from 1 up. */
export function countOption(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1');
  return Number(text);
}
