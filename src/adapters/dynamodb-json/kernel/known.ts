/**
 * Texts that have been told before. A user's key comes again and again, and a new string for each time it does would
 * have to be hashed anew wherever it is counted. So the last ones are kept here, and a number stands for the text.
 *
 * A place holds up to MAX_KNOWN_TEXT bytes of ASCII, zeros behind them, and in its last byte their length.
 */
import { KNOWN, KNOWN_PLACES_LOG2, FILTERS } from './layout';

/** For a text that has no place here. */
const NOWHERE: u32 = 0xffffffff;
const MAX_KNOWN_TEXT: usize = 60;

/** Whether `placeOf` has found the text there; if not, it is there now. */
export let isKnown: bool = false;

/** Of two places that a text may have, the one that is next to be given away. */
let victim: u32 = 0;

// Loaded from FILTERS + 64 - n, the first n bytes are set.
memory.fill(FILTERS, 0xff, 64);
memory.fill(FILTERS + 64, 0, 64);

export function placeOf(from: usize, length: usize): u32 {
  isKnown = false;
  if (length > MAX_KNOWN_TEXT) return NOWHERE;
  const masks = FILTERS + 64 - length;
  const a = v128.and(v128.load(from), v128.load(masks));
  const b = v128.and(v128.load(from, 16), v128.load(masks, 16));
  const c = v128.and(v128.load(from, 32), v128.load(masks, 32));
  let d = v128.and(v128.load(from, 48), v128.load(masks, 48));
  if (i8x16.bitmask(v128.or(v128.or(a, b), v128.or(c, d))) !== 0) return NOWHERE;
  d = i8x16.replace_lane(d, 15, <i8>length);
  const first = (<u32>(hash(a, b, c, d) >> (64 - KNOWN_PLACES_LOG2))) & ~1;
  if (holds(first, a, b, c, d)) return first;
  if (holds(first + 1, a, b, c, d)) return first + 1;
  victim ^= 1;
  const at = KNOWN + 64 * <usize>(first + victim);
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, d, 48);
  return first + victim;
}

function holds(place: u32, a: v128, b: v128, c: v128, d: v128): bool {
  const at = KNOWN + 64 * <usize>place;
  const ab = v128.or(v128.xor(a, v128.load(at)), v128.xor(b, v128.load(at, 16)));
  const cd = v128.or(v128.xor(c, v128.load(at, 32)), v128.xor(d, v128.load(at, 48)));
  isKnown = !v128.any_true(v128.or(ab, cd));
  return isKnown;
}

/** Products with odd numbers, independent of each other; the upper bits of their sum depend on all of the text. */
function hash(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    i64x2.extract_lane(a, 0) * 0x9e3779b97f4a7c15 +
    i64x2.extract_lane(a, 1) * 0xbf58476d1ce4e5b9 +
    i64x2.extract_lane(b, 0) * 0x94d049bb133111eb +
    i64x2.extract_lane(b, 1) * 0xd6e8feb86659fd93 +
    i64x2.extract_lane(c, 0) * 0xa0761d6478bd642f +
    i64x2.extract_lane(c, 1) * 0xe7037ed1a0b428db +
    i64x2.extract_lane(d, 0) * 0x8ebc6af09c88c6e3 +
    i64x2.extract_lane(d, 1) * 0x589965cc75374cc3
  );
}
