/**
 * Decoding tables of DEFLATE's prefix codes (RFC 1951, 3.2): indexed by the next bits of the input, one entry a code
 * word. Codes longer than a table's root bits go on in a second table behind it.
 *
 * An entry: bits 0–7 how many bits it takes, extra bits included; bits 8–11 how long the code word is (a second
 * table's: how many bits index it; literals: how many there are); flags; bits 16–31 the base of a length or distance,
 * one or two literals, or the index of a second table.
 */
import { COUNTS, DIST_TABLE, LITLEN_TABLE, OFFSETS, PRE_TABLE, SORTED } from './layout';

/** With one more, entries of two literals are more, but the table leaves less of a core's first cache: slower. */
export const LITLEN_BITS: u32 = 10;
export const DIST_BITS: u32 = 8;
export const PRE_BITS: u32 = 7;

export const LITERAL: u32 = 0x8000;
/** No literal, length or distance: a second table, the end of the block, or, with neither flag, an invalid code. */
export const EXCEPTION: u32 = 0x4000;
export const SECOND: u32 = 0x1000;
export const END: u32 = 0x2000;

const LONGEST: u32 = 15;

export function buildLitlen(lengths: usize, symbols: u32): bool {
  if (!build(LITLEN_TABLE, LITLEN_BITS, lengths, symbols)) return false;
  pairLiterals();
  return true;
}

export function buildDist(lengths: usize, symbols: u32): bool {
  return build(DIST_TABLE, DIST_BITS, lengths, symbols);
}

export function buildPre(lengths: usize, symbols: u32): bool {
  return build(PRE_TABLE, PRE_BITS, lengths, symbols);
}

/** False where the lengths are of no prefix code, or of one that leaves out more than zlib lets pass. */
function build(table: usize, root: u32, lengths: usize, symbols: u32): bool {
  count(lengths, symbols);
  let longest = LONGEST;
  while (longest > 0 && countOf(longest) === 0) longest -= 1;
  for (let i: u32 = 0; i < 1 << root; i++) store<u32>(table + 4 * <usize>i, EXCEPTION);
  if (longest === 0) return true;
  const unused = unusedCodes();
  if (unused < 0 || (unused > 0 && (table === PRE_TABLE || longest !== 1))) return false;
  sort(lengths, symbols);
  fill(table, root, lengths, longest);
  return true;
}

function countOf(length: u32): u32 {
  return load<u32>(COUNTS + 4 * <usize>length);
}

