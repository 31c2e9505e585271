/**
 * Decompresses one DEFLATE stream (RFC 1951) piece by piece: `inflate` goes on where it stopped, for more input or more
 * room. What it writes stands right behind what it wrote before, 32 KB of which must still be there: the window.
 *
 * Between calls less than a byte of input is held in `held`. Within one, bits are taken 56 at a time from up to 8 bytes
 * more than were used; so the loops stop short of the input's end, except when there is no more to come: then they run
 * over it a little, and whoever has used bits that are not there says so.
 */
import {
  buildDist,
  buildLitlen,
  buildPre,
  DIST_BITS,
  END,
  EXCEPTION,
  LITERAL,
  LITLEN_BITS,
  PRE_BITS,
  SECOND,
} from './huffman';
import { DIST_TABLE, LENGTHS, LITLEN_TABLE, PRE_TABLE } from './layout';

// What a call comes to; see gunzip.ts.
const NEEDS_INPUT: u32 = 0;
const NEEDS_ROOM: u32 = 1;
const ENDED: u32 = 2;
const CUT_OFF: u32 = 3;
const BAD_BLOCK: u32 = 4;
const BAD_STORED: u32 = 5;
const BAD_LENGTHS: u32 = 6;
const BAD_CODE: u32 = 7;
const TOO_FAR_BACK: u32 = 8;

/** The longest block header, in bytes and rounded up: 74 bits and 14 for each of 316 code lengths. */
const MAX_HEADER: usize = 600;
/** What one round of `decode` takes at most, and what it writes at most, copies that write too much included. */
const MAX_ROUND_INPUT: usize = 16;
const MAX_ROUND_OUTPUT: usize = 320;

const PRE_ORDER: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** Where the last call stopped: the next byte of input, and the end of what it wrote. */
export let inflateIn: usize = 0;
export let inflateOut: usize = 0;

let held: u64 = 0;
let heldBits: u32 = 0;
let inEnd: usize = 0;
let isLast: bool = false;
/** What comes next: a block header, the rest of a stored block, or the rest of a compressed one. */
let phase: u32 = 0;
const HEADER: u32 = 0;
const STORED: u32 = 1;
const CODES: u32 = 2;
let storedLeft: u32 = 0;

/** Begins a stream. */
export function startInflate(): void {
  held = 0;
  heldBits = 0;
  isLast = false;
  phase = HEADER;
}

/**
 * Reads from `from` to `to` (`isWhole`: nothing comes behind it) and writes from `out` up to `outEnd`.
 * The stream's output begins at or before `windowFrom`, and stands there from that address on.
 */
export function inflate(from: usize, to: usize, isWhole: bool, out: usize, outEnd: usize, windowFrom: usize): u32 {
  inflateIn = from;
  inflateOut = out;
  inEnd = to;
  let result = NEEDS_INPUT;
  do {
    if (phase === HEADER) result = isWhole || to - inflateIn >= MAX_HEADER ? readHeader() : NEEDS_INPUT;
    else if (phase === STORED) result = copyStored(outEnd);
    else result = decode(isWhole ? to + 8 : to - MAX_ROUND_INPUT, outEnd - MAX_ROUND_OUTPUT, windowFrom);
    if (usedTooMuch()) return CUT_OFF;
    if (result === ENDED && !isLast) {
      phase = HEADER;
      result = CONTINUES;
    }
  } while (result === CONTINUES);
  return isWhole && result === NEEDS_INPUT ? CUT_OFF : result;
}

const CONTINUES: u32 = 0xff;

function usedTooMuch(): bool {
  return inflateIn - <usize>(heldBits >> 3) > inEnd;
}

/** Gives whole bytes back to the input. */
function giveBack(): void {
  inflateIn -= <usize>(heldBits >> 3);
  heldBits &= 7;
  held &= ((<u64>1) << (<u64>heldBits)) - 1;
}

/** At least 56 bits. */
function refill(): void {
  held |= load<u64>(inflateIn) << (<u64>heldBits);
  inflateIn += <usize>((63 - heldBits) >> 3);
  heldBits |= 56;
}

function take(bits: u32): u32 {
  const value = <u32>held & ((1 << bits) - 1);
  held >>= <u64>bits;
  heldBits -= bits;
  return value;
}

