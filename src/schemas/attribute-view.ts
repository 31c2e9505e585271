import * as z from 'zod';
import type { AttributeView, ImageView } from '../domain/conditions.ts';
import type { AttributePath } from '../domain/definition.ts';

/*
 * Attribute values in DynamoDB JSON: {"S": "text"}, {"N": "12.5"}, {"BOOL": true}, {"M": {"name": {"S": "…"}}}. A value
 * has exactly one type; one that has none or several is of another type than any that is looked for.
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
const viewed = z.union([
  z.strictObject({ S: z.string() }).transform(({ S }): AttributeView => ({ type: 'S', text: S })),
  z.strictObject({ N: z.string() }).transform(({ N }): AttributeView => ({ type: 'N', text: N })),
  z.strictObject({ BOOL: z.boolean() }).transform(({ BOOL }): AttributeView => ({ type: 'BOOL', value: BOOL })),
]);

const ABSENT: AttributeView = { type: 'absent' };
const OTHER: AttributeView = { type: 'other' };

/** An attribute value as far as a definition looks at it; undefined is one that is not there. */
const viewOf = (value: unknown): AttributeView =>
  value === undefined ? ABSENT : (viewed.safeParse(value).data ?? OTHER);

/** Each attribute of a projected image, judged by zod when it is first asked for. */
export function viewsOf(image: readonly unknown[]): ImageView {
  const views: AttributeView[] = [];
  return (attribute) => {
    views[attribute] ??= viewOf(image[attribute]);
    return views[attribute];
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a path in an image; undefined where there is none. Names of prototypes are names like any other. */
export function valueAt(image: unknown, [name = '', ...rest]: AttributePath): unknown {
  const value = isObject(image) && Object.hasOwn(image, name) ? image[name] : undefined;
  if (rest.length === 0) return value;
  const isMap = isObject(value) && Object.keys(value).length === 1 && Object.hasOwn(value, 'M');
  return isMap ? valueAt(value.M, rest) : undefined;
}
