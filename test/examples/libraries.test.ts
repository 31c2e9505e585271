import { describe, expect, it } from 'vitest';
import { countChanges, countItems, type PlainItem } from '../support/examples.ts';

/*
 * Items as the libraries write them, attribute by attribute: ElectroDB 3.9, dynamodb-toolbox 2.10 and OneTable 2.7 wrote
 * the first of each into an emulated table; Amplify's follow from the templates of its @model transformer.
 */

const MILLIS = Date.parse('2024-11-21T10:15:00.527Z');
const DAY = 86_400_000;

it('a Type attribute', async () => {
  const order = (user: string, id: string, createdAt = '2024-11-21T10:15:00Z') =>
    ({ PK: `USER#${user}`, SK: `ORDER#${id}`, Type: 'Order', createdAt }) satisfies PlainItem;
  expect(
    await countChanges('type-attribute.json', [
      [null, order('ada', '1')],
      [null, order('ada', '2', '2024-11-21T23:59:59.999Z')],
      [null, order('grace', '3', '2024-11-21T01:00:00+02:00')],
      [order('linus', '4'), order('linus', '4')],
      [null, { PK: 'USER#ada', SK: 'PROFILE', Type: 'Profile', createdAt: '2024-11-21T10:15:00Z' }],
      [null, { ...order('ada', '5'), PK: 'CUSTOMER#ada' }],
    ]),
  ).toEqual({
    days: { '2024-11-21': { all: { customers: 2, orders: 3 } } },
    records: { read: 6, counted: 3, ignored: 1, deleted: 0, outsideWindow: 1, malformed: 1 },
    rejects: ['PK.format'],
  });
});

describe('ElectroDB', () => {
  const order = {
    storeId: 'Berlin',
    userId: 'Ada-1',
    orderId: 'O-77',
    status: 'paid',
    total: 12.5,
    createdAt: MILLIS,
    updatedAt: '2024-11-21T10:20:00.622Z',
    pk: '$shop#storeid_berlin#userid_ada-1',
    sk: '$order_1#orderid_o-77',
    __edb_e__: 'order',
    __edb_v__: '1',
  } satisfies PlainItem;
  const user = {
    storeId: 'Berlin',
    userId: 'Ada-1',
    email: 'ada@example.com',
    createdAt: MILLIS,
    pk: order.pk,
    sk: '$user_1',
    __edb_e__: 'user',
    __edb_v__: '1',
  } satisfies PlainItem;

  it('counts entities, by attributes that keep the case which keys do not', async () => {
    const changes = [
      [null, order],
      [order, { ...order, orderId: 'O-78', userId: 'Grace', pk: '$shop#storeid_berlin#userid_grace' }],
      [null, { ...order, storeId: 'Oslo', createdAt: MILLIS - DAY }],
      [null, user],
      [null, { ...user, __edb_e__: 'review' }],
    ] as const;
    const { days, records } = await countChanges('electrodb.json', changes);
    expect(days).toEqual({ '2024-11-21': { Berlin: { signUps: 1, buyers: 2, orders: 2 } } });
    expect(records).toMatchObject({ counted: 3, ignored: 1, outsideWindow: 1, malformed: 0 });
  });

  it('counts days before from a full export', async () => {
    const { days } = await countItems('electrodb.json', [order, user, { ...order, createdAt: MILLIS - 3 * DAY }]);
    expect(days).toEqual({
      '2024-11-18': { Berlin: { signUps: 0, buyers: 1, orders: 1 } },
      '2024-11-21': { Berlin: { signUps: 1, buyers: 1, orders: 1 } },
    });
  });
});

describe('dynamodb-toolbox', () => {
  const order = {
    storeId: 'berlin',
    userId: 'ada',
    orderId: '77',
    status: 'paid',
    total: 12.5,
    _et: 'order',
    _ct: '2024-11-20T10:15:00.087Z',
    _md: '2024-11-21T13:46:26.100Z',
    PK: 'STORE#berlin#USER#ada',
    SK: 'ORDER#77',
  } satisfies PlainItem;

  it('counts who has changed anything by _md, and what is new by _ct', async () => {
    const placed = { ...order, _ct: order._md, PK: 'STORE#berlin#USER#grace', SK: 'ORDER#78' };
    const { days, records } = await countChanges('dynamodb-toolbox.json', [
      [order, order],
      [null, placed],
      [null, { ...placed, _et: 'review' }],
      [null, { ...placed, _et: 'config' }],
    ]);
    expect(days).toEqual({ '2024-11-21': { berlin: { activeUsers: 2, orders: 1 } } });
    expect(records).toMatchObject({ counted: 3, ignored: 1 });
  });
});

describe('OneTable', () => {
  const order = {
    pk: 'store#berlin:user#ada',
    sk: 'order#01JD72M480A0R46F9PVAFPCZJM',
    storeId: 'berlin',
    userId: 'ada',
    id: '01JD72M480A0R46F9PVAFPCZJM',
    status: 'paid',
    total: 12.5,
    _type: 'Order',
    created: '2024-11-21T10:15:00.200Z',
    updated: '2024-11-21T13:46:26.238Z',
  } satisfies PlainItem;

  it('counts models, their dates as text or, without isoDates, as milliseconds', async () => {
    const { days, records } = await countChanges('onetable.json', [
      [null, order],
      [null, { ...order, created: MILLIS, updated: MILLIS, pk: 'store#oslo:user#grace' }],
      [null, { pk: 'store#oslo:user#grace', sk: 'user#', _type: 'User', created: MILLIS, updated: MILLIS }],
      [null, { ...order, _type: 'Cart' }],
    ]);
    expect(days).toEqual({
      '2024-11-21': {
        berlin: { signUps: 0, buyers: 1, orders: 1 },
        oslo: { signUps: 1, buyers: 1, orders: 1 },
      },
    });
    expect(records).toMatchObject({ counted: 3, ignored: 1 });
  });
});

describe('Amplify', () => {
  const note = {
    __typename: 'Note',
    id: '0f2f6a3e-6a5e-4a51-9a0d-9f0f4f1f2b11',
    content: 'Buy tea',
    owner: '71f2b0a4-8001-70a2-1d3b-0e1f5a2c3d4e::ada',
    createdAt: '2024-11-21T10:15:00.749Z',
    updatedAt: '2024-11-21T10:15:00.749Z',
  } satisfies PlainItem;
  /** With conflict detection there are tombstones in the place of deletes. */
  const versioned = { ...note, createdAt: '2024-11-19T08:00:00.000Z', _version: 1, _lastChangedAt: MILLIS };

  it('counts a model, whose owner is <sub>::<username>, and its tombstones', async () => {
    const { days, records } = await countChanges('amplify.json', [
      [null, note],
      [null, { ...note, id: '2' }],
      [versioned, { ...versioned, _version: 2, _deleted: true, _ttl: 1_734_776_100 }],
      [{ ...versioned, _deleted: true }, null],
    ]);
    expect(days).toEqual({ '2024-11-21': { notes: { writers: 1, notes: 2, removedNotes: 1 } } });
    expect(records).toMatchObject({ counted: 3, deleted: 1, malformed: 0 });
  });

  it('cannot tell what was removed from a full export', async () => {
    const { days } = await countItems('amplify.json', [note, { ...versioned, _deleted: true }]);
    expect(days).toEqual({
      '2024-11-19': { notes: { writers: 1, notes: 1, removedNotes: null } },
      '2024-11-21': { notes: { writers: 1, notes: 1, removedNotes: null } },
    });
  });
});
