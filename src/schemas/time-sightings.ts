import type { TimeSighting } from '../domain/describe/observed.ts';
import { millisOfKsuid, millisOfUlid, millisOfUuidV7 } from './time-of-id.ts';
import { millisOfDate, millisOfDateTime, millisOfDateTimeWithoutZone } from './timestamp.ts';

/*
 * Which values may be meant as a time. Any number is one of some unit: only what then lies in this century is taken, so that
 * amounts and counters seldom are; and ids only where the time in them is no later than soon, for of those that bear none
 * most would lie in a far future.
 */

const FROM = Date.UTC(2000, 0, 1);
const TO = Date.UTC(2100, 0, 1);
const LAST_OF_IDS = Date.UTC(2040, 0, 1);

const units = [
  ['epochSeconds', 1000],
  ['epochMillis', 1],
  ['epochMicros', 1 / 1000],
  ['epochNanos', 1 / 1_000_000],
] as const;

/** Undefined where it is none. */
export const sightTime = (type: 'S' | 'N', text: string): TimeSighting | undefined =>
  type === 'N' ? sightNumber(text) : sightText(text);

function sightNumber(text: string): TimeSighting | undefined {
  const value = Number(text);
  if (!(value >= FROM / 1000)) return undefined;
  for (const [form, millisEach] of units) {
    const millis = Math.floor(value * millisEach);
    if (millis < TO) return millis >= FROM ? { form, millis } : undefined;
  }
  return undefined;
}

const HYPHEN = 0x2d;

function sightText(text: string): TimeSighting | undefined {
  switch (text.length) {
    case 26:
      return text.charCodeAt(4) === HYPHEN ? sightDate(text) : sightId('ulid', millisOfUlid(text));
    case 27:
      return text.charCodeAt(4) === HYPHEN ? sightDate(text) : sightId('ksuid', millisOfKsuid(text));
    case 36:
      return text.charCodeAt(8) === HYPHEN ? sightId('uuidv7', millisOfUuidV7(text)) : sightDate(text);
    default:
      return text.length >= 10 && text.length <= 40 && text.charCodeAt(4) === HYPHEN ? sightDate(text) : undefined;
  }
}

function sightDate(text: string): TimeSighting | undefined {
  if (text.length === 10) return inCentury('date', millisOfDate(text));
  return (
    inCentury('dateTime', millisOfDateTime(text)) ?? inCentury('dateTimeWithoutZone', millisOfDateTimeWithoutZone(text))
  );
}

const inCentury = (form: TimeSighting['form'], millis: number | undefined): TimeSighting | undefined =>
  millis !== undefined && millis >= FROM && millis < TO ? { form, millis } : undefined;

const sightId = (form: TimeSighting['form'], millis: number | undefined): TimeSighting | undefined =>
  millis !== undefined && millis < LAST_OF_IDS ? inCentury(form, millis) : undefined;