function readHeader(): u32 {
  refill();
  isLast = take(1) === 1;
  const type = take(2);
  let result = BAD_BLOCK;
  if (type === 0) result = startStored();
  else if (type === 1) result = startFixed();
  else if (type === 2) result = startDynamic();
  giveBack();
  return result;
}

function startStored(): u32 {
  take(heldBits & 7);
  giveBack();
  refill();
  storedLeft = take(16);
  phase = STORED;
  return take(16) === (storedLeft ^ 0xffff) ? CONTINUES : BAD_STORED;
}

function copyStored(outEnd: usize): u32 {
  if (storedLeft === 0) return ENDED;
  if (inflateIn >= inEnd) return NEEDS_INPUT;
  if (inflateOut >= outEnd) return NEEDS_ROOM;
  const size = min(<usize>storedLeft, min(inEnd - inflateIn, outEnd - inflateOut));
  memory.copy(inflateOut, inflateIn, size);
  inflateIn += size;
  inflateOut += size;
  storedLeft -= <u32>size;
  return CONTINUES;
}

function startFixed(): u32 {
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  memory.fill(LENGTHS + 288, 5, 32);
  buildLitlen(LENGTHS, 288);
  buildDist(LENGTHS + 288, 32);
  phase = CODES;
  return CONTINUES;
}

function startDynamic(): u32 {
  const litlens = take(5) + 257;
  const dists = take(5) + 1;
  const pres = take(4) + 4;
  if (litlens > 286 || dists > 30) return BAD_LENGTHS;
  memory.fill(LENGTHS, 0, 19);
  for (let i: u32 = 0; i < pres; i++) {
    refill();
    store<u8>(LENGTHS + <usize>load<u8>(PRE_ORDER + <usize>i), <u8>take(3));
  }
  if (!buildPre(LENGTHS, 19) || !readLengths(litlens + dists)) return BAD_LENGTHS;
  if (load<u8>(LENGTHS + 256) === 0) return BAD_LENGTHS;
  if (!buildLitlen(LENGTHS, litlens) || !buildDist(LENGTHS + <usize>litlens, dists)) return BAD_LENGTHS;
  phase = CODES;
  return CONTINUES;
}

function readLengths(all: u32): bool {
  let at: u32 = 0;
  while (at < all) {
    refill();
    const entry = load<u32>(PRE_TABLE + 4 * <usize>(<u32>held & ((1 << PRE_BITS) - 1)));
    if ((entry & EXCEPTION) !== 0) return false;
    take(entry & 0xff);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(LENGTHS + <usize>at, <u8>symbol);
      at += 1;
      continue;
    }
    if (symbol === 16 && at === 0) return false;
    const length = symbol === 16 ? load<u8>(LENGTHS + <usize>at - 1) : 0;
    const times = symbol === 16 ? 3 + take(2) : symbol === 17 ? 3 + take(3) : 11 + take(7);
    if (at + times > all) return false;
    memory.fill(LENGTHS + <usize>at, length, <usize>times);
    at += times;
  }
  return true;
}

/** The number in the next bits that an entry takes, behind its code word. */
function extra(bits: u64, entry: u32): u32 {
  return (<u32>bits & ((1 << entry) - 1)) >> (entry >> 8);
}

/**
 * Literals and copies, until the block ends or either limit is reached. A round takes up to three entries of literals,
 * or a copy, for which the 56 bits of one refill are enough.
 *
 * Of `count` only the low six bits mean anything: entries are taken from it whole, as shifts by them look at no more.
 */
