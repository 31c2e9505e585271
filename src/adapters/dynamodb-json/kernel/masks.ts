/**
 * The first pass over lines: 64 bytes at a time as bit masks, in one loop that has no branches but for line feeds.
 * Bit i of a block's masks speaks of its byte i. It also finds the lines, for a raw line feed cannot stand inside JSON.
 *
 * Whether a byte stands inside a string is carried from block to block, so one line that went wrong would spoil all
 * behind it: the pass stops in front of a line with a control character or with a backslash outside strings.
 */
import { LINE_ESCAPES, LINES, MAX_LINES } from './layout';

/** Four masks a block: quotes that begin or end a string; brackets outside strings; which of those are square. */
export const BLOCK_MASKS: usize = 32;
export const OPENS: usize = 8;
export const CLOSES: usize = 16;
export const SQUARES: usize = 24;

/** Of the last `classify`: how many lines, whether all bytes were ASCII, whether it stopped in front of a bad line. */
export let lineCount: u32 = 0;
export let isAscii: bool = false;
export let isStopped: bool = false;

let base: usize = 0;
let masks: usize = 0;
/** Backslashes since the last line's end, or a little longer. */
let escapes: u64 = 0;

const LINE_FEED: u8 = 0x0a;
const EVEN: u64 = 0x5555555555555555;

/** Quote, backslash, the bit between kinds of brackets, `{`, `}`, the last control character: as memory, so that they are loaded once. */
const BYTES: usize = memory.data<u8>([0x22, 0x5c, 0x20, 0x7b, 0x7d, 0x1f]);

/** Where the masks of the block are that holds `at`. */
// @ts-ignore: decorator
@inline
export function masksOf(at: usize): usize {
  return masks + (((at - base) >> 6) << 5);
}

/** The place of `at` in its block. */
// @ts-ignore: decorator
@inline
export function bitOf(at: usize): usize {
  return (at - base) & 63;
}

/** The address of line `index`. */
// @ts-ignore: decorator
@inline
export function lineAt(index: u32): usize {
  return index === 0 ? base : <usize>load<u32>(LINES + 4 * <usize>index - 4) + 1;
}

/** The address of the line feed of line `index`. */
// @ts-ignore: decorator
@inline
export function lineEnd(index: u32): usize {
  return <usize>load<u32>(LINES + 4 * <usize>index);
}

/** Whether there may be a backslash in line `index`. */
// @ts-ignore: decorator
@inline
export function mayHaveEscapes(index: u32): bool {
  return load<bool>(LINE_ESCAPES + <usize>index);
}

/**
 * Reads whole lines, from the beginning of one to behind the line feed of another: to `masksAt`, half a byte for each
 * of theirs and 64 more. The address behind the last line that was read.
 */
export function classify(from: usize, to: usize, masksAt: usize): usize {
  base = from;
  masks = masksAt;
  lineCount = 0;
  isStopped = false;
  escapes = 0;
  const quote = v128.load8_splat(BYTES);
  const backslash = v128.load8_splat(BYTES, 1);
  const kindBit = v128.load8_splat(BYTES, 2);
  const open = v128.load8_splat(BYTES, 3);
  const close = v128.load8_splat(BYTES, 4);
  const control = v128.load8_splat(BYTES, 5);
  let all = i8x16.splat(0);
  let escapeCarry: u64 = 0;
  let stringCarry: u64 = 0;
  let slot = masksAt;
  for (let at = from; at < to; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    all = v128.or(all, v128.or(v128.or(a, b), v128.or(c, d)));
    const slashes = join(i8x16.eq(a, backslash), i8x16.eq(b, backslash), i8x16.eq(c, backslash), i8x16.eq(d, backslash));
    // Behind an odd run of backslashes (the method of simdjson: a run is odd where adding it carries).
    const slash = slashes & ~escapeCarry;
    const follows = (slash << 1) | escapeCarry;
    const sum = (slash & ~EVEN & ~follows) + slash;
    escapeCarry = <u64>(sum < slash);
    escapes |= slashes;
    const escaped = (EVEN ^ (sum << 1)) & follows;
    const quotes = join(i8x16.eq(a, quote), i8x16.eq(b, quote), i8x16.eq(c, quote), i8x16.eq(d, quote)) & ~escaped;
    const inside = prefixXor(quotes) ^ stringCarry;
    stringCarry = <u64>(<i64>inside >> 63);
    const aa = v128.or(a, kindBit);
    const bb = v128.or(b, kindBit);
    const cc = v128.or(c, kindBit);
    const dd = v128.or(d, kindBit);
    const opens = join(i8x16.eq(aa, open), i8x16.eq(bb, open), i8x16.eq(cc, open), i8x16.eq(dd, open)) & ~inside;
    const closes = join(i8x16.eq(aa, close), i8x16.eq(bb, close), i8x16.eq(cc, close), i8x16.eq(dd, close)) & ~inside;
    const braces = join(i16x8.shl(a, 2), i16x8.shl(b, 2), i16x8.shl(c, 2), i16x8.shl(d, 2));
    store<u64>(slot, quotes);
    store<u64>(slot, opens, OPENS);
    store<u64>(slot, closes, CLOSES);
    store<u64>(slot, (opens | closes) & ~braces, SQUARES);
    slot += BLOCK_MASKS;
    const valid = to - at >= 64 ? ~(<u64>0) : ((<u64>1) << <u64>(to - at)) - 1;
    const controls =
      join(i8x16.le_u(a, control), i8x16.le_u(b, control), i8x16.le_u(c, control), i8x16.le_u(d, control)) & valid;
    const bad = ((controls & inside) | (slashes & ~inside)) & valid;
    if ((controls | bad) !== 0 && !addLines(at, controls, bad, slashes)) break;
  }
  store<u64>(slot, ~(<u64>0));
  isAscii = i8x16.bitmask(all) === 0;
  return lineAt(lineCount);
}

/** False where a line is bad, or there is no room for more. */
function addLines(at: usize, controls: u64, bad: u64, slashes: u64): bool {
  let ends = controls & ((bad & -bad) - 1);
  while (ends !== 0) {
    const end = at + <usize>ctz(ends);
    isStopped = load<u8>(end) !== LINE_FEED;
    if (isStopped || lineCount === MAX_LINES) return false;
    store<u32>(LINES + 4 * <usize>lineCount, <u32>end);
    store<bool>(LINE_ESCAPES + <usize>lineCount, escapes !== 0);
    escapes = slashes;
    lineCount += 1;
    ends &= ends - 1;
  }
  isStopped = bad !== 0;
  return bad === 0;
}

// @ts-ignore: decorator
@inline
function join(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>i8x16.bitmask(a) |
    ((<u64>i8x16.bitmask(b)) << 16) |
    ((<u64>i8x16.bitmask(c)) << 32) |
    ((<u64>i8x16.bitmask(d)) << 48)
  );
}

/** Bit i of the result is the parity of bits 0 to i: set from each opening quote up to its closing one. */
// @ts-ignore: decorator
@inline
function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}
