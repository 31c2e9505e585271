/**
 * Timestamps in their two usual forms, as numbers: what they mean, and whether they exist, is not decided here.
 * Digits are taken eight at a time (the method of Johnny Lee: neighbours are added up in one product).
 */

/** Of the last text that was read: all its digits as a number; or its date, YYYYMMDD, and time of day, HHMMSSmmm. */
export let digits: u64 = 0;
export let date: u32 = 0;
export let clock: u32 = 0;

const ZEROS: u64 = 0x3030303030303030;
const HIGH_NIBBLES: u64 = 0xf0f0f0f0f0f0f0f0;
/** As many as any number has that 64 bits hold: nanoseconds, from 2001 to 2286. */
const MAX_DIGITS: usize = 19;

/** Whether the text is nothing but 1 to 19 digits. */
export function readDigits(from: usize, end: usize): bool {
  const length = end - from;
  if (length - 1 >= MAX_DIGITS) return false;
  const low = withoutHead(load<u64>(end - 8), length < 8 ? 8 - length : 0);
  const high = length <= 8 ? ZEROS : withoutHead(load<u64>(end - 16), length < 16 ? 16 - length : 0);
  if (!areDigits(low) || !areDigits(high)) return false;
  digits = eightDigits(high) * 100_000_000 + eightDigits(low);
  return length <= 16 || readMoreDigits(end - 24, 24 - length);
}

/** Adds those in front of the last 16. */
function readMoreDigits(at: usize, head: usize): bool {
  const top = withoutHead(load<u64>(at), head);
  digits += eightDigits(top) * 10_000_000_000_000_000;
  return areDigits(top);
}

/** Whether the text is of the form 2024-11-22T00:00:00Z or 2024-11-22T00:00:00.000Z, d a digit in place of each. */
export function readDateTime(from: usize, end: usize): bool {
  const hasMillis = end - from === 24;
  if (!hasMillis && end - from !== 20) return false;
  const day = v128.load(from);
  const time = v128.load(from, 8);
  const dateDigits = i64x2.extract_lane(i8x16.swizzle(day, DATE_LANES), 0);
  const clockDigits = i64x2.extract_lane(i8x16.swizzle(time, CLOCK_LANES), 0);
  const signs = i64x2.extract_lane(v128.or(i8x16.swizzle(day, DATE_SIGNS), i8x16.swizzle(time, CLOCK_SIGNS)), 0);
  if (signs !== SIGNS || !areDigits(dateDigits) || !areDigits(clockDigits | TWO_ZEROS)) return false;
  let millis = BARE_MILLIS;
  if (hasMillis) {
    const tail = load<u32>(from, 19);
    if ((tail & 0xff) !== POINT) return false;
    millis = (<u64>(tail >> 8) << 40) | FIVE_ZEROS;
  }
  if (load<u8>(end - 1) !== ZULU || !areDigits(millis)) return false;
  date = <u32>eightDigits(dateDigits);
  clock = <u32>(eightDigits(clockDigits | TWO_ZEROS) * 1000 + eightDigits(millis));
  return true;
}

const DATE_LANES = i8x16(0, 1, 2, 3, 5, 6, 8, 9, -1, -1, -1, -1, -1, -1, -1, -1);
/** Of what begins with the day: two empty lanes, HH, MM, SS. */
const CLOCK_LANES = i8x16(-1, -1, 3, 4, 6, 7, 9, 10, -1, -1, -1, -1, -1, -1, -1, -1);
const DATE_SIGNS = i8x16(4, 7, 10, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
const CLOCK_SIGNS = i8x16(-1, -1, -1, 5, 8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
const SIGNS: u64 = 0x3a3a542d2d; // --T::
const TWO_ZEROS: u64 = 0x3030;
const FIVE_ZEROS: u64 = 0x3030303030;
const BARE_MILLIS: u64 = ZEROS;
const POINT: u32 = 0x2e;
const ZULU: u8 = 0x5a;

/** Eight characters, of which the first ones are none of the text's: zeros instead. */
// @ts-ignore: decorator
@inline
function withoutHead(bytes: u64, head: usize): u64 {
  const bits = <u64>(head << 3);
  return ((bytes >> bits) << bits) | (ZEROS & (((<u64>1) << bits) - 1));
}

// @ts-ignore: decorator
@inline
function areDigits(bytes: u64): bool {
  return (bytes & HIGH_NIBBLES) === ZEROS && ((bytes + 0x0606060606060606) & HIGH_NIBBLES) === ZEROS;
}

/** The number that eight digits make, the first of which is in the lowest byte. */
// @ts-ignore: decorator
@inline
function eightDigits(bytes: u64): u64 {
  bytes = ((bytes & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8;
  bytes = ((bytes & 0x00ff00ff00ff00ff) * 6_553_601) >> 16;
  return ((bytes & 0x0000ffff0000ffff) * 42_949_672_960_001) >> 32;
}
