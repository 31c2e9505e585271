import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeTable } from '../../../src/domain/describe/describe-table.ts';
import type { TableDescription } from '../../../src/domain/describe/description.ts';
import { patternText } from '../../../src/report/describe/words.ts';
import {
  describeItems,
  describeLines,
  type Item,
  incrementalExport,
  N,
  S,
  sampleOf,
  statisticsOf,
} from '../../support/described.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const random = seededRandom(11);
const id = (): string =>
  Array.from({ length: 10 }, () => '0123456789abcdefghjkmnpqrstvwxyz'.charAt(random.below(32))).join('');
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const kindsIn = ({ kinds }: TableDescription): Record<string, number> =>
  Object.fromEntries(kinds.map(({ name, items }) => [name, items]));

const patternsIn = ({ kinds }: TableDescription, kind: string): string[] =>
  (kinds.find(({ name }) => name === kind)?.attributes ?? [])
    .filter(({ isKey }) => isKey)
    .map(({ pattern, meaning }) => (pattern === null ? '' : patternText(pattern, meaning)));

const store = (): string => ['berlin', 'lisbon', 'oslo'][random.below(3)] ?? '';
const profile = (): Item => ({ PK: S(`USER#${id()}`), SK: S('PROFILE'), name: S('n'), createdAt: N(1_795_000_000) });
const order = (): Item => ({
  PK: S(`USER#${id()}`),
  SK: S(`ORDER#${id()}`),
  total: N('9.5'),
  placedAt: N(1_795_000_000),
});
const line = (): Item => ({
  PK: S(`ORDER#${id()}`),
  SK: S(`ITEM#${random.below(9)}`),
  sku: S('TEA-1'),
  quantity: N(1),
});
const product = (): Item => ({ PK: S(`STORE#${store()}`), SK: S(`PRODUCT#${id()}`), stock: N(7) });

describe('kinds by the form of keys', () => {
  const shop = describeItems([...times(40, profile), ...times(90, order), ...times(200, line), ...times(30, product)]);

  it('are told by the constants in them', () =>
    expect(kindsIn(shop)).toEqual({ ITEM: 200, ORDER: 90, PROFILE: 40, PRODUCT: 30 }));

  it('bear their patterns', () => {
    expect(patternsIn(shop, 'ORDER')).toEqual(['USER#<user>', 'ORDER#<id>']);
    expect(patternsIn(shop, 'PROFILE')).toEqual(['USER#<user>', 'PROFILE']);
    expect(patternsIn(shop, 'PRODUCT')).toEqual(['STORE#<tenant, one of 3>', 'PRODUCT#<id>']);
  });

  it('are one where only values differ, be they few', () => {
    const sessions = times(90, () => ({ id: S(`session-${store()}-${id()}`), moves: N(3), at: N(1_795_000_000) }));
    const parties = times(30, () => ({ id: S(`party-${store()}-${id()}`), title: S('x y'), open: { BOOL: true } }));
    const games = describeItems([...sessions, ...parties]);
    expect(kindsIn(games)).toEqual({ session: 90, party: 30 });
    expect(patternsIn(games, 'session')).toEqual(['session-<one of 3>-<id>']);
  });

  it('in capitals are kinds even where their items are alike', () => {
    const likes = times(50, (n) => ({
      PK: S(`USER#${id()}`),
      SK: S(`${n % 2 ? 'LIKE' : 'FOLLOW'}#${id()}`),
      at: N(1_795_000_000),
    }));
    expect(kindsIn(describeItems(likes))).toEqual({ LIKE: 25, FOLLOW: 25 });
  });

  it('are one for customers that stand in front, also in capitals', () => {
    const items = times(80, () => ({
      PK: S(`${['DE', 'FR', 'PT'][random.below(3)]}#USER#${id()}`),
      SK: S(`ORDER#${id()}`),
      total: N(1),
    }));
    expect(kindsIn(describeItems(items))).toEqual({ ORDER: 80 });
  });

  it('takes ids that are letters only as what the others are', () => {
    const letters = (): string => id().replaceAll(/\d/g, 'z');
    const items = times(400, (n) => ({
      id: S(`session-${store()}-${n % 15 === 0 ? letters() : id()}-${n % 7 === 0 ? letters() : id()}`),
      moves: N(1),
    }));
    expect(kindsIn(describeItems(items))).toEqual({ session: 400 });
  });

  it('puts what a fault has written to the kind whose constant it bears', () => {
    const items = [
      ...times(500, () => ({ id: S(`session-${store()}-${id()}`), moves: N(1), at: N(1) })),
      ...times(2, () => ({ id: S(`session-${id()}`), at: N(1) })),
    ];
    expect(kindsIn(describeItems(items))).toEqual({ session: 502 });
  });

  it('puts what is too rare to share anything into one row without names', () => {
    const described = describeItems([
      ...times(100, order),
      { PK: S('SECRET#1'), SK: S('PLAN'), x: N(1) },
      { PK: S('LAIR#1'), SK: S('MAP'), y: N(1) },
    ]);
    expect(described.kinds.map(({ name }) => name)).toEqual(['ORDER']);
    expect(described.others).toMatchObject({ kinds: 2, items: 2 });
  });
});

