/*
 * A reading of the rules of counting that shares nothing with src/: written from the rules' text, sentence by sentence, as
 * slowly and plainly as can be. What readers, judge and tally make of an export has to be what these files make of it.
 */

/** A JSON object as `JSON.parse` makes it: `__proto__` is a member like any other. */
export type Members = Readonly<Record<string, unknown>>;

export const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const has = (value: unknown, name: string): boolean => isMembers(value) && Object.hasOwn(value, name);

/** The names of a path: `a.b` is the key `b` of the map in `a`; a dot behind a backslash is a letter. */
export const namesOf = (path: string): string[] => path.split(/(?<!\\)\./).map((name) => name.replaceAll('\\.', '.'));

/** What stands in an attribute of an image, `{"S": …}` and the like; undefined where it is absent. */
export function attributeOf(image: unknown, path: string): unknown {
  let found: unknown = { M: image };
  for (const name of namesOf(path)) {
    const map = typedValue(found, 'M');
    if (!has(map, name)) return undefined;
    found = (map as Members)[name];
  }
  return found;
}

/** The value of an attribute that is of this type, and of no other besides. */
export const typedValue = (attribute: unknown, type: string): unknown =>
  isMembers(attribute) && Object.keys(attribute).join() === type && Object.hasOwn(attribute, type)
    ? attribute[type]
    : undefined;

/** The text of a `{"S"}`, or the digits of a `{"N"}`; undefined where the attribute is something else. */
export function textOf(attribute: unknown, type: 'S' | 'N'): string | undefined {
  const value = typedValue(attribute, type);
  return typeof value === 'string' ? value : undefined;
}
