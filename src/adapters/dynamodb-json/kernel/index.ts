/**
 * The kernel: decompresses (`inflate`), and projects lines of DynamoDB JSON to the four attributes that count, without building anything else.
 *
 * `classify` makes bit masks of whole lines; `project` goes through them and leaves a row for each one that matters: a
 * relevant record, or a line of an unexpected shape, which somebody else has to parse. Ignored and deleted records are
 * only counted.
 */
import { CREATED_AT, endOf, MODEL_ID, OWNER, TYPE_N, TYPE_S, textOf, typeOf, UPDATED_AT } from './attributes';
import { isKnown, placeOf } from './known';
import { GZIPPED, INPUT, KNOWN_PLACES_LOG2, MAX_GZIPPED, MAX_RECORD_TEXT, MAX_ROWS, MAX_TEXT, ROW_BYTES, ROWS, TEXT } from './layout';
import { hasImage, readLine } from './line';
import { lineAt, lineEnd } from './masks';
import { clock, date, digits, readDateTime, readDigits } from './times';

// Kinds of rows.
const OTHER: u32 = 0;
const SESSION: u32 = 1;
const PARTY: u32 = 2;
const MEMBER: u32 = 3;
const IGNORED: u32 = 4;
/** Added to a kind: app or user is told, for it is not known. */
const TELLS_APP: u32 = 4;
const TELLS_USER: u32 = 8;
/** Added to a kind: how the time is told. */
const DATE_TIME: u32 = 16;
const TEXT_OF_N: u32 = 32;
const TEXT_OF_S: u32 = 48;

const SESSION_DASH: u64 = 0x2d6e6f6973736573; // session-
const PARTY_DASH: u64 = 0x2d7974726170; // party-
const MEMBER_U: u64 = 0x752d7265626d656d; // member-u
const SER_DASH: u32 = 0x2d726573; // ser-
const USER_DASH: u64 = 0x2d72657375; // user-
const HYPHEN: u8 = 0x2d;

/** Of the last `project`: rows, records that were ignored and deleted. */
export let rows: u32 = 0;
export let ignored: u32 = 0;
export let deleted: u32 = 0;
let textBytes: u32 = 0;

export { inflate, inflateIn, inflateOut, startInflate } from './inflate';
export { classify, isAscii, isStopped, lineAt, lineCount } from './masks';
export const gzippedAt: u32 = <u32>GZIPPED;
export const maxGzipped: u32 = <u32>MAX_GZIPPED;
export const inputAt: u32 = <u32>INPUT;
export const rowsAt: u32 = <u32>ROWS;
export const textAt: u32 = <u32>TEXT;
export const knownPlaces: u32 = 1 << (<u32>KNOWN_PLACES_LOG2);

/** Reads lines that have been classified, from `line` up to `endLine` or until there is no room for results; the next line. */
export function project(line: u32, endLine: u32): u32 {
  rows = 0;
  ignored = 0;
  deleted = 0;
  textBytes = 0;
  let at = lineAt(line);
  while (line < endLine && rows < MAX_ROWS && textBytes <= MAX_TEXT - MAX_RECORD_TEXT) {
    const end = lineEnd(line);
    if (!readLine(at, end) || !report(line)) addOther(line, at, end);
    at = end + 1;
    line += 1;
  }
  return line;
}

/** False where the record is one that somebody else has to look at. */
function report(line: u32): bool {
  if (!hasImage) {
    deleted += 1;
    return true;
  }
  if (typeOf(MODEL_ID) !== TYPE_S) return false;
  const kind = kindOf(textOf(MODEL_ID), endOf(MODEL_ID));
  if (kind === IGNORED) {
    ignored += 1;
    return true;
  }
  if (typeOf(OWNER) !== TYPE_S) return false;
  return addRecord(line, kind, kind === SESSION ? UPDATED_AT : CREATED_AT);
}

