import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainReader } from '../../../src/adapters/dynamodb-json/plain-reader.ts';
import { simdReader } from '../../../src/adapters/dynamodb-json/simd-reader.ts';
import { gamesDefinition } from '../../../src/definitions/preset.ts';
import { rulesFor } from '../../../src/domain/counting-rules.ts';
import { compareReaders } from '../../fuzz/differential.ts';
import * as outcomes from '../../fuzz/outcomes.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const item = '{"Item":{"modelId":{"S":"session-chess-1"},"owner":{"S":"user-ada"},"updatedAt":{"N":"1732233600"}}}';
const counted = 'session chess ada 2024-11-22';
const rules = rulesFor(gamesDefinition, { exportType: 'FULL_EXPORT', hasOldImages: false, day: null });
const withAttribute = (attribute: string): string => item.replace('"owner"', `${attribute},"owner"`);
const outcome = (line: string | Buffer): string => outcomes.fastOutcome(Buffer.from(line), rules);
const plainOutcome = (line: string | Buffer): string => outcomes.plainOutcome(Buffer.from(line), rules);
const recorder = () => outcomes.recorder(rules);

async function* chunks(...parts: Uint8Array[]) {
  yield* parts;
}

describe('what a skipper might overlook', () => {
  it.each([
    ['a bracket that is not closed', withAttribute('"a":{"M":{}')],
    ['a bracket too many', withAttribute('"a":{"M":{}}}')],
    ['a square bracket closed by a brace', withAttribute('"a":{"L":[{"S":"x"}}}')],
    ['a brace closed by a square bracket', withAttribute('"a":{"L":{"S":"x"]}')],
    ['[}', withAttribute('"a":[}')],
    ['{]', withAttribute('"a":{"L":[{]}')],
    ['a string without end', withAttribute('"a":{"S":"x}')],
    ['a string whose end is escaped', withAttribute('"a":{"S":"x\\"}')],
    ['a backslash outside a string', withAttribute('"a":{\\"}"}')],
    ['two objects', item + item],
    ['two objects and a comma', `${item},${item}`],
    ['letters behind the object', `${item}x`],
    ['a brace behind the object', `${item}}`],
    ['a missing brace at the end', item.slice(0, -1)],
    ['a comma at the end of the image', item.replace('}}}', '},}}')],
    ['a comma at the end of the object', item.replace('}}}', '}},}')],
    ['two commas', item.replace(',"owner"', ',,"owner"')],
    ['no comma', item.replace(',"owner"', '"owner"')],
    ['no colon', item.replace('"owner":', '"owner"')],
    ['two colons', item.replace('"owner":', '"owner"::')],
    ['a key without quotes', item.replace('"owner"', 'owner')],
    ['a tab in a key', withAttribute('"a\tb":{"S":"x"}')],
    ['a tab in a value that counts', item.replace('user-ada', 'user-a\tda')],
    ['a byte order mark', `\ufeff${item}`],
    ['a comma in front', `,${item}`],
    ['an open object', '{'],
  ])('%s is malformed', (_, line) => {
    expect(plainOutcome(line)).toBe('line.json');
    expect(outcome(line)).toBe('line.json');
  });

  it.each([
    ['in a key', '"a\u0000b":{"S":"x"}'],
    ['in a value that is skipped', '"a":{"S":"x\u0000"}'],
    ['in a value that counts', '"owner":{"S":"user-\u0000"}'],
  ])('invalid UTF-8 %s is malformed', (_, attribute) => {
    const bytes = Buffer.from(withAttribute(attribute));
    bytes[bytes.indexOf(0)] = 0xff;
    expect(outcome(bytes)).toBe('line.utf8');
  });

  it('damages no line but its own', async () => {
    const { outcomes, visitor } = recorder();
    const unclosed = withAttribute('"a":{"S":"x\\');
    const text = [item, unclosed, '', item, '{"Item":{"a":{"S":"', item, item].join('\n');
    await simdReader.read(chunks(gzipSync(text)), rules, visitor);
    const bad = 'line.json';
    const expected = { 1: counted, 2: bad, 4: counted, 5: bad, 6: counted, 7: counted };
    expect(Object.fromEntries(outcomes.byLine)).toEqual(expected);
  });
});

