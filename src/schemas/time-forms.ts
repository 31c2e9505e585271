import type { TimeForm } from '../domain/definition.ts';
import { millisOfKsuid, millisOfUlid, millisOfUuidV7 } from './time-of-id.ts';
import { millisOfDate, millisOfDateTime, millisOfDateTimeWithoutZone, millisOfNumber } from './timestamp.ts';

/** Reads a time: epoch milliseconds, or undefined where it is none or lies outside 1970-01-01 … 9999-12-31. */
export type TimeReading = (text: string) => number | undefined;

const numberIn =
  (unit: 'auto' | 'epochSeconds' | 'epochMillis' | 'epochMicros' | 'epochNanos'): TimeReading =>
  (text) =>
    millisOfNumber(text, unit);

const onlyNumber = (unit: Parameters<typeof numberIn>[0]) => ({ N: numberIn(unit), hole: numberIn(unit) });
const onlyText = (reading: TimeReading) => ({ S: reading, hole: reading });

/**
 * How a time is read: of an attribute by its type, which must be one of those that are named, and of a hole.
 * @see docs/definitions.md
 */
export const timeReadings: Readonly<Record<TimeForm, { readonly [from in 'S' | 'N' | 'hole']?: TimeReading }>> = {
  auto: { N: numberIn('auto'), S: millisOfDateTime },
  epochSeconds: onlyNumber('epochSeconds'),
  epochMillis: onlyNumber('epochMillis'),
  epochMicros: onlyNumber('epochMicros'),
  epochNanos: onlyNumber('epochNanos'),
  dateTime: onlyText(millisOfDateTime),
  dateTimeWithoutZone: onlyText(millisOfDateTimeWithoutZone),
  date: onlyText(millisOfDate),
  ulid: onlyText(millisOfUlid),
  uuidv7: onlyText(millisOfUuidV7),
  ksuid: onlyText(millisOfKsuid),
};
