import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';

/*
 * DynamoDB's attribute values, written out: each attribute's type stands in the code, and what is read is checked.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
 */

export const text = (value: string): AttributeValue.SMember => ({ S: value });
export const number = (value: number): AttributeValue.NMember => ({ N: `${value}` });
export const list = (values: readonly AttributeValue[]): AttributeValue.LMember => ({ L: [...values] });
export const nothing: AttributeValue.NULLMember = { NULL: true };

/** A map whose keys are names from outside. */
export const mapFrom = <V>(entries: Iterable<readonly [string, V]>, encode: (value: V) => AttributeValue) => ({
  M: Object.fromEntries([...entries].map(([key, value]) => [escapeKey(key), encode(value)])),
});

/** A map with fixed keys. */
export const fields = (values: Record<string, AttributeValue>): AttributeValue.MMember => ({ M: values });

/*
 * JavaScript's objects, and so the AWS SDK, lose the key `__proto__`: such names get a percent sign in front, and one
 * more if they have some already.
 */
const escapeKey = (key: string): string => (/^%*__proto__$/.test(key) ? `%${key}` : key);
const unescapeKey = (key: string): string => (/^%+__proto__$/.test(key) ? key.slice(1) : key);

export const textValue = z.object({ S: z.string() }).transform(({ S }) => S);
export const numberValue = z.object({ N: z.string() }).transform(({ N }) => Number(N));

/** Reads what {@link mapFrom} wrote. */
export const mapOf = <S extends z.ZodType>(schema: S) =>
  z
    .object({ M: z.record(z.string(), schema) })
    .transform(({ M }) => new Map(Object.entries(M).map(([key, value]) => [unescapeKey(key), value as z.output<S>])));

/** Reads what {@link fields} wrote. */
export const fieldsOf = <S extends z.ZodRawShape>(shape: S) => z.object({ M: z.object(shape) }).transform(({ M }) => M);

export const nullOr = <S extends z.ZodType>(schema: S) =>
  z.union([z.object({ NULL: z.literal(true) }).transform(() => null), schema]);

/** DynamoDB's limit on an item, in bytes. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
export const MAX_ITEM_BYTES = 400 * 1024;

/**
 * At least as many bytes as DynamoDB reckons for an item: names and strings in UTF-8, a byte for two digits of a number.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemBytes = (item: Readonly<Record<string, AttributeValue>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 2;
  if (value.L !== undefined) return value.L.reduce((sum, element) => sum + 1 + valueBytes(element), 3);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1;
}
