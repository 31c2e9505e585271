/**
 * The kernel: decompresses (`inflate`), and projects lines of DynamoDB JSON to the four attributes that count, without building anything else.
 *
 * `scan` reads whole lines and leaves a row for each one that matters: a relevant record, or a line of an unexpected
 * shape, which somebody else has to parse. Ignored and deleted records are only counted.
 */
import { CREATED_AT, lengthOf, MODEL_ID, OWNER, TYPE_N, TYPE_S, textOf, typeOf, UPDATED_AT } from './attributes';
import { restart } from './blocks';
import { isKnown, placeOf } from './known';
import { GZIPPED, INPUT, MAX_GZIPPED, MAX_RECORD_TEXT, MAX_ROWS, MAX_TEXT, ROW_BYTES, ROWS, TEXT } from './layout';
import { hasImage, readLine } from './line';

// Kinds of rows.
const OTHER: u32 = 0;
const SESSION: u32 = 1;
const PARTY: u32 = 2;
const MEMBER: u32 = 3;
const IGNORED: u32 = 4;
/** Added to a kind: the timestamp is an N; the strings are not all ASCII; app or user is known, and not told again. */
const IS_NUMBER: u32 = 8;
const IS_WIDE: u32 = 16;
const IS_APP_KNOWN: u32 = 32;
const IS_USER_KNOWN: u32 = 64;

const SESSION_DASH: u64 = 0x2d6e6f6973736573; // session-
const PARTY_DASH: u64 = 0x2d7974726170; // party-
const MEMBER_U: u64 = 0x752d7265626d656d; // member-u
const SER_DASH: u32 = 0x2d726573; // ser-
const USER_DASH: u64 = 0x2d72657375; // user-
const HYPHEN: u8 = 0x2d;

/** Of the last `scan`: rows, bytes of text, records that were ignored and deleted, lines passed. */
export let rows: u32 = 0;
export let textBytes: u32 = 0;
export let ignored: u32 = 0;
export let deleted: u32 = 0;
export let lines: u32 = 0;

export { inflate, inflateIn, inflateOut, startInflate } from './inflate';
export const gzippedAt: u32 = <u32>GZIPPED;
export const maxGzipped: u32 = <u32>MAX_GZIPPED;
export const inputAt: u32 = <u32>INPUT;
export const rowsAt: u32 = <u32>ROWS;
export const textAt: u32 = <u32>TEXT;

/** Reads lines from `at`, until `end` (behind a line feed) or until there is no room for results. */
export function scan(at: usize, end: usize): usize {
  rows = 0;
  textBytes = 0;
  ignored = 0;
  deleted = 0;
  lines = 0;
  if (at < end) restart(at);
  while (at < end && rows < <u32>MAX_ROWS && textBytes <= <u32>(MAX_TEXT - MAX_RECORD_TEXT)) {
    const next = readLine(at);
    if (next !== 0 && report()) {
      at = next;
    } else {
      at = passOver(at);
      restart(at);
    }
    lines += 1;
  }
  return at;
}

/** False where the record is one that somebody else has to look at. */
function report(): bool {
  if (!hasImage) {
    deleted += 1;
    return true;
  }
  const kind = kindOf();
  if (kind === OTHER) return false;
  if (kind === IGNORED) {
    ignored += 1;
    return true;
  }
  const time = kind === SESSION ? UPDATED_AT : CREATED_AT;
  const type = typeOf(time);
  if (typeOf(OWNER) !== TYPE_S || (type !== TYPE_S && type !== TYPE_N)) return false;
  return addRecord(type === TYPE_N ? kind | IS_NUMBER : kind, time);
}

function kindOf(): u32 {
  if (typeOf(MODEL_ID) !== TYPE_S) return OTHER;
  const at = textOf(MODEL_ID);
  const length = lengthOf(MODEL_ID);
  const head = load<u64>(at);
  if (head === SESSION_DASH && length >= 8) return SESSION;
  if ((head & 0xffffffffffff) === PARTY_DASH && length >= 6) return PARTY;
  if (head === MEMBER_U && load<u32>(at, 8) === SER_DASH && length >= 12) return MEMBER;
  return IGNORED;
}

