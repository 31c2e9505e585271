/** Finds where strings and nested values end. An address of 0 means: not of the expected shape. */
import { advance, base, closes, opens, quotes, seek, slashes, squares, stops } from './blocks';
import { MAX_RUNS, RUNS } from './layout';

/** Whether the string that `closingQuote` ran over holds a backslash. */
export let hasEscape: bool = false;

/** The address of the quote that ends the string whose text begins at `from`. */
export function closingQuote(from: usize): usize {
  seek(from);
  hasEscape = false;
  let ahead: u64 = ~(<u64>0) << (from - base);
  while (true) {
    const hits = (quotes | stops) & ahead;
    if (hits !== 0) {
      const first = hits & -hits;
      if ((slashes & ahead & (first - 1)) !== 0) hasEscape = true;
      return (stops & first) !== 0 ? 0 : base + <usize>ctz(hits);
    }
    if ((slashes & ahead) !== 0) hasEscape = true;
    advance();
    ahead = ~(<u64>0);
  }
}

let run: u32 = 0;
let inSquare: bool = false;
let saved: usize = RUNS;

/** The address behind the value whose opening bracket is at `from`. */
export function skipValue(from: usize): usize {
  return skipNested(from, 0);
}

/** The address behind the object that is open at `from`, outside a string. */
export function skipRest(from: usize): usize {
  return skipNested(from, 1);
}

/**
 * Brackets of one kind in a row are kept as one number, the rows below it on a stack. So in a block that has no square
 * bracket and closes fewer braces than are open, the braces need not be looked at one by one.
 */
function skipNested(from: usize, depth: u32): usize {
  run = depth;
  inSquare = false;
  saved = RUNS;
  seek(from);
  let ahead: u64 = ~(<u64>0) << (from - base);
  while (true) {
    const closing = closes & ahead;
    const opening = opens & ahead;
    const leaves = closing & nextBracket(opening, opening | closing);
    if (inSquare || ((squares | stops) & ahead) !== 0 || <u32>popcnt(closing ^ leaves) >= run) {
      const end = stepThrough(ahead);
      if (end !== CONTINUES) return end;
    } else {
      run += <u32>popcnt(opening) - <u32>popcnt(closing);
    }
    advance();
    ahead = ~(<u64>0);
  }
}

/** The bracket behind each of `opening`: a carry runs from there through all bytes that are no bracket. */
function nextBracket(opening: u64, brackets: u64): u64 {
  const first = opening << 1;
  return ((~brackets + (first & ~brackets)) | first) & brackets;
}

const CONTINUES: usize = 1;

/** Takes the brackets of the block singly: the address behind the value, 0, or CONTINUES. */
function stepThrough(ahead: u64): usize {
  const stop = stops & ahead;
  let bits = (opens | closes | squares) & ahead;
  if (stop !== 0) bits &= (stop & -stop) - 1;
  let count = run;
  while (bits !== 0) {
    const at = base + <usize>ctz(bits);
    bits &= bits - 1;
    const byte = load<u8>(at);
    const square = (byte & 0x20) === 0;
    if ((byte & 4) === 0) {
      if (square === inSquare) {
        count += 1;
      } else {
        if (!enter(count)) return 0;
        count = 1;
      }
    } else {
      if (square !== inSquare) return 0;
      count -= 1;
      if (count === 0) {
        if (saved === RUNS) return at + 1;
        count = leave();
      }
    }
  }
  run = count;
  return stop !== 0 ? 0 : CONTINUES;
}

/** Begins a row of the other kind; false where the nesting changes kind more often than there is room for. */
function enter(outer: u32): bool {
  inSquare = !inSquare;
  if (outer === 0) return true;
  if (saved === RUNS + 4 * MAX_RUNS) return false;
  store<u32>(saved, outer);
  saved += 4;
  return true;
}

/** The row of brackets around the one that has ended. */
function leave(): u32 {
  inSquare = !inSquare;
  saved -= 4;
  return load<u32>(saved);
}