describe('legal forms', () => {
  it.each([
    ['as DynamoDB writes it', item],
    ['with white space', ` ${item.replaceAll(':', ' : ').replaceAll(',', ' ,\t')}\r`],
    ['with an escaped key', item.replace('"owner"', '"\\u006fwner"')],
    ['with an escaped value', item.replace('user-ada', 'user-\\u0061da')],
    ['with a key twice: the last one counts', item.replace('"owner"', '"owner":{"S":"user-eve"},"owner"')],
    ['with nested keys of the same names', withAttribute('"x":{"M":{"modelId":{"S":"profile-1"},"owner":{"N":"1"}}}')],
    ['with brackets and quotes in strings', withAttribute('"x":{"S":"}]\\"{[\\\\"}')],
    ['with an unusual attribute that does not count', withAttribute('"createdAt":{"NULL":true}')],
    ['with everything else around', `{"Metadata":{"a":{"N":"1"}},"Keys":{"k":{"S":"1"}},${item.slice(1)}`],
    ['as a new image', item.replace('Item', 'NewImage')],
    ['with Item before NewImage', item.replace(/}$/, ',"NewImage":{"modelId":{"S":"profile-1"}}}')],
  ])('%s', (_, line) => expect(outcome(line)).toBe(counted));

  it('escapes that cross a block, at every offset', () => {
    for (let length = 0; length < 140; length++) {
      expect(outcome(withAttribute(`"x":{"S":"${'a'.repeat(length)}\\\\\\"}]${'\\\\'.repeat(length)}"}`))).toBe(
        counted,
      );
    }
  });
});

describe('lists in objects in lists', () => {
  const value = '"x":{"L":[{"S":"]"},{"M":{"a":{"L":[[],[{"N":"1"},{"L":[]}]]},"b":{"S":"}"}}},{"NULL":true}]}';

  it('are skipped wherever a block begins', () => {
    for (let length = 0; length < 130; length++) {
      expect(outcome(withAttribute(`"p":{"S":"${'a'.repeat(length)}"},${value}`))).toBe(counted);
    }
  });

  it('with any one bracket of another kind are malformed', () => {
    for (const { index } of value.matchAll(/(?<!")[[\]{}](?!"})/g)) {
      const turned = { '[': '{', ']': '}', '{': '[', '}': ']' }[value.charAt(index)];
      const line = withAttribute(`${value.slice(0, index)}${turned}${value.slice(index + 1)}`);
      expect(plainOutcome(line)).toBe('line.json');
      expect(outcome(line)).toBe('line.json');
    }
  });
});

describe('times', () => {
  const timed = (time: object) => item.replace('{"N":"1732233600"}', JSON.stringify(time));
  const number = fc.oneof(
    fc.maxSafeNat().map(String),
    fc.stringMatching(/^[0-9]{1,18}$/),
    fc.stringMatching(/^[0-9./:-]{1,16}$/),
  );
  const two = fc.integer({ min: 0, max: 61 }).map((value) => `${value}`.padStart(2, '0'));
  const written = fc
    .tuple(fc.constantFrom('1969', '1970', '2024', '9999'), two, two, two, two, two)
    .map(([year, month, day, ...clock]) => `${year}-${month}-${day}T${clock.join(':')}`);
  const existing = fc
    .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19));
  const end = fc.constantFrom('Z', '.000Z', '.999Z', '.5Z', '.1234Z', '.12aZ', 'z', '+01:00', '.000', '.000z', '');
  const dateTime = fc.tuple(fc.oneof(written, existing), end).map((parts) => parts.join(''));
  const spoilt = fc
    .tuple(dateTime, fc.nat(25), fc.constantFrom(...'0/:;-T9 .Zx'))
    .map(([text, at, by]) => text.slice(0, at) + by + text.slice(at + 1));

  it.each([
    ['numbers', number.map((N) => timed({ N }))],
    ['date-times', fc.oneof(dateTime, spoilt).map((S) => timed({ S }))],
  ])('%s are read as the plain reader reads them', (_, lines) =>
    fc.assert(
      fc.property(lines, (line) => {
        expect(outcome(line)).toBe(plainOutcome(line));
      }),
      { numRuns: 3000 },
    ));
});

describe('names', () => {
  /** Of all lengths that the kernel treats in ways of their own; neighbours differ in their last digit or their first. */
  const nameOf = (index: number): string => {
    const pad = 'x'.repeat((index >> 4) % 71);
    return [`${pad}${index}`, `${[...`${index}`].reverse().join('')}${pad}`, `é${index}`][index % 3] as string;
  };

  it('are told apart, also where there are more of them than the kernel keeps, and in the next file', async () => {
    const random = seededRandom(1);
    const inOrder = Array.from({ length: 50_000 }, (_, index) => index);
    const atRandom = inOrder.map(() => Math.floor(random.next() * random.next() * 50_000));
    for (const indices of [[...inOrder, ...atRandom], atRandom]) {
      const names = indices.map((index) => ({ app: nameOf(index >> 3), userId: nameOf(index) }));
      const lines = names.map(({ app, userId }) => item.replace('chess', app).replace('ada', userId));
      const { outcomes, visitor } = recorder();
      const { slowPathRecords } = await simdReader.read(chunks(gzipSync(lines.join('\n'))), rules, visitor);
      const expected = names.map(({ app, userId }) => counted.replace('chess', app).replace('ada', userId));
      expect([...outcomes.byLine.values()]).toEqual(expected);
      expect(slowPathRecords).toBe(0);
    }
  });
});

