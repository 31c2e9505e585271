/** What a line is that has been read: activities, or none. */
import { Activity, Header, On, Type } from './codes';
import { fromOf, IMAGE, KEYS, OLD_IMAGE, spanOf, typeOf } from './image';
import { PROGRAM } from './layout';
import { hasImage, hasOldImage } from './line';
import { addActivity, nextRow } from './rows';
import { differs, FAIL, PASS, run, UNSURE } from './steps';

/** Records that are no activity, those that have an image and those that have none, since `clearCounts`. */
export let ignored: u32 = 0;
export let deleted: u32 = 0;

export function clearCounts(): void {
  ignored = 0;
  deleted = 0;
}

/** Counts the record, or adds a row for each of its activities. False where others have to judge it. */
export function report(line: u32): bool {
  if (!hasImage) return reportGone(line);
  if (!hasRequired()) return false;
  const first = nextRow;
  const end = activitiesEnd();
  for (let activity = activities(); activity < end; activity += load<u32>(activity)) {
    const on = load<u8>(activity, Activity.ON);
    if (on !== On.PUT && (on === On.DELETE || (on === On.INSERT && hasOldImage))) continue;
    if (mayBe(activity, IMAGE) && !examine(line, activity, IMAGE, first)) return false;
  }
  if (nextRow === first) ignored += 1;
  return true;
}

/** As `report`, of an item that is gone. */
function reportGone(line: u32): bool {
  const first = nextRow;
  const end = activitiesEnd();
  const image = hasOldImage ? OLD_IMAGE : KEYS;
  for (let activity = activities(); activity < end; activity += load<u32>(activity)) {
    if (load<u8>(activity, Activity.ON) !== On.DELETE) continue;
    if (mayBe(activity, image) && !examine(line, activity, image, first)) return false;
  }
  if (nextRow === first) deleted += 1;
  return true;
}

// @ts-ignore: decorator
@inline
function activities(): usize {
  return PROGRAM + <usize>load<u32>(PROGRAM, Header.ACTIVITIES);
}

// @ts-ignore: decorator
@inline
function activitiesEnd(): usize {
  return PROGRAM + <usize>load<u32>(PROGRAM, Header.ACTIVITIES_END);
}

// @ts-ignore: decorator
@inline
function hasRequired(): bool {
  const columns = PROGRAM + <usize>load<u32>(PROGRAM, Header.REQUIRED);
  const end = columns + <usize>load<u32>(PROGRAM, Header.REQUIRED_COUNT);
  for (let column = columns; column < end; column += 1) {
    if (typeOf(IMAGE, load<u8>(column)) !== Type.S) return false;
  }
  return true;
}

/** False where an image is not the activity, for what a text begins with says so. */
// @ts-ignore: decorator
@inline
function mayBe(activity: usize, image: usize): bool {
  const column: usize = load<u8>(activity, Activity.GUARD_COLUMN);
  const type = typeOf(image, column);
  if (type !== load<u8>(activity, Activity.GUARD_TYPE)) return type === Type.UNSURE;
  return !differs(fromOf(spanOf(image, column)), activity + Activity.GUARD_LITERAL);
}

/** Adds a row if an image is the activity; false where others have to judge. */
function examine(line: u32, activity: usize, image: usize, first: usize): bool {
  if (load<u8>(activity, Activity.ON) === On.BECOMES) {
    const has = hasBecome(activity);
    if (has !== PASS) return has === FAIL;
  }
  const read = activity + <usize>load<u32>(activity, Activity.READ);
  const is = run(activity + Activity.IS, read, activity + <usize>load<u32>(activity, Activity.BECOMES), image);
  return is === PASS ? addActivity(line, activity, image, first) : is === FAIL;
}

/** Whether the new image is such as the old one was not. */
function hasBecome(activity: usize): u32 {
  const steps = activity + <usize>load<u32>(activity, Activity.BECOMES);
  const end = activity + <usize>load<u32>(activity, Activity.BYTES);
  const is = run(steps, end, end, IMAGE);
  if (is !== PASS || !hasOldImage) return is;
  const was = run(steps, end, end, OLD_IMAGE);
  return was === UNSURE ? UNSURE : was === FAIL ? PASS : FAIL;
}
