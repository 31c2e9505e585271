import fc from 'fast-check';
import { type Json, type JsonObject, object } from '../../oracle/json-writer.ts';
import { oneLetterOff, words } from './texts.ts';

/* Attribute values in DynamoDB JSON; undefined is an attribute that is absent. */

export const S = (text: string): Json => object(['S', text]);
export const N = (digits: string): Json => object(['N', digits]);
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'entries');
export const BOOL = (value: boolean): Json => object(['BOOL', value]);

const whole = fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }).map(String);

/** Numbers of all sizes; few of them are none that DynamoDB could hold. */
export const amounts: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -1000, max: 100_000 }).map((cents) => `${cents / 100}`) },
  { weight: 2, arbitrary: whole },
  { weight: 2, arbitrary: fc.tuple(whole, fc.integer({ min: -135, max: 95 })).map(([digits, e]) => `${digits}e${e}`) },
  fc.constantFrom('0', '-0', '3', '3.0', '0.10', '+1', '.5', '5.', '1E+2', '9.9e125', '1e-130', `1${'0'.repeat(60)}`),
  fc.constantFrom('1e126', '1e-131', '1e00001', '0e99999', '1e99999', `1${'0'.repeat(38)}1`, '', '.', '-', '1,5', 'x'),
);

const odd = fc.constantFrom<Json[]>(
  ...[null, 7, 'order', true, [], object(), object(['NULL', true]), object(['S', null]), object(['S', 5])],
  ...[
    object(['N', 5]),
    object(['s', 'order']),
    object(['B', 'AAEC']),
    object(['SS', ['order']]),
    object(['L', [S('order')]]),
  ],
  ...[object(['M', object(['kind', S('order')])]), object(['M', object()]), object(['M', []]), object(['M', null])],
  ...[object(['BOOL', 'true']), object(['BOOL', true], ['S', 'order']), object(['__proto__', S('order')])],
);

/** Any attribute value, or what is none. */
export const anyAttribute: fc.Arbitrary<Json> = fc.oneof(
  { weight: 2, arbitrary: words.map(S) },
  amounts.map(N),
  fc.boolean().map(BOOL),
  { weight: 2, arbitrary: odd },
);

/** Makes an attribute another one. */
export type Change = (value: Json | undefined) => Json | undefined;

const onTexts =
  (change: (type: string, text: string) => Json): Change =>
  (value) => {
    const [type, text] = (isObject(value) && value.entries[0]) || [];
    return type === undefined || typeof text !== 'string' ? value : change(type, text);
  };

const other = (type: string): string => (type === 'S' ? 'N' : 'S');

/** Makes an attribute one that it nearly was: one letter off, of another type, of two types, written twice, or not there. */
export const nearly: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: oneLetterOff.map((off) => onTexts((type, text) => object([type, off(text)]))) },
  anyAttribute.map((value) => () => value),
  fc.constantFrom<Change[]>(
    ...[() => undefined, () => undefined, (value: Json | undefined) => value && [value]],
    ...[(value: Json | undefined) => value && object(['M', value])],
    onTexts((type, text) => object([other(type), text])),
    onTexts((type, text) => object([type, text], [other(type), text])),
    onTexts((type, text) => object([type, text], ['__proto__', object()])),
    onTexts((type, text) => object([type, 'overwritten'], [type, text])),
    onTexts((type, text) => object([type, text], [type, 'overwriting'])),
    onTexts((type, text) => object([type, text], [type, null])),
    onTexts((_type, text) => text),
  ),
);