describe('hostile lines', () => {
  const nested = (open: string, close: string, depth: number): string =>
    withAttribute(`"x":{"M":${open.repeat(depth)}${close.repeat(depth)}}`);

  it.each([
    ['10,000 objects deep', nested('{"M":', '}', 10_000).replace(':}', ':{}}')],
    ['10,000 lists deep', nested('[', ']', 10_000)],
    ['100,000 lists in objects deep', nested('{"L":[', ']}', 100_000)],
    ['100,000 attributes', withAttribute(Array.from({ length: 100_000 }, (_, i) => `"k${i}":{"S":"v"}`).join())],
    ['a key of 1 MB', withAttribute(`"${'k'.repeat(1 << 20)}":{"S":"v"}`)],
    ['a key of 1 MB of escapes', withAttribute(`"${'\\u0061'.repeat(1 << 18)}":{"S":"v"}`)],
    ['a value of 20 MB', withAttribute(`"x":{"S":"${'v'.repeat(20 << 20)}"}`)],
  ])('%s', (_, line) => expect(outcome(line)).toBe(counted));

  it('mismatched at the bottom of 100,000 levels', () => {
    expect(outcome(nested('{"L":[', ']}', 100_000).replace(']}', '}]'))).toBe('line.json');
  });
});

describe('gzip', () => {
  const read = async (...parts: Uint8Array[]) => {
    const { outcomes, visitor } = recorder();
    return { outcomes, digest: await simdReader.read(chunks(...parts), rules, visitor) };
  };

  it('reads members that cut a line, empty members and chunks of one byte', async () => {
    const cutAt = item.length >> 1;
    const parts = [item.slice(0, cutAt), '', `${item.slice(cutAt)}\n${item}`].map((part) => gzipSync(part));
    const bytes = Buffer.concat(parts);
    const { outcomes, digest } = await read(...Array.from(bytes, (byte) => Uint8Array.of(byte)));
    expect([...outcomes.byLine.values()]).toEqual([counted, counted]);
    const md5 = createHash('md5').update(bytes).digest('base64');
    expect(digest).toEqual({
      records: 2,
      slowPathRecords: 0,
      md5,
      compressedBytes: bytes.length,
      bytes: item.length * 2 + 1,
    });
  });

  it.each([
    ['nothing', ''],
    ['a line feed', '\n'],
  ])('finds no record in %s', async (_, text) => {
    expect((await read(gzipSync(text))).digest.records).toBe(0);
  });

  it('throws where the stream is cut off or no gzip', async () => {
    await expect(read(gzipSync(item).subarray(0, -9))).rejects.toThrow('unexpected end of file');
    await expect(read(Buffer.from('no gzip at all'))).rejects.toThrow('incorrect header check');
  });

  it('reads two files at a time, each with a kernel of its own', async () => {
    const file = gzipSync(`${item}\n`.repeat(50_000));
    const digests = await Promise.all([read(file), read(file), read(file)]);
    expect(digests.map(({ outcomes }) => outcomes.byLine.size)).toEqual([50_000, 50_000, 50_000]);
  });

  it('says which share of records took the slow path', async () => {
    const file = gzipSync([item, ` ${item}`, item, 'x'].join('\n'));
    expect((await read(file)).digest).toMatchObject({ records: 4, slowPathRecords: 2 });
    const { visitor } = recorder();
    expect(await plainReader.read(chunks(file), rules, visitor)).toMatchObject({ records: 4, slowPathRecords: 4 });
  });
});

describe('random and damaged lines', () => {
  it('are read as JSON.parse reads them', async () => {
    const { lines, outcomes, slowPath } = await compareReaders({ seed: 20_241_122, lines: 10_000 });
    expect(lines).toBe(10_000);
    expect(outcomes['one activity']).toBeGreaterThan(500);
    expect(outcomes['several activities']).toBeGreaterThan(50);
    expect(slowPath).toBeLessThan(5000);
  });
});