function count(lengths: usize, symbols: u32): void {
  memory.fill(COUNTS, 0, 64);
  for (let i: usize = 0; i < <usize>symbols; i++) {
    const slot = COUNTS + 4 * <usize>load<u8>(lengths + i);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  store<u32>(COUNTS, 0);
}

/** How much of the code space is left over; negative where there is too little. */
function unusedCodes(): i32 {
  let unused: i32 = 1;
  for (let length: u32 = 1; length <= LONGEST; length++) {
    unused = (unused << 1) - <i32>countOf(length);
    if (unused < 0) return -1;
  }
  return unused;
}

/** Symbols by length of code, then by number: the order of canonical codes. */
function sort(lengths: usize, symbols: u32): void {
  let offset: u32 = 0;
  for (let length: u32 = 1; length <= LONGEST; length++) {
    store<u32>(OFFSETS + 4 * <usize>length, offset);
    offset += countOf(length);
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length = <usize>load<u8>(lengths + <usize>symbol);
    if (length === 0) continue;
    const at = load<u32>(OFFSETS + 4 * length);
    store<u32>(OFFSETS + 4 * length, at + 1);
    store<u16>(SORTED + 2 * <usize>at, <u16>symbol);
  }
}

/** Goes through the codes in canonical order; `code` is reversed, for DEFLATE packs codes from their highest bit. */
function fill(table: usize, root: u32, lengths: usize, longest: u32): void {
  const mask: u32 = (1 << root) - 1;
  let code: u32 = 0;
  let target = table;
  let targetBits = root;
  let used: u32 = 1 << root;
  let second: u32 = 0xffffffff;
  let last: u32 = 0;
  for (let at = SORTED; last < longest || load<u32>(COUNTS + 4 * <usize>last) > 0; at += 2) {
    const symbol = <u32>load<u16>(at);
    const length = <u32>load<u8>(lengths + <usize>symbol);
    last = length;
    const dropped = length > root ? root : 0;
    if (dropped > 0 && (code & mask) !== second) {
      second = code & mask;
      target = table + 4 * <usize>used;
      targetBits = secondBits(length, root, longest);
      store<u32>(table + 4 * <usize>second, (used << 16) | EXCEPTION | SECOND | (targetBits << 8) | root);
      used += 1 << targetBits;
    }
    const entry = entryOf(table, symbol, length - dropped);
    for (let i = code >> dropped; i < 1 << targetBits; i += 1 << (length - dropped)) {
      store<u32>(target + 4 * <usize>i, entry);
    }
    code = nextCode(code, length);
    store<u32>(COUNTS + 4 * <usize>length, countOf(length) - 1);
  }
}

/** How many bits index a second table that begins with a code of this length: as many as its codes fill. */
function secondBits(length: u32, root: u32, longest: u32): u32 {
  let bits = length - root;
  let left: i32 = 1 << bits;
  while (bits + root < longest) {
    left -= <i32>countOf(bits + root);
    if (left <= 0) break;
    bits += 1;
    left <<= 1;
  }
  return bits;
}

/** Adds one to a code whose bits are reversed. */
function nextCode(code: u32, length: u32): u32 {
  let bit: u32 = 1 << (length - 1);
  while ((code & bit) !== 0) bit >>= 1;
  return bit === 0 ? 0 : (code & (bit - 1)) + bit;
}

function entryOf(table: usize, symbol: u32, length: u32): u32 {
  if (table === PRE_TABLE) return (symbol << 16) | length;
  if (table === DIST_TABLE) return symbol < 30 ? distEntry(symbol, length) : EXCEPTION | length;
  if (symbol < 256) return (symbol << 16) | LITERAL | (1 << 8) | length;
  if (symbol === 256) return EXCEPTION | END | length;
  return symbol < 286 ? lengthEntry(symbol - 257, length) : EXCEPTION | length;
}

function lengthEntry(index: u32, length: u32): u32 {
  if (index === 28) return withExtra(258, 0, length);
  if (index < 8) return withExtra(3 + index, 0, length);
  const extra = (index - 4) >> 2;
  return withExtra(3 + ((4 + (index & 3)) << extra), extra, length);
}

function distEntry(symbol: u32, length: u32): u32 {
  if (symbol < 4) return withExtra(1 + symbol, 0, length);
  const extra = (symbol >> 1) - 1;
  return withExtra(1 + ((2 + (symbol & 1)) << extra), extra, length);
}

function withExtra(base: u32, extra: u32, length: u32): u32 {
  return (base << 16) | (length << 8) | (length + extra);
}

/** Where two literals fit into the root bits, one entry gives both. From the top down: an entry needs only lower ones. */
function pairLiterals(): void {
  for (let i: i32 = (1 << LITLEN_BITS) - 1; i >= 0; i--) {
    const at = LITLEN_TABLE + 4 * <usize>i;
    const first = load<u32>(at);
    if ((first & LITERAL) === 0) continue;
    const bits = first & 0xff;
    const second = load<u32>(LITLEN_TABLE + 4 * <usize>(<u32>i >> bits));
    if ((second & LITERAL) === 0 || (second & 0xff) + bits > LITLEN_BITS) continue;
    const literals = ((first >> 16) & 0xff) | (((second >> 16) & 0xff) << 8);
    store<u32>(at, (literals << 16) | LITERAL | (2 << 8) | (bits + (second & 0xff)));
  }
}
