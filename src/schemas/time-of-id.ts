import { inTime } from './timestamp.ts';

/* Times in ids that sort by time, in epoch milliseconds; undefined where a text is none or lies beyond 9999. */

/** Crockford's base 32 as ULIDs have it: without I, L, O and U. https://github.com/ulid/spec */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** The first 10 of 26 characters are a number of 48 bits; the first one holds 3 of them. */
const ULID_TIME_CHARACTERS = 10;

export const millisOfUlid = (text: string): number | undefined =>
  ULID.test(text) ? inTime(Number(numberOf(text.slice(0, ULID_TIME_CHARACTERS).toUpperCase(), CROCKFORD))) : undefined;

/** Version 7, variant 8 to b: 48 bits of milliseconds in front. https://www.rfc-editor.org/rfc/rfc9562#section-5.7 */
const UUID_V7 = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function millisOfUuidV7(text: string): number | undefined {
  const [, high, low] = UUID_V7.exec(text) ?? [];
  return high === undefined ? undefined : inTime(Number.parseInt(`${high}${low}`, 16));
}

/** 160 bits, of which the first 32 are seconds since 2014-05-13. https://github.com/segmentio/ksuid */
const KSUID = /^[0-9A-Za-z]{27}$/;
const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const KSUID_EPOCH_SECONDS = 1_400_000_000n;

export function millisOfKsuid(text: string): number | undefined {
  if (!KSUID.test(text)) return undefined;
  const number = numberOf(text, BASE_62);
  return number >> 160n > 0n ? undefined : inTime(Number(((number >> 128n) + KSUID_EPOCH_SECONDS) * 1000n));
}

const numberOf = (text: string, alphabet: string): bigint =>
  [...text].reduce((sum, digit) => sum * BigInt(alphabet.length) + BigInt(alphabet.indexOf(digit)), 0n);