/**
 * Adds a row for keys of the ordinary form, `{type}-{app}-{id}` and `user-{userId}`: kind, line, place and length of the
 * app, place and length of the user id, length of the time. The three texts stand in TEXT, those aside that are known.
 */
function addRecord(kind: u32, time: usize): bool {
  const isMember = (kind & 7) === MEMBER;
  const appKey = isMember ? OWNER : MODEL_ID;
  const appFrom = textOf(appKey) + (!isMember && (kind & 7) === SESSION ? 8 : 6);
  if (isMember && (load<u64>(textOf(OWNER)) & 0xffffffffffff) !== PARTY_DASH) return false;
  if (!isMember && (load<u64>(textOf(OWNER)) & 0xffffffffff) !== USER_DASH) return false;
  const userFrom = isMember ? textOf(MODEL_ID) + 12 : textOf(OWNER) + 5;
  const userEnd = isMember ? textOf(MODEL_ID) + lengthOf(MODEL_ID) : textOf(OWNER) + lengthOf(OWNER);
  const appEnd = hyphen(appFrom, textOf(appKey) + lengthOf(appKey));
  if (appEnd <= appFrom || userEnd <= userFrom) return false;
  if (lengthOf(MODEL_ID) + lengthOf(OWNER) + lengthOf(time) > MAX_RECORD_TEXT) return false;
  const row = addRow(kind);
  if (tell(row + 8, appFrom, appEnd)) kind |= IS_APP_KNOWN;
  if (tell(row + 16, userFrom, userEnd)) kind |= IS_USER_KNOWN;
  wide = copyText(textOf(time), textOf(time) + lengthOf(time)) || wide;
  store<u32>(row, <u32>lengthOf(time), 24);
  store<u32>(row, wide ? kind | IS_WIDE : kind);
  wide = false;
  return true;
}

/** The first hyphen that has something behind it, or 0. */
function hyphen(from: usize, end: usize): usize {
  while (from + 1 < end) {
    if (load<u8>(from) === HYPHEN) return from;
    from += 1;
  }
  return 0;
}

/** Whether a text of the record at hand is not all ASCII. */
let wide: bool = false;

/** Writes where a text has its place among the known ones and how much of it is told; true where it was known. */
function tell(column: usize, from: usize, end: usize): bool {
  store<u32>(column, placeOf(from, end - from));
  store<u32>(column, isKnown ? 0 : <u32>(end - from), 4);
  if (isKnown) return true;
  wide = copyText(from, end) || wide;
  return false;
}

function addRow(kind: u32): usize {
  const row = ROWS + ROW_BYTES * <usize>rows;
  store<u32>(row, kind);
  store<u32>(row, lines, 4);
  rows += 1;
  return row;
}

/** Whether the text holds anything but ASCII. Copies 16 bytes at a time, so up to 15 too many. */
function copyText(from: usize, end: usize): bool {
  const length = end - from;
  const to = TEXT + <usize>textBytes;
  let high: u32 = 0;
  for (let i: usize = 0; i < length; i += 16) {
    const part = v128.load(from + i);
    v128.store(to + i, part);
    const left = length - i;
    high |= left >= 16 ? i8x16.bitmask(part) : i8x16.bitmask(part) & ((1 << (<u32>left)) - 1);
  }
  textBytes += <u32>length;
  return high !== 0;
}

/** Gives the line at `at` back as it is; the address of the next line. */
function passOver(at: usize): usize {
  const feeds = i8x16.splat(0x0a);
  let end = at;
  let hits = i8x16.bitmask(i8x16.eq(v128.load(end), feeds));
  while (hits === 0) {
    end += 16;
    hits = i8x16.bitmask(i8x16.eq(v128.load(end), feeds));
  }
  end += <usize>ctz(hits);
  const row = addRow(OTHER);
  store<u32>(row, <u32>at, 8);
  store<u32>(row, <u32>end, 12);
  return end + 1;
}
