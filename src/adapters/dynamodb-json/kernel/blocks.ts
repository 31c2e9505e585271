/**
 * 64 bytes at a time, as bit masks: bit i of a mask speaks of the byte at `base + i`.
 *
 * Blocks are loaded in order and each one once, because whether a quote is escaped and whether a byte is inside a
 * string is carried from block to block. `restart` drops that state: a raw newline ends every line, so nothing has to
 * survive a line that went wrong.
 */

/** Address of the current block. */
export let base: usize = 0;
/** Quotes that begin or end a string. */
export let quotes: u64 = 0;
/** Braces outside strings. */
export let opens: u64 = 0;
export let closes: u64 = 0;
/** Square brackets outside strings. */
export let squares: u64 = 0;
/** Backslashes. */
export let slashes: u64 = 0;
/** What no line of the expected shape has before its end: control characters, and backslashes outside strings. */
export let stops: u64 = 0;

let escapeCarry: u64 = 0;
let stringCarry: u64 = 0;

/** Begins at any address, outside a string. */
export function restart(at: usize): void {
  escapeCarry = 0;
  stringCarry = 0;
  load(at);
}

/** Makes the block that holds `at` the current one; `at` never lies before the current block. */
export function seek(at: usize): void {
  while (at - base >= 64) load(base + 64);
}

/** The next 64 bytes. */
export function advance(): void {
  load(base + 64);
}

function load(at: usize): void {
  const a = v128.load(at);
  const b = v128.load(at, 16);
  const c = v128.load(at, 32);
  const d = v128.load(at, 48);
  base = at;
  slashes = 0;
  squares = 0;
  if (hasRare(a, b, c, d)) {
    slashes = mask(a, b, c, d, 0x5c);
    squares = mask(a, b, c, d, 0x5b) | mask(a, b, c, d, 0x5d);
  }
  quotes = mask(a, b, c, d, 0x22) & ~escaped();
  const inside = prefixXor(quotes) ^ stringCarry;
  stringCarry = <u64>(<i64>inside >> 63);
  opens = mask(a, b, c, d, 0x7b) & ~inside;
  closes = mask(a, b, c, d, 0x7d) & ~inside;
  squares &= ~inside;
  stops = controlMask(a, b, c, d) | (slashes & ~inside);
}

/** Whether there is a `[`, a backslash or a `]`: three neighbours in ASCII, and most blocks have none. */
function hasRare(a: v128, b: v128, c: v128, d: v128): bool {
  return v128.any_true(v128.or(v128.or(rare(a), rare(b)), v128.or(rare(c), rare(d))));
}

function rare(bytes: v128): v128 {
  return i8x16.le_u(i8x16.sub(bytes, i8x16.splat(0x5b)), i8x16.splat(2));
}

function join(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>i8x16.bitmask(a) |
    ((<u64>i8x16.bitmask(b)) << 16) |
    ((<u64>i8x16.bitmask(c)) << 32) |
    ((<u64>i8x16.bitmask(d)) << 48)
  );
}

function mask(a: v128, b: v128, c: v128, d: v128, byte: u8): u64 {
  const x = i8x16.splat(byte);
  return join(i8x16.eq(a, x), i8x16.eq(b, x), i8x16.eq(c, x), i8x16.eq(d, x));
}

function controlMask(a: v128, b: v128, c: v128, d: v128): u64 {
  const last = i8x16.splat(0x1f);
  const lowest = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
  if (!v128.any_true(i8x16.le_u(lowest, last))) return 0;
  return join(i8x16.le_u(a, last), i8x16.le_u(b, last), i8x16.le_u(c, last), i8x16.le_u(d, last));
}

/** Characters behind an odd run of backslashes (the method of simdjson: a run is odd where adding it carries). */
function escaped(): u64 {
  const carried = escapeCarry;
  if (slashes === 0) {
    escapeCarry = 0;
    return carried;
  }
  const even: u64 = 0x5555555555555555;
  const slash = slashes & ~carried;
  const follows = (slash << 1) | carried;
  const oddStarts = slash & ~even & ~follows;
  const sum = oddStarts + slash;
  escapeCarry = sum < slash ? 1 : 0;
  return (even ^ (sum << 1)) & follows;
}

/** Bit i of the result is the parity of bits 0 to i: set from each opening quote up to its closing one. */
function prefixXor(bits: u64): u64 {
  if (bits === 0) return 0;
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ (bits << 32);
}
