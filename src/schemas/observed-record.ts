import type { ObservedItem, ObservedRecord } from '../domain/describe/observed.ts';
import { isObject, observeItem } from './observed-item.ts';

/**
 * A line of an export with all that it says of an item; undefined where it is no record of one.
 * @param jsonBytes of the line
 */
export function observeRecord(line: unknown, jsonBytes: number): ObservedRecord | undefined {
  if (!isObject(line)) return undefined;
  const image = imageIn(line, 'Item') ?? imageIn(line, 'NewImage');
  // Of an item that is there nothing is told of what it was.
  const old = image === undefined ? imageIn(line, 'OldImage') : undefined;
  const keys = imageIn(line, 'Keys');
  if (image === INVALID || old === INVALID || keys === INVALID) return undefined;
  if (image === undefined && old === undefined && keys === undefined) return undefined;
  const isChanged = image !== undefined && Object.hasOwn(line, 'OldImage');
  return { keys: keys ?? null, image: image ?? null, old: old ?? null, isChanged, jsonBytes };
}

const INVALID = 'invalid';

/** Undefined where there is none. */
function imageIn(line: Record<string, unknown>, name: string): ObservedItem | typeof INVALID | undefined {
  return Object.hasOwn(line, name) ? (observeItem(line[name]) ?? INVALID) : undefined;
}