describe('kinds by an attribute', () => {
  it.each(['__edb_e__', '_et', '_type', '__typename', 'Type', 'entity', 'entityType', 'kind'])('called %s', (name) => {
    const items = times(60, (n) => ({
      pk: S(randomUUID()),
      [name]: S(['Order', 'Cart', 'LineItem'][n % 3] ?? ''),
      n: N(n),
    }));
    const described = describeItems(items);
    expect(described.typeAttribute).toBe(name);
    expect(kindsIn(described)).toEqual({ Order: 20, Cart: 20, LineItem: 20 });
  });

  it('by any other name, where items of one make have one value', () => {
    const items = times(90, (n) => ({
      pk: S(randomUUID()),
      was: S(['order', 'cart', 'note'][n % 3] ?? ''),
      ...[{ total: N(1) }, { size: N(1) }, { text: S('a b') }][n % 3],
    }));
    expect(describeItems(items)).toMatchObject({ typeAttribute: 'was' });
  });

  it.each([
    ['a state', () => ({ status: S(['open', 'closed'][random.below(2)] ?? '') })],
    ['a state by another name', () => ({ mode: S(['open', 'closed'][random.below(2)] ?? '') })],
    ['a person', () => ({ owner: S(['ada', 'grace'][random.below(2)] ?? '') })],
    ['a type that is an id', () => ({ type: S(id()) })],
    ['a type that hardly any has', () => (random.chance(0.1) ? { type: S('Order') } : {})],
  ])('is not taken for %s', (_, extra) => {
    const described = describeItems(
      [...times(60, order), ...times(60, profile)].map((item) => ({ ...item, ...extra() })),
    );
    expect(described.typeAttribute).toBe(null);
    expect(kindsIn(described)).toEqual({ ORDER: 60, PROFILE: 60 });
  });

  it('leaves items without it to their keys', () => {
    const items = [...times(80, (n) => ({ ...order(), Type: S('Order'), n: N(n) })), ...times(10, profile)];
    expect(kindsIn(describeItems(items))).toEqual({ Order: 80, PROFILE: 10 });
  });
});

describe('the key', () => {
  it('of a full export is found by names, or by what no two items share', () => {
    expect(describeItems(times(20, order))).toMatchObject({ keys: ['PK', 'SK'], areKeysTold: false });
    expect(describeItems(times(20, (n) => ({ at: N(n), orderId: S(id()) })))).toMatchObject({ keys: ['orderId'] });
    expect(describeItems(times(40, (n) => ({ when: N(n >> 1), device: S(`d${n & 1}`), note: S('x') })))).toMatchObject({
      keys: ['device', 'when'],
    });
  });

  it('of an incremental export is what it says', () => {
    const lines = times(9, () => ({ Keys: { a: S(id()), sk: S('x'), b: S('y') }, NewImage: order() }));
    expect(describeLines(lines)).toMatchObject({ keys: ['a', 'b', 'sk'], areKeysTold: true });
  });
});

describe('changes', () => {
  const keysOf = ({ PK, SK }: Item): Item => ({ PK, SK });
  const typed = (): Item => ({ ...order(), Type: S('Order') });
  const lines = (item: () => Item): unknown[] => [
    ...times(5, item).map((one) => ({ Keys: keysOf(one), NewImage: one })),
    ...times(7, item).map((one) => ({ Keys: keysOf(one), NewImage: one, OldImage: one })),
    ...times(3, item).map((one) => ({ Keys: keysOf(one), OldImage: one })),
    ...times(2, item).map((one) => ({ Keys: keysOf(one) })),
  ];

  it.each([
    ['the key', order],
    ['an attribute, which items that are gone may lack', typed],
  ])('are told of kinds by %s', (_, item) => {
    const { kinds, others } = describeLines(lines(item));
    expect(kinds).toMatchObject([{ items: 12, records: 17, changes: { inserted: 5, changed: 7, deleted: 5 } }]);
    expect(others).toBe(null);
  });

  it('are null as far as the export cannot tell', () => {
    expect(describeLines(lines(order), { ...incrementalExport, hasOldImages: false }).changes).toEqual({
      inserted: null,
      changed: null,
      deleted: 5,
    });
    expect(describeItems(times(5, order)).changes).toBe(null);
  });
});

it('is the same, read in parts that are put together in any order', () => {
  const anyItem = fc.constantFrom(order, profile, line, product).map((make) => ({ Item: make() }));
  fc.assert(
    fc.property(fc.array(anyItem, { maxLength: 60 }), fc.nat(60), (lines, at) => {
      const sample = sampleOf(lines);
      const joined = statisticsOf(lines.slice(at), sample);
      joined.merge(statisticsOf(lines.slice(0, at), sample));
      const whole = describeTable(statisticsOf(lines, sample), incrementalExport);
      expect(describeTable(joined, incrementalExport)).toEqual(whole);
    }),
    { numRuns: 50 },
  );
});
