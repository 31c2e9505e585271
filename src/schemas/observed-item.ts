import { formatDecimal, parseDecimal } from '../domain/decimal.ts';
import type { AttributeType, ObservedAttribute, ObservedItem } from '../domain/describe/observed.ts';
import { sightTime } from './time-sightings.ts';

/*
 * An item as DynamoDB JSON, looked at as a whole:
 *
 *   { "PK": { "S": "USER#ada" }, "total": { "N": "12.50" }, "tags": { "SS": ["a"] }, "address": { "M": { "zip": { "S": "…" } } } }
 *
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 * Sizes: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Null where it is no item. */
export function observeItem(image: unknown): ObservedItem | null {
  if (!isObject(image)) return null;
  const attributes: ObservedAttribute[] = [];
  let bytes = 0;
  for (const name of Object.keys(image)) {
    const attribute = observe(name, image[name], true);
    attributes.push(attribute);
    bytes += attribute.bytes;
  }
  return { attributes, bytes };
}

/** Of maps on the top level what is in them is looked at too. */
function observe(name: string, value: unknown, isTopLevel: boolean): ObservedAttribute {
  const { type, content } = unwrap(value);
  const members = isTopLevel && type === 'M' ? membersOf(content as Record<string, unknown>) : undefined;
  const measured = members === undefined ? measure(type, content) : sumOf(members);
  const text = type === 'S' || type === 'N' ? (content as string) : '';
  return {
    name,
    type,
    text,
    bytes: Buffer.byteLength(name) + measured.bytes,
    time: text === '' ? undefined : sightTime(type === 'N' ? 'N' : 'S', text),
    inexactNumbers: measured.inexactNumbers,
    members,
  };
}

const membersOf = (map: Record<string, unknown>): ObservedAttribute[] =>
  Object.keys(map).map((name) => observe(name, map[name], false));

const sumOf = (members: readonly ObservedAttribute[]): Measured => measureAll(members, (member) => member);

/** The one type that a value has; one with none or several is invalid. */
function unwrap(value: unknown): { readonly type: AttributeType; readonly content: unknown } {
  if (isObject(value)) {
    for (const key in value) {
      const content = value[key];
      const check = contents[key];
      if (check?.(content) === true && Object.keys(value).length === 1) return { type: key as AttributeType, content };
      break;
    }
  }
  return { type: 'invalid', content: null };
}

const isText = (content: unknown): boolean => typeof content === 'string';
const isList = Array.isArray;

const contents: Readonly<Record<string, ((content: unknown) => boolean) | undefined>> = Object.assign(
  Object.create(null) as object,
  {
    S: isText,
    N: isText,
    B: isText,
    BOOL: (content: unknown) => typeof content === 'boolean',
    NULL: (content: unknown) => typeof content === 'boolean',
    M: isObject,
    L: isList,
    SS: isList,
    NS: isList,
    BS: isList,
  },
);

interface Measured {
  readonly bytes: number;
  readonly inexactNumbers: number;
}

/** What a list or a map takes besides what is in it, and each of its elements. */
const CONTAINER_BYTES = 3;
const ELEMENT_BYTES = 1;

function measure(type: AttributeType, content: unknown): Measured {
  switch (type) {
    case 'S':
      return { bytes: Buffer.byteLength(content as string), inexactNumbers: 0 };
    case 'N':
      return measureNumber(content as string);
    case 'B':
      return { bytes: bytesOfBase64(content as string), inexactNumbers: 0 };
    case 'M':
      return measureAll(Object.entries(content as object), ([key, value]) => {
        const { bytes, inexactNumbers } = measureWrapped(value);
        return { bytes: Buffer.byteLength(key) + bytes, inexactNumbers };
      });
    case 'L':
      return measureAll(content as unknown[], measureWrapped);
    case 'SS':
    case 'NS':
    case 'BS':
      return measureSet(type, content as unknown[]);
    default:
      return { bytes: 1, inexactNumbers: 0 };
  }
}

function measureWrapped(value: unknown): Measured {
  const { type, content } = unwrap(value);
  return measure(type, content);
}

function measureAll<T>(elements: readonly T[], measureOne: (element: T) => Measured): Measured {
  const all = { bytes: CONTAINER_BYTES, inexactNumbers: 0 };
  for (const element of elements) {
    const { bytes, inexactNumbers } = measureOne(element);
    all.bytes += ELEMENT_BYTES + bytes;
    all.inexactNumbers += inexactNumbers;
  }
  return all;
}

function measureSet(type: 'SS' | 'NS' | 'BS', elements: readonly unknown[]): Measured {
  const all = { bytes: 0, inexactNumbers: 0 };
  for (const element of elements) {
    if (typeof element !== 'string') continue;
    const { bytes, inexactNumbers } = measure(type === 'SS' ? 'S' : type === 'NS' ? 'N' : 'B', element);
    all.bytes += bytes;
    all.inexactNumbers += inexactNumbers;
  }
  return all;
}

const bytesOfBase64 = (text: string): number =>
  Math.floor((text.length * 3) / 4) - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);

/** So many characters of a number are surely no more digits than a double holds. */
const SURELY_EXACT = 15;

/** A byte for two significant digits, and one. */
function measureNumber(digits: string): Measured {
  const isExact = digits.length <= SURELY_EXACT || survivesDouble(digits);
  return { bytes: ((significantDigits(digits) + 1) >> 1) + 1, inexactNumbers: isExact ? 0 : 1 };
}

const ZERO = 0x30;
const NINE = 0x39;
const isExponent = (character: number): boolean => (character | 0x20) === 0x65;

/** From the first that is not nought to the last. */
function significantDigits(digits: string): number {
  let [seen, upToLast] = [0, 0];
  for (let at = 0; at < digits.length; at++) {
    const character = digits.charCodeAt(at);
    if (isExponent(character)) break;
    if (character < ZERO || character > NINE || (seen === 0 && character === ZERO)) continue;
    seen++;
    if (character !== ZERO) upToLast = seen;
  }
  return upToLast;
}

/** Whether a number is still the same when it was read as a double and written again. */
function survivesDouble(digits: string): boolean {
  const exact = parseDecimal(digits);
  const read = parseDecimal(`${Number(digits)}`);
  return exact === undefined || (read !== undefined && formatDecimal(exact) === formatDecimal(read));
}