function kindOf(modelId: usize, end: usize): u32 {
  const head = load<u64>(modelId);
  if (head === SESSION_DASH && end - modelId >= 8) return SESSION;
  if ((head & 0xffffffffffff) === PARTY_DASH && end - modelId >= 6) return PARTY;
  if (head === MEMBER_U && load<u32>(modelId, 8) === SER_DASH && end - modelId >= 12) return MEMBER;
  return IGNORED;
}

/** Adds a row for keys of the ordinary form: `{type}-{app}-{id}` and `user-{userId}`. */
function addRecord(line: u32, kind: u32, time: usize): bool {
  const modelId = textOf(MODEL_ID);
  const owner = textOf(OWNER);
  const head = load<u64>(owner);
  if (kind === MEMBER) {
    return (
      (head & 0xffffffffffff) === PARTY_DASH &&
      addRow(line, kind, owner + 6, endOf(OWNER), modelId + 12, endOf(MODEL_ID), time)
    );
  }
  const app = modelId + (kind === SESSION ? 8 : 6);
  return (
    (head & 0xffffffffff) === USER_DASH && addRow(line, kind, app, endOf(MODEL_ID), owner + 5, endOf(OWNER), time)
  );
}

/**
 * Adds a row: kind, line, places of app and user, their lengths (and the time's) where they are told, the time. Texts
 * that are told stand in TEXT, one behind the other.
 */
function addRow(line: u32, kind: u32, app: usize, keyEnd: usize, user: usize, userEnd: usize, time: usize): bool {
  const appEnd = hyphen(app, keyEnd);
  const type = typeOf(time);
  if (appEnd <= app || userEnd <= user || (type !== TYPE_S && type !== TYPE_N)) return false;
  if (appEnd - app + (userEnd - user) + (endOf(time) - textOf(time)) > <usize>MAX_RECORD_TEXT) return false;
  const row = newRow(line);
  store<u32>(row, placeOf(app, appEnd - app), 8);
  if (!isKnown) {
    kind |= TELLS_APP;
    tell(row + 16, app, appEnd);
  }
  store<u32>(row, placeOf(user, userEnd - user), 12);
  if (!isKnown) {
    kind |= TELLS_USER;
    tell(row + 18, user, userEnd);
  }
  store<u32>(row, kind | addTime(row, type, textOf(time), endOf(time)));
  return true;
}

function addTime(row: usize, type: u32, from: usize, end: usize): u32 {
  if (type === TYPE_N && readDigits(from, end)) {
    store<f64>(row, <f64>digits, 24);
    return 0;
  }
  if (type === TYPE_S && readDateTime(from, end)) {
    store<u32>(row, date, 24);
    store<u32>(row, clock, 28);
    return DATE_TIME;
  }
  tell(row + 20, from, end);
  return type === TYPE_N ? TEXT_OF_N : TEXT_OF_S;
}

/** The first hyphen, if there is something behind it, or 0. */
function hyphen(from: usize, end: usize): usize {
  const hyphens = i8x16.splat(HYPHEN);
  for (; from < end; from += 16) {
    const hits = i8x16.bitmask(i8x16.eq(v128.load(from), hyphens));
    if (hits === 0) continue;
    const at = from + <usize>ctz(hits);
    return at + 1 < end ? at : 0;
  }
  return 0;
}

/** Copies 16 bytes at a time, so up to 15 too many. */
function tell(length: usize, from: usize, end: usize): void {
  store<u16>(length, <u16>(end - from));
  let to = TEXT + <usize>textBytes;
  textBytes += <u32>(end - from);
  for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
}

function newRow(line: u32): usize {
  const row = ROWS + <usize>rows * ROW_BYTES;
  rows += 1;
  store<u32>(row, line, 4);
  return row;
}

/** Gives a line back as it is. */
function addOther(line: u32, at: usize, end: usize): void {
  const row = newRow(line);
  store<u32>(row, OTHER);
  store<u32>(row, <u32>at, 8);
  store<u32>(row, <u32>end, 12);
}
