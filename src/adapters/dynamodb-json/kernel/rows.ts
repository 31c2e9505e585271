/** Results: a row for each activity of a record, and for each line that others have to read. */
import { Activity, Header, Names, Row, Spans, Time, Told, Type } from './codes';
import { endOf, fromOf, setSpan, spanOf, typeOf } from './image';
import { isKnown, NO_NAME, placeOf } from './known';
import { PROGRAM, ROWS, ROWS_END, SUMS, SUMS_END } from './layout';
import { clock, date, digits, readDateTime, readDigits } from './times';

/** Where the next row goes; where the next span of what is added up. */
export let nextRow: usize = ROWS;
let nextSum: usize = SUMS;

export function clearRows(): void {
  nextRow = ROWS;
  nextSum = SUMS;
}

/** Since `clearRows`. */
export function rowCount(): u32 {
  return <u32>((nextRow - ROWS) / Row.BYTES);
}

/** Whether there is room for another record, be it any number of activities. */
// @ts-ignore: decorator
@inline
export function hasRoom(): bool {
  return nextRow < ROWS_END && nextSum < SUMS_END;
}

/** Gives a line back as it is, in the place of rows of its own that begin at `first`. */
export function addLine(line: u32, first: usize, from: usize, end: usize): void {
  store<u32>(first, Told.LINE_ALONE);
  store<u32>(first, line, Row.LINE);
  setSpan(first + Row.SPAN, from, end);
  nextRow = first + Row.BYTES;
}

/** Adds a row for an activity that an image is, of a record whose rows begin at `first`; false where others have to judge. */
export function addActivity(line: u32, activity: usize, image: usize, first: usize): bool {
  const row = nextRow;
  nextRow = row + Row.BYTES;
  if (row !== first) store<u32>(row - Row.BYTES, load<u32>(row - Row.BYTES) | Told.MORE);
  store<u32>(row, line, Row.LINE);
  if (!addName(row + Row.APP_SPAN, activity, Names.APP, PROGRAM + Header.SPANS + Spans.APP, MAX_APP_BYTES)) return false;
  if (!addName(row + Row.USER_SPAN, activity, Names.USER, PROGRAM + Header.SPANS + Spans.USER, MAX_USER_BYTES)) return false;
  const time = addTime(row + Row.TIME, activity, image);
  store<u32>(row, time | (load<u8>(activity, Activity.INDEX) + 1));
  return time !== NO_TIME && (load<u8>(activity, Activity.SUMS) === 0 || addSums(row, activity, image));
}

/** Longer names are refused, by others: see domain/activity.ts. */
const MAX_APP_BYTES: usize = 255;
const MAX_USER_BYTES: usize = 1024;

/** A span that begins at 0 is no name. */
// @ts-ignore: decorator
@inline
function addName(to: usize, activity: usize, flag: u32, span: usize, max: usize): bool {
  if ((load<u8>(activity, Activity.NAMES) & flag) === 0) {
    store<u64>(to, 0);
    return true;
  }
  store<u64>(to, load<u64>(span));
  return endOf(span) - fromOf(span) <= max;
}

/** What is not of a type that may be a time. */
const NO_TIME: u32 = 0xffffffff;

/** Adds the time, if the activity bears one; how it is told, or NO_TIME. */
// @ts-ignore: decorator
@inline
function addTime(to: usize, activity: usize, image: usize): u32 {
  const form = load<u8>(activity, Activity.TIME_FORM);
  if (form === 0) return Told.NUMBER;
  if ((form & Time.OF_HOLE) !== 0) {
    const span = PROGRAM + <usize>load<u32>(activity, Activity.TIME_HOLE);
    return (form & Time.IS_NUMBER) !== 0 ? tellNumber(to, activity, span) : tellText(to, form, span);
  }
  const column: usize = load<u8>(activity, Activity.TIME_COLUMN);
  const type = typeOf(image, column);
  if (type === Type.N && (form & Time.OF_N) !== 0) return tellNumber(to, activity, spanOf(image, column));
  return type === Type.S && (form & Time.OF_S) !== 0 ? tellText(to, form, spanOf(image, column)) : NO_TIME;
}

function tellNumber(to: usize, activity: usize, span: usize): u32 {
  if (!readDigits(fromOf(span), endOf(span))) {
    store<u64>(to, load<u64>(span));
    return Told.TEXT_OF_NUMBER;
  }
  const divisor = load<u64>(activity, Activity.TIME_DIVISOR);
  store<f64>(to, <f64>(divisor === 1 ? digits : digits / divisor));
  return Told.NUMBER;
}

function tellText(to: usize, form: u32, span: usize): u32 {
  if ((form & Time.IS_DATE_TIME) === 0 || !readDateTime(fromOf(span), endOf(span))) {
    store<u64>(to, load<u64>(span));
    return Told.TEXT;
  }
  store<u32>(to, date);
  store<u32>(to, clock, 4);
  return Told.DATE_TIME;
}

/** Adds the spans of what is added up; false where one of them is no number. */
function addSums(row: usize, activity: usize, image: usize): bool {
  store<u32>(row, <u32>nextSum, Row.SUMS);
  for (let sum: usize = 0, count: usize = load<u8>(activity, Activity.SUMS); sum < count; sum += 1) {
    const column: usize = load<u8>(activity + sum, Activity.SUMMED);
    if (typeOf(image, column) !== Type.N) return false;
    store<u64>(nextSum, load<u64>(spanOf(image, column)));
    nextSum += 8;
  }
  return true;
}

/**
 * Looks up the names of all rows. It is done when nothing can go wrong any more, for a name that was told cannot be taken
 * back; and for all of them in one go: a look-up is a trip to memory, and so a processor makes several at once.
 */
export function nameRows(): void {
  for (let row = ROWS; row < nextRow; row += Row.BYTES) {
    const told = load<u32>(row);
    if (told !== Told.LINE_ALONE) store<u32>(row, told | look(row + Row.APP, row + Row.APP_SPAN, Told.APP) | look(row + Row.USER, row + Row.USER_SPAN, Told.USER));
  }
}

/** Puts a name's place to `to`; `flag`, if the name has to be told. */
// @ts-ignore: decorator
@inline
function look(to: usize, span: usize, flag: u32): u32 {
  const from = fromOf(span);
  if (from === 0) {
    store<u32>(to, NO_NAME);
    return 0;
  }
  store<u32>(to, placeOf(from, endOf(span) - from));
  return isKnown ? 0 : flag;
}