function decode(inLimit: usize, outLimit: usize, windowFrom: usize): u32 {
  let bits = held;
  let count = heldBits;
  let at = inflateIn;
  let out = inflateOut;
  let result: u32 = CONTINUES;
  // The next entry is looked up as early as it can be: while a copy waits for its branches, it is on its way.
  let entry: u32 = 0;
  if (at < inLimit) {
    bits |= load<u64>(at) << (<u64>count);
    at += <usize>(7 - ((count >> 3) & 7));
    count |= 56;
    entry = litlen(bits);
  }
  while (at < inLimit && out < outLimit) {
    bits |= load<u64>(at) << (<u64>count);
    at += <usize>(7 - ((count >> 3) & 7));
    count |= 56;
    if ((entry & LITERAL) !== 0) {
      store<u16>(out, <u16>(entry >> 16));
      out += <usize>((entry >> 8) & 3);
      bits >>= <u64>entry;
      count -= entry;
      entry = litlen(bits);
      if ((entry & LITERAL) === 0) continue;
      store<u16>(out, <u16>(entry >> 16));
      out += <usize>((entry >> 8) & 3);
      bits >>= <u64>entry;
      count -= entry;
      entry = litlen(bits);
      if ((entry & LITERAL) === 0) continue;
      store<u16>(out, <u16>(entry >> 16));
      out += <usize>((entry >> 8) & 3);
      bits >>= <u64>entry;
      count -= entry;
      entry = litlen(bits);
      continue;
    }
    if ((entry & EXCEPTION) !== 0) {
      bits >>= <u64>entry;
      count -= entry;
      if ((entry & SECOND) !== 0) {
        entry = second(LITLEN_TABLE, entry, bits);
        if ((entry & LITERAL) !== 0) {
          store<u8>(out, <u8>(entry >> 16));
          out += 1;
          bits >>= <u64>entry;
          count -= entry;
          entry = litlen(bits);
          continue;
        }
        if ((entry & EXCEPTION) !== 0) {
          bits >>= <u64>entry;
          count -= entry;
        }
      }
      if ((entry & EXCEPTION) !== 0) {
        result = (entry & END) !== 0 ? ENDED : BAD_CODE;
        break;
      }
    }
    const length = (entry >> 16) + extra(bits, entry);
    bits >>= <u64>entry;
    count -= entry;
    entry = load<u32>(DIST_TABLE + 4 * <usize>(<u32>bits & ((1 << DIST_BITS) - 1)));
    if ((entry & SECOND) !== 0 && (entry & EXCEPTION) !== 0) {
      bits >>= <u64>entry;
      count -= entry;
      entry = second(DIST_TABLE, entry, bits);
    }
    if ((entry & EXCEPTION) !== 0) {
      result = BAD_CODE;
      break;
    }
    const distance = <usize>((entry >> 16) + extra(bits, entry));
    bits >>= <u64>entry;
    count -= entry;
    if (distance > out - windowFrom) {
      result = TOO_FAR_BACK;
      break;
    }
    entry = litlen(bits);
    copy(out, distance, out + <usize>length);
    out += <usize>length;
  }
  held = bits;
  heldBits = count & 63;
  inflateIn = at;
  inflateOut = out;
  giveBack();
  if (result !== CONTINUES) return result;
  return out >= outLimit ? NEEDS_ROOM : NEEDS_INPUT;
}

// @ts-ignore: decorator
@inline
function litlen(bits: u64): u32 {
  return load<u32>(LITLEN_TABLE + 4 * <usize>(<u32>bits & ((1 << LITLEN_BITS) - 1)));
}

// @ts-ignore: decorator
@inline
function second(table: usize, entry: u32, bits: u64): u32 {
  return load<u32>(table + 4 * <usize>((entry >> 16) + (<u32>bits & ((1 << ((entry >> 8) & 0xf)) - 1))));
}

/** Copies what stands `distance` before `out`, which may overlap; writes up to 31 bytes too many. */
// @ts-ignore: decorator
@inline
function copy(out: usize, distance: usize, end: usize): void {
  let from = out - distance;
  if (distance >= 16) {
    v128.store(out, v128.load(from));
    v128.store(out, v128.load(from, 16), 16);
    out += 32;
    from += 32;
    while (out < end) {
      v128.store(out, v128.load(from));
      out += 16;
      from += 16;
    }
  } else if (distance === 1) {
    const byte = i8x16.splat(load<u8>(from));
    do {
      v128.store(out, byte);
      out += 16;
    } while (out < end);
  } else if (distance >= 8) {
    do {
      store<u64>(out, load<u64>(from));
      out += 8;
      from += 8;
    } while (out < end);
  } else {
    do {
      store<u8>(out, load<u8>(from));
      out += 1;
      from += 1;
    } while (out < end);
  }
}
