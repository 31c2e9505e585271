/** The four attributes that count, as far as they are plain strings in S or N. */
import { SLOT_BYTES, SLOTS } from './layout';
import { closingQuote, skipRest, skipValue } from './walk';

export const MODEL_ID: usize = SLOTS;
export const OWNER: usize = SLOTS + SLOT_BYTES;
export const CREATED_AT: usize = SLOTS + 2 * SLOT_BYTES;
export const UPDATED_AT: usize = SLOTS + 3 * SLOT_BYTES;

/** Types: the letter itself for S and N. UNUSUAL is there, but no plain string of these two types. */
const ABSENT: u32 = 0;
const UNUSUAL: u32 = 1;
export const TYPE_S: u32 = 0x53;
export const TYPE_N: u32 = 0x4e;

const SIX_BYTES: u64 = 0xffffffffffff;
const S_VALUE: u64 = 0x223a2253227b; // {"S":"
const N_VALUE: u64 = 0x223a224e227b; // {"N":"
const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;

export function forget(): void {
  setType(MODEL_ID, ABSENT);
  setType(OWNER, ABSENT);
  setType(CREATED_AT, ABSENT);
  setType(UPDATED_AT, ABSENT);
}

export function textOf(slot: usize): usize {
  return load<u32>(slot);
}

export function endOf(slot: usize): usize {
  return load<u32>(slot, 4);
}

export function typeOf(slot: usize): u32 {
  return load<u32>(slot, 8);
}

function setType(slot: usize, type: u32): void {
  store<u32>(slot, type, 8);
}

/** Takes the value at `at`; the address behind it, or 0. Of two equal keys the last one counts: left to others. */
export function take(slot: usize, at: usize, lineEnd: usize): usize {
  if (typeOf(slot) !== ABSENT) return 0;
  setType(slot, UNUSUAL);
  const head = load<u64>(at) & SIX_BYTES;
  if (head !== S_VALUE && head !== N_VALUE) return load<u8>(at) === OPEN_BRACE ? skipValue(at, lineEnd) : 0;
  const end = closingQuote(at + 6);
  if (load<u8>(end, 1) !== CLOSE_BRACE) return skipRest(end + 1, lineEnd);
  if (hasBackslash(at + 6, end)) return end + 2;
  store<u32>(slot, <u32>(at + 6));
  store<u32>(slot, <u32>end, 4);
  setType(slot, head === S_VALUE ? TYPE_S : TYPE_N);
  return end + 2;
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
