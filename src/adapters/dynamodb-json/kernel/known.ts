/**
 * Texts that have been told before. A user's key comes again and again, and a new string for each time it does would
 * have to be hashed anew wherever it is counted. So the last ones are kept here, and a number stands for the text: its
 * place.
 *
 * A place holds up to MAX_KNOWN_TEXT bytes of ASCII, zeros behind them, and in its last byte the text's length. They are
 * found by slots of a hash table: two bytes a slot, its place plus 1. Places are given to slots as these fill, so they
 * stand close together, as does all that others keep by place: most trips to memory stay in the caches.
 */
import { FILTERS, KNOWN, KNOWN_PLACES_LOG2, KNOWN_SLOTS } from './layout';

/** For a text that has no place here, and for a slot that is free. */
const NOWHERE: u32 = 0xffffffff;
const MAX_KNOWN_TEXT: usize = 63;
/** The place of a name where there is none: behind all places. */
export const NO_NAME: u32 = 1 << (<u32>KNOWN_PLACES_LOG2);

/** Whether `placeOf` has found the text there; if not, it is there now. */
export let isKnown: bool = false;

/** Slots that have been filled. */
let places: u32 = 0;

/** Of two slots that a text may have, the one that is next to be given to another. */
let victim: usize = 0;

// Loaded from FILTERS + 64 - n, the first n bytes are set.
memory.fill(FILTERS, 0xff, 64);
memory.fill(FILTERS + 64, 0, 64);

/** Most names are short: half the work. */
const SHORT: usize = 32;

/** The place of a text of at least one byte, where it is put if it is not there yet; NOWHERE if it is long or not ASCII. */
export function placeOf(from: usize, length: usize): u32 {
  return length <= SHORT ? placeOfShort(from, length) : placeOfLong(from, length);
}

function placeOfShort(from: usize, length: usize): u32 {
  const filters = FILTERS + 64 - length;
  const a = v128.and(v128.load(from), v128.load(filters));
  const b = v128.and(v128.load(from, 16), v128.load(filters, 16));
  isKnown = false;
  if (i8x16.bitmask(v128.or(a, b)) !== 0) return NOWHERE;
  const first = firstSlot(i32x4.add(i32x4.mul(a, i32x4.splat(0x9e3779b1)), i32x4.mul(b, i32x4.splat(0x85ebca77))));
  isKnown = true;
  if (holds(placeIn(first), length, a, b)) return placeIn(first);
  if (holds(placeIn(first + 2), length, a, b)) return placeIn(first + 2);
  return learn(first, length, a, b, i8x16.splat(0), i8x16.splat(0));
}

function placeOfLong(from: usize, length: usize): u32 {
  isKnown = false;
  if (length > MAX_KNOWN_TEXT) return NOWHERE;
  const filters = FILTERS + 64 - length;
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const c = v128.and(v128.load(from, 32), v128.load(filters, 32));
  const d = v128.and(v128.load(from, 48), v128.load(filters, 48));
  if (i8x16.bitmask(v128.or(v128.or(a, b), v128.or(c, d))) !== 0) return NOWHERE;
  const ab = i32x4.add(i32x4.mul(a, i32x4.splat(0x9e3779b1)), i32x4.mul(b, i32x4.splat(0x85ebca77)));
  const cd = i32x4.add(i32x4.mul(c, i32x4.splat(0xc2b2ae3d)), i32x4.mul(d, i32x4.splat(0x27d4eb2f)));
  const first = firstSlot(i32x4.add(ab, cd));
  isKnown = true;
  if (holds(placeIn(first), length, a, b) && holdsRest(placeIn(first), c, d)) return placeIn(first);
  if (holds(placeIn(first + 2), length, a, b) && holdsRest(placeIn(first + 2), c, d)) return placeIn(first + 2);
  return learn(first, length, a, b, c, d);
}

/** Of two neighbouring slots, the first. The upper bits of products depend on all of the text. */
// @ts-ignore: decorator
@inline
function firstSlot(sums: v128): usize {
  const low = <u64>i64x2.extract_lane(sums, 0) * 0x9e3779b97f4a7c15;
  const hash = low ^ (<u64>i64x2.extract_lane(sums, 1) * 0xbf58476d1ce4e5b9);
  return KNOWN_SLOTS + 2 * (<usize>(hash >> (64 - KNOWN_PLACES_LOG2)) & ~1);
}

/** NOWHERE where the slot is free. */
// @ts-ignore: decorator
@inline
function placeIn(slot: usize): u32 {
  return <u32>load<u16>(slot) - 1;
}

// @ts-ignore: decorator
@inline
function holds(place: u32, length: usize, a: v128, b: v128): bool {
  const at = textIn(place);
  const differs = v128.or(v128.xor(a, v128.load(at)), v128.xor(b, v128.load(at, 16)));
  return <usize>load<u8>(at, 63) === length && !v128.any_true(differs);
}

// @ts-ignore: decorator
@inline
function holdsRest(place: u32, c: v128, d: v128): bool {
  const at = textIn(place);
  // The last byte is the length, which has been compared.
  const last = i8x16.replace_lane(v128.load(at, 48), 15, 0);
  return !v128.any_true(v128.or(v128.xor(c, v128.load(at, 32)), v128.xor(d, last)));
}

/** In front of the first place there is one of zeros, for NOWHERE. */
// @ts-ignore: decorator
@inline
function textIn(place: u32): usize {
  return KNOWN + 64 * <usize>(place + 1);
}

/** Gives one of two slots to a text. */
function learn(first: usize, length: usize, a: v128, b: v128, c: v128, d: v128): u32 {
  isKnown = false;
  // The first one, as long as it is free: then it is nearly always where a text is found, and no branch goes wrong.
  victim = placeIn(first) === NOWHERE ? 0 : victim ^ 2;
  const slot = first + victim;
  if (placeIn(slot) === NOWHERE) store<u16>(slot, <u16>++places);
  const place = placeIn(slot);
  const at = textIn(place);
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, i8x16.replace_lane(d, 15, <i8>length), 48);
  return place;
}
