/** Finds where strings and nested values end. An address of 0 means: not of the expected shape. */
import { LISTS, MAX_LISTS } from './layout';
import { BLOCK_MASKS, bitOf, CLOSES, masksOf, OPENS, SQUARES } from './masks';

/** Of the line at hand: the address of its line feed, and whether there may be a backslash in it. */
let lineEnd: usize = 0;
export let hasEscapes: bool = false;

export function enterLine(end: usize, mayHaveEscapes: bool): void {
  lineEnd = end;
  hasEscapes = mayHaveEscapes;
}

/**
 * The address of the quote that ends the string whose text begins at `from`. Most are short, and whether one crosses the
 * end of a block cannot be foreseen: so the quotes among the next 64 bytes are put together from two blocks.
 */
// @ts-ignore: decorator
@inline
export function closingQuote(from: usize): usize {
  const slot = masksOf(from);
  const bit = <u64>bitOf(from);
  const hits = (load<u64>(slot) >> bit) | ((load<u64>(slot, BLOCK_MASKS) << 1) << (63 - bit));
  return hits !== 0 ? from + <usize>ctz(hits) : quoteBehind(slot + BLOCK_MASKS, from - <usize>bit + 64);
}

/** The first quote from the block at `at` on, whose masks are in `slot`. */
function quoteBehind(slot: usize, at: usize): usize {
  let hits = load<u64>(slot);
  while (hits === 0) {
    at += 64;
    slot += BLOCK_MASKS;
    hits = load<u64>(slot);
  }
  return at + <usize>ctz(hits);
}

/** The address behind the object that begins at `from`. */
export function skipValue(from: usize): usize {
  if ((load<u64>(from) & STRING_MASK) !== STRING_VALUE) return skipRest(from + 1);
  const quote = closingQuote(from + 6);
  return load<u8>(quote, 1) === CLOSE_BRACE ? quote + 2 : skipRest(quote + 1);
}

/** `{"?":"`, for S, N and B. */
const STRING_VALUE: u64 = 0x223a2200227b;
const STRING_MASK: u64 = 0xffffff00ffff;
const CLOSE_BRACE: u8 = 0x7d;

/**
 * The address behind the object that is open at `from`, outside strings.
 *
 * Braces are counted many at a time: those of a block, or between the square brackets in it. A list may not be left by
 * a brace, so `depth` must stay above `floor`: where there are not enough braces that close to come down to it, there
 * is no need to look at each.
 */
export function skipRest(from: usize): usize {
  let depth: i32 = 1;
  let floor: i32 = 0;
  let lists = LISTS;
  let slot = masksOf(from);
  let at = from - bitOf(from);
  let ahead: u64 = ~(<u64>0) << <u64>bitOf(from);
  do {
    let opens = load<u64>(slot, OPENS) & ahead;
    let closes = load<u64>(slot, CLOSES) & ahead;
    let squares = load<u64>(slot, SQUARES) & ahead;
    while (true) {
      const square = squares & -squares;
      const before = square - 1;
      const opening = opens & before;
      const closing = closes & before;
      const leaving = closing & ~nextBracket(opening, opening | closing);
      if (<i32>popcnt(leaving) < depth - floor) {
        depth += <i32>popcnt(opening) - <i32>popcnt(closing);
      } else {
        let braces = opening | closing;
        while (braces !== 0) {
          const brace = braces & -braces;
          braces ^= brace;
          depth += (opening & brace) !== 0 ? 1 : -1;
          if (depth === floor) return lists === LISTS ? at + <usize>ctz(brace) + 1 : 0;
        }
      }
      if (square === 0) break;
      if ((opens & square) !== 0) {
        if (lists === LISTS + 4 * MAX_LISTS) return 0;
        store<i32>(lists, floor);
        lists += 4;
        floor = depth - 1;
      } else {
        if (lists === LISTS || depth !== floor + 1) return 0;
        lists -= 4;
        floor = load<i32>(lists);
      }
      squares ^= square;
      opens &= ~before ^ square;
      closes &= ~before ^ square;
    }
    slot += BLOCK_MASKS;
    at += 64;
    ahead = ~(<u64>0);
  } while (at < lineEnd);
  return 0;
}

/** The bracket behind each of `opening`: a carry runs from there through all bytes that are no bracket. */
// @ts-ignore: decorator
@inline
function nextBracket(opening: u64, brackets: u64): u64 {
  const first = opening << 1;
  return ((~brackets + (first & ~brackets)) | first) & brackets;
}

/** Whether there is an escape in a text. */
export function hasBackslash(from: usize, end: usize): bool {
  const backslashes = i8x16.splat(0x5c);
  while (from + 16 < end) {
    if (i8x16.bitmask(i8x16.eq(v128.load(from), backslashes)) !== 0) return true;
    from += 16;
  }
  const hits = i8x16.bitmask(i8x16.eq(v128.load(from), backslashes));
  return (hits & ((1 << <i32>(end - from)) - 1)) !== 0;
}
