import { describe, expect, it } from 'vitest';
import { type Change, countChanges, countItems, type PlainItem } from '../support/examples.ts';

const profile = (user: string, more: PlainItem = {}): PlainItem => ({ PK: `USER#${user}`, SK: 'PROFILE', ...more });
const item = (user: string, sortKey: string, more: PlainItem = {}): PlainItem => ({
  PK: `USER#${user}`,
  SK: sortKey,
  ...more,
});

/** Counted on the day of the export, whatever the items say. */
const counted = async (example: string, changes: readonly Change[]) =>
  (await countChanges(example, changes)).days['2024-11-21']?.all;

it('sign-ups are profiles that were not there before', async () => {
  const changes: Change[] = [
    [null, profile('ada')],
    [null, profile('grace', { createdAt: 1 })],
    [profile('linus'), profile('linus', { theme: 'dark' })],
    [profile('alan'), null],
    [null, item('ada', 'ORDER#1')],
  ];
  expect(await counted('sign-ups.json', changes)).toEqual({ signUps: 2 });
});

it('cancellations are subscriptions that have become cancelled', async () => {
  const subscription = (user: string, id: string, status: string) => item(user, `SUBSCRIPTION#${id}`, { status });
  const changes: Change[] = [
    [subscription('ada', '1', 'active'), subscription('ada', '1', 'cancelled')],
    [subscription('ada', '2', 'past_due'), subscription('ada', '2', 'cancelled')],
    [null, subscription('grace', '3', 'cancelled')],
    [subscription('linus', '4', 'cancelled'), subscription('linus', '4', 'cancelled')],
    [subscription('alan', '5', 'cancelled'), subscription('alan', '5', 'active')],
    [subscription('kurt', '6', 'cancelled'), null],
  ];
  expect(await counted('cancellations.json', changes)).toEqual({ cancellations: 3, cancellers: 2 });
});

const order = (user: string, id: string, status: string, more: PlainItem = { total: 10, tax: 1 }) =>
  item(user, `ORDER#${id}`, { status, ...more });

it('orders paid count once on their way through what is paid', async () => {
  const changes: Change[] = [
    [order('ada', '1', 'placed'), order('ada', '1', 'paid')],
    [order('ada', '2', 'placed'), order('ada', '2', 'delivered')],
    [null, order('grace', '3', 'shipped')],
    [order('linus', '4', 'paid'), order('linus', '4', 'shipped')],
    [order('alan', '5', 'placed'), order('alan', '5', 'cancelled')],
  ];
  expect(await counted('orders-paid.json', changes)).toEqual({ payers: 2, ordersPaid: 3 });
});

describe('revenue', () => {
  it('is exact, with all digits of all numbers', async () => {
    const changes: Change[] = [
      [order('ada', '1', 'placed'), order('ada', '1', 'paid', { total: 0.1, tax: 0.02 })],
      [null, order('ada', '2', 'paid', { total: 0.2, tax: 12345678901234567890123456789012345678n })],
      [null, order('grace', '3', 'shipped', { total: 1e21, tax: 0 })],
      [order('linus', '4', 'shipped'), order('linus', '4', 'refunded', { total: 19.99, tax: 3.8 })],
    ];
    expect(await counted('revenue.json', changes)).toEqual({
      revenue: '1000000000000000000000.3',
      tax: '12345678901234567890123456789012345678.02',
      refunded: '19.99',
    });
  });

  it('is not guessed where an amount is missing or no number', async () => {
    const { records, rejects } = await countChanges('revenue.json', [
      [null, order('ada', '1', 'paid', { total: 10 })],
      [null, order('ada', '2', 'paid', { total: '10', tax: 1 })],
    ]);
    expect(records.malformed).toBe(2);
    expect(rejects).toEqual(['tax.missing', 'total.type']);
  });
});

it('accounts are gone that were deleted, or closed and kept', async () => {
  const changes: Change[] = [
    [profile('ada', { status: 'active' }), null],
    [profile('grace', { status: 'active' }), profile('grace', { status: 'closed' })],
    [profile('linus', { status: 'closed' }), profile('linus', { status: 'closed' })],
    [profile('alan', { status: 'closed' }), null],
  ];
  expect(await counted('churned-accounts.json', changes)).toEqual({ deletedAccounts: 2, closedAccounts: 1 });
});

it('carts that their time to live has ended were open, and those that were ordered were not', async () => {
  const cart = (user: string, id: string, status: string, more: PlainItem = { ttl: 1_732_147_200 }) =>
    item(user, `CART#${id}`, { status, ...more });
  const changes: Change[] = [
    [cart('ada', '1', 'open'), null],
    [cart('ada', '2', 'open'), null],
    [cart('grace', '3', 'ordered'), null],
    [cart('linus', '4', 'open', {}), null],
    [cart('alan', '5', 'open'), cart('alan', '5', 'ordered')],
  ];
  const { days, records } = await countChanges('ttl-expiry.json', changes);
  expect(days['2024-11-21']?.all).toEqual({ abandonedCarts: 2 });
  expect(records).toMatchObject({ counted: 2, deleted: 2, ignored: 1 });
});

it.each([
  'sign-ups.json',
  'cancellations.json',
  'orders-paid.json',
  'revenue.json',
  'churned-accounts.json',
  'ttl-expiry.json',
])('a full export tells nothing of %s', async (example) => {
  const { days, records } = await countItems(example, [profile('ada'), order('ada', '1', 'paid')]);
  expect(days).toEqual({});
  expect(records).toMatchObject({ read: 2, ignored: 2 });
});

it('an example in TypeScript counts the shop’s table', async () => {
  const PK = 'STORE#berlin#USER#ada';
  const { days } = await countChanges('typescript.ts', [
    [null, { PK, SK: 'PROFILE' }],
    [null, { PK, SK: 'ORDER#1', status: 'paid', total: 12.5 }],
    [
      { PK, SK: 'ORDER#2', status: 'placed', total: 7.25 },
      { PK, SK: 'ORDER#2', status: 'shipped', total: 7.25 },
    ],
  ]);
  expect(days).toEqual({ '2024-11-21': { berlin: { signUps: 1, buyers: 1, orders: 1, revenue: '19.75' } } });
});
