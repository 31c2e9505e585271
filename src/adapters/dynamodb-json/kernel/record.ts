/** What a line is that has been read: activities, or none. */
import { Activity, Header, On, Type } from './codes';
import { fromOf, IMAGE, KEYS, OLD_IMAGE, spanOf, typeOf } from './image';
import { PROGRAM } from './layout';
import { hasImage, hasOldImage } from './line';
import { addActivity, addMore } from './rows';
import { begins, FAIL, PASS, run, UNSURE } from './steps';

/** Records that are no activity, those that have an image and those that have none, since `clearCounts`. */
export let ignored: u32 = 0;
export let deleted: u32 = 0;

export function clearCounts(): void {
  ignored = 0;
  deleted = 0;
}

/** In the place of an image: there is none to look at. */
const NO_IMAGE: usize = 0;

/** Counts the record, or adds a row for each of its activities. False where others have to judge it. */
export function report(line: u32): bool {
  if (hasImage && !hasRequired()) return false;
  const end = PROGRAM + <usize>load<u32>(PROGRAM, Header.ACTIVITIES_END);
  let isActivity = false;
  for (let activity = PROGRAM + <usize>load<u32>(PROGRAM, Header.ACTIVITIES); activity < end; activity += load<u32>(activity)) {
    const image = imageOf(load<u8>(activity, Activity.ON));
    if (image === NO_IMAGE || !mayBe(activity, image)) continue;
    const is = examine(activity, image);
    if (is === FAIL) continue;
    if (is === UNSURE) return false;
    if (isActivity) addMore();
    if (!addActivity(line, activity, image)) return false;
    isActivity = true;
  }
  if (!isActivity) count();
  return true;
}

function count(): void {
  if (hasImage) ignored += 1;
  else deleted += 1;
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

/** The image in which an activity is looked for, by what must have become of the item. */
// @ts-ignore: decorator
@inline
function imageOf(on: u32): usize {
  if (on === On.DELETE) return hasImage ? NO_IMAGE : hasOldImage ? OLD_IMAGE : KEYS;
  return !hasImage || (on === On.INSERT && hasOldImage) ? NO_IMAGE : IMAGE;
}

/** False where an image is not the activity, for what a text begins with says so. */
// @ts-ignore: decorator
@inline
function mayBe(activity: usize, image: usize): bool {
  const column: usize = load<u8>(activity, Activity.GUARD_COLUMN);
  const type = typeOf(image, column);
  if (type === load<u8>(activity, Activity.GUARD_TYPE)) return begins(fromOf(spanOf(image, column)), activity + Activity.GUARD_LITERAL);
  return type === Type.UNSURE;
}

/** Whether an image is the activity; what of it cannot be read is for others to name. */
// @ts-ignore: decorator
@inline
function examine(activity: usize, image: usize): u32 {
  if (load<u8>(activity, Activity.ON) === On.BECOMES) {
    const has = hasBecome(activity);
    if (has !== PASS) return has;
  }
  const read = activity + <usize>load<u32>(activity, Activity.READ);
  return run(activity + Activity.IS, read, activity + <usize>load<u32>(activity, Activity.BECOMES), image);
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
