import fc from 'fast-check';
import type { TableDefinition } from '../../../src/domain/define-table.ts';
import { type Json, type JsonObject, JsonWriter, object } from '../../oracle/json-writer.ts';
import { SeededRandom } from '../../oracle/seeded-random.ts';
import { isObject } from './attributes.ts';
import { type Item, imageOf, items, nearlyThis, notYet } from './items.ts';

type Member = readonly [string, Json];

const metadata: Member = ['Metadata', object(['WriteTimestampMicros', object(['N', '1732233600000000'])])];

type Fate = 'inserted' | 'same' | 'nearly' | 'notYet' | 'other' | 'gone' | 'onlyKeys';

/** What happened to an item: such things for the most part as activities are about. */
const fates = ({ activities }: TableDefinition): fc.Arbitrary<Fate> =>
  fc.constantFrom<Fate[]>(
    ...Object.values(activities).flatMap(({ on = 'put' }): Fate[] => {
      if (on === 'insert') return ['inserted', 'inserted', 'inserted'];
      if (on === 'delete') return ['gone', 'gone', 'onlyKeys', 'onlyKeys'];
      return on === 'put' ? ['inserted', 'nearly', 'same', 'other'] : ['notYet', 'notYet', 'inserted'];
    }),
    ...['nearly' as const, 'gone' as const],
  );

/** Old before new, as DynamoDB writes it. */
const changes = (item: fc.Arbitrary<Item>, table: TableDefinition): fc.Arbitrary<JsonObject> =>
  fc.tuple(item, item, nearlyThis, notYet(table), fates(table)).map(([now, other, changed, before, fate]) => {
    const image = (name: string, state: Item): Member[] => [[name, imageOf(state)]];
    const old: Record<Fate, Member[]> = {
      inserted: [],
      onlyKeys: [],
      same: image('OldImage', now),
      gone: image('OldImage', now),
      nearly: image('OldImage', changed(now)),
      notYet: image('OldImage', before(now)),
      other: image('OldImage', other),
    };
    const isGone = fate === 'gone' || fate === 'onlyKeys';
    return object(metadata, ...image('Keys', now), ...old[fate], ...(isGone ? [] : image('NewImage', now)));
  });

const states = (item: fc.Arbitrary<Item>): fc.Arbitrary<JsonObject> =>
  item.map((now) => object(['Item', imageOf(now)]));

const noImages = fc.constantFrom<Json[]>(null, [], 'x', 5, true, object());
const memberNames = fc.constantFrom('Item', 'NewImage', 'OldImage', 'Keys', 'item', '__proto__');

/** JSON that DynamoDB does not write; all of it has to be given a name, none of it may be taken for another thing. */
function oddRecords(item: fc.Arbitrary<Item>): fc.Arbitrary<Json> {
  const image = item.map(imageOf);
  const members = fc.array(fc.tuple(memberNames, fc.oneof({ weight: 2, arbitrary: image }, noImages)), {
    maxLength: 4,
  });
  return fc.oneof(
    { weight: 5, arbitrary: members.map((all) => object(...all)) },
    noImages,
    image,
    image.map((one) => [object(['Item', one])]),
  );
}

const seeds = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat());

/** As `JSON.stringify` writes it. */
function plainText(json: Json): string {
  if (isObject(json)) return `{${json.entries.map(([key, value]) => `${JSON.stringify(key)}:${plainText(value)}`)}}`;
  return Array.isArray(json) ? `[${json.map(plainText)}]` : JSON.stringify(json);
}

/** As `JSON.stringify` writes it for the most part; else a seed chooses white space and escapes. */
const written = (record: fc.Arbitrary<Json>): fc.Arbitrary<Buffer> =>
  fc.tuple(record, seeds).map(([json, seed]) => {
    if (seed === 0) return Buffer.from(plainText(json));
    const random = new SeededRandom(seed);
    const style = { space: random.pick([0, 0.2]), escape: random.pick([0, 0.1, 1]) };
    return Buffer.from(new JsonWriter(random, style).write(json));
  });

const notJson = fc
  .constantFrom(
    ...['', ' ', '\t', '\r', ' \t\r', '\u00a0', '\f', '\ufeff', '\ufeff{}', 'x', '{', '{"Item":{}', '{"Item":{}}}'],
  )
  .map((text) => Buffer.from(text));

const pieces = fc.constantFrom(
  ...['', '"', '\\', '{', '}', ',', ':', ' ', '\u0000', 'é', '0'].map((text) => Buffer.from(text)),
  ...[0x80, 0xff, 0xc3].map((byte) => Buffer.of(byte)),
);

/** Bytes in the place of others: most of these make it no JSON, or no UTF-8. */
const damaged = (line: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> =>
  fc.tuple(line, fc.nat(), fc.nat(3), pieces).map(([bytes, place, length, piece]) => {
    const at = place % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at + length)]);
  });

/** Lines of an export, without their ends. */
export function lines(table: TableDefinition, isFull: boolean): fc.Arbitrary<Buffer> {
  const item = items(table);
  const [usual, other] = isFull ? [states(item), changes(item, table)] : [changes(item, table), states(item)];
  return fc.oneof(
    { weight: 30, arbitrary: written(usual) },
    { weight: 2, arbitrary: written(other) },
    { weight: 2, arbitrary: written(oddRecords(item)) },
    { weight: 1, arbitrary: damaged(written(usual)) },
    { weight: 1, arbitrary: notJson },
  );
}
