import { describe, expect, it } from 'vitest';
import { observeItem } from '../../src/schemas/observed-item.ts';
import { observeRecord } from '../../src/schemas/observed-record.ts';
import { sightTime } from '../../src/schemas/time-sightings.ts';

/** Of an attribute `a`, whose name is one byte. */
const sizeOf = (value: unknown): number => (observeItem({ a: value })?.bytes ?? 0) - 1;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
describe('the size of a value, as DynamoDB counts', () => {
  it.each([
    [{ S: 'ada' }, 3],
    [{ S: 'été ☕' }, 9],
    [{ S: '' }, 0],
    [{ N: '0' }, 1],
    [{ N: '5' }, 2],
    [{ N: '12' }, 2],
    [{ N: '123' }, 3],
    [{ N: '-0.00012300' }, 3],
    [{ N: '1000000' }, 2],
    [{ N: '1.5E+100' }, 2],
    [{ B: 'AAEC' }, 3],
    [{ B: 'AA==' }, 1],
    [{ B: 'AAE=' }, 2],
    [{ BOOL: true }, 1],
    [{ NULL: true }, 1],
    [{ SS: ['ada', 'bob'] }, 6],
    [{ NS: ['1', '12'] }, 4],
    [{ L: [] }, 3],
    [{ M: {} }, 3],
    [{ L: [{ S: 'ab' }, { BOOL: false }] }, 3 + 1 + 2 + 1 + 1],
    [{ M: { key: { S: 'ab' }, list: { L: [{ N: '7' }] } } }, 3 + 1 + 3 + 2 + 1 + 4 + 3 + 1 + 2],
  ])('%j: %i bytes', (value, bytes) => expect(sizeOf(value)).toBe(bytes));

  it('counts names in UTF-8', () => expect(observeItem({ größe: { BOOL: true } })?.bytes).toBe(8));
});

describe('what is no attribute value', () => {
  it.each([
    [{ S: 'a', N: '1' }],
    [{}],
    [null],
    ['text'],
    [{ S: 7 }],
    [{ M: [] }],
    [{ constructor: 'x' }],
  ])('%j', (value) => expect(observeItem({ a: value })?.attributes[0]).toMatchObject({ type: 'invalid', text: '' }));
});

describe('numbers of more digits than a double holds', () => {
  const inexact = (value: unknown): number => observeItem({ a: value })?.attributes[0]?.inexactNumbers ?? -1;

  it.each([
    ['0.1', 0],
    ['12345678901234567', 1],
    ['9007199254740993', 1],
    ['9007199254740992', 0],
    ['0.30000000000000004', 0],
    ['100000000000000000000000', 0],
    ['1.19000000000000000000000000001', 1],
    ['-98765432109876543210', 1],
    ['not a number at all!', 0],
  ])('%s: %i', (digits, count) => expect(inexact({ N: digits })).toBe(count));

  it('are found inside of lists, maps and sets', () => {
    const long = '12345678901234567';
    expect(inexact({ M: { a: { L: [{ N: long }, { NS: [long, '1'] }] }, b: { N: '1' } } })).toBe(2);
  });
});

describe('what may be a time', () => {
  const NOVEMBER = Date.UTC(2026, 10, 21);

  it.each([
    ['N', '1795219200', { form: 'epochSeconds', millis: NOVEMBER }],
    ['N', '1795219200.75', { form: 'epochSeconds', millis: NOVEMBER + 750 }],
    ['N', '1795219200000', { form: 'epochMillis', millis: NOVEMBER }],
    ['N', '1795219200000000', { form: 'epochMicros', millis: NOVEMBER }],
    ['N', '1795219200000000000', { form: 'epochNanos', millis: NOVEMBER }],
    ['N', '3600', undefined],
    ['N', '20000000000', undefined],
    ['N', '-1795219200', undefined],
    ['S', '2026-11-21', { form: 'date', millis: NOVEMBER }],
    ['S', '2026-11-21T01:00:00+01:00', { form: 'dateTime', millis: NOVEMBER }],
    ['S', '2026-11-21 00:00:00', { form: 'dateTimeWithoutZone', millis: NOVEMBER }],
    ['S', '2026-02-30', undefined],
    ['S', '1815-12-10', undefined],
    ['S', '01ARZ3NDEKTSV4RRFFQ69G5FAV', { form: 'ulid', millis: 1_469_922_850_259 }],
    ['S', '7ZZZZZZZZZZZZZZZZZZZZZZZZZ', undefined],
    ['S', '0190163d-8694-739b-aea5-966c26f8ad90', { form: 'uuidv7', millis: 1_718_360_049_300 }],
    ['S', '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', undefined],
    ['S', '0ujtsYcgvSTl8PAuAdqWYSMnLOv', { form: 'ksuid', millis: 1_507_608_047_000 }],
    ['S', '1795219200', undefined],
  ] as const)('%s %s', (type, text, sighting) => expect(sightTime(type, text)).toEqual(sighting));
});

describe('a line of an export', () => {
  const item = { id: { S: '1' } };

  it.each([
    [{ Item: item }, { image: {}, old: null, keys: null, isChanged: false }],
    [
      { Keys: item, NewImage: item },
      { image: {}, old: null, keys: {}, isChanged: false },
    ],
    [
      { Keys: item, NewImage: item, OldImage: item },
      { image: {}, old: null, keys: {}, isChanged: true },
    ],
    [
      { Keys: item, OldImage: item },
      { image: null, old: {}, keys: {}, isChanged: false },
    ],
    [{ Keys: item }, { image: null, old: null, keys: {}, isChanged: false }],
  ])('%j', (line, record) => expect(observeRecord(line, 9)).toMatchObject({ ...record, jsonBytes: 9 }));

  it.each([
    [{}],
    [[]],
    ['text'],
    [null],
    [{ Item: [] }],
    [{ NewImage: null }],
    [{ Keys: item, OldImage: 7 }],
  ])('%j is none', (line) => expect(observeRecord(line, 9)).toBeUndefined());
});
