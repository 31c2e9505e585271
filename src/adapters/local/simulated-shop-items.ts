import type { SeededRandom } from './seeded-random.ts';
import { type AttributeValue, type Item, M, N, S, type TableShape } from './simulated-table.ts';

/** The shop's single table; DynamoDB removes expired items within a few days, mostly within hours. */
export const shopTableShape: TableShape = { keys: ['PK', 'SK'], ttlAttribute: 'ttl', ttlLagMillis: 7 * 3_600_000 };

export const simulatedStores = ['berlin', 'lisbon', 'oslo'] as const;
export type SimulatedStore = (typeof simulatedStores)[number];

/** Of a buyer in one store. */
export interface Account {
  readonly store: SimulatedStore;
  readonly buyer: string;
  /** When it was opened, epoch milliseconds. */
  readonly createdAt: number;
}

export type OrderStatus = 'placed' | 'paid' | 'shipped' | 'cancelled' | 'refunded';

export interface Order {
  readonly store: SimulatedStore;
  readonly buyer: string;
  readonly id: string;
  /** Euros, as the shop writes them: a decimal number. */
  readonly total: string;
  /** When it was placed, by the clock of the till; epoch milliseconds. */
  readonly createdAt: number;
}

export interface Cart {
  readonly store: SimulatedStore;
  readonly buyer: string;
  readonly id: string;
}

const CART_LIVES_SECONDS = 2 * 86_400;

const storeKey = (store: SimulatedStore): string => `STORE#${store}`;
const buyerKey = (store: SimulatedStore, buyer: string): string => `${storeKey(store)}#USER#${buyer}`;
const iso = (millis: number): AttributeValue => S(new Date(millis).toISOString());
const seconds = (millis: number): number => Math.floor(millis / 1000);

/** Accounts say when as text. */
export const profileItem = ({ store, buyer, createdAt }: Account, updatedAt: number, newsletter: boolean): Item => ({
  PK: S(buyerKey(store, buyer)),
  SK: S('PROFILE'),
  Type: S('Profile'),
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
  newsletter: { BOOL: newsletter },
  address: M({ country: S('PT'), createdAt: iso(createdAt), lines: { L: [S('Rua do Sol 7'), { NULL: true }] } }),
});

/** Orders say when as epoch milliseconds; their lines hold attributes named like the order's own, as real ones do. */
export const orderItem = (order: Order, status: OrderStatus, updatedAt: number): Item => ({
  PK: S(buyerKey(order.store, order.buyer)),
  SK: S(`ORDER#${order.id}`),
  Type: S('Order'),
  status: S(status),
  total: N(order.total),
  currency: S('EUR'),
  createdAt: N(order.createdAt),
  updatedAt: N(updatedAt),
  lines: { L: [M({ sku: S('TEA-12'), quantity: N(2), total: N(order.total), status: S('paid') })] },
  payment: M({ provider: S('card'), status: S('pending "3-D Secure"'), attempts: N(1) }),
});

/** Carts say when as epoch seconds, as their time to live does. */
export const cartItem = ({ store, buyer, id }: Cart, status: 'open' | 'ordered', updatedAt: number): Item => ({
  PK: S(buyerKey(store, buyer)),
  SK: S(`CART#${id}`),
  Type: S('Cart'),
  status: S(status),
  updatedAt: N(seconds(updatedAt)),
  ttl: N(seconds(updatedAt) + CART_LIVES_SECONDS),
});

/** When DynamoDB removes a cart that was written at this time, epoch milliseconds. */
export const cartEnd = (writtenAt: number, updatedAt: number): number =>
  Math.max(writtenAt, (seconds(updatedAt) + CART_LIVES_SECONDS) * 1000) + shopTableShape.ttlLagMillis;

/** Items that are of no buyer. */
export const productItem = (store: SimulatedStore, sku: string, stock: number, at: number): Item => ({
  PK: S(storeKey(store)),
  SK: S(`PRODUCT#${sku}`),
  Type: S('Product'),
  stock: N(stock),
  createdAt: N(at),
  status: S('paid extra for shipping'),
});

export const reviewItem = (store: SimulatedStore, buyer: string, sku: string, stars: number, at: number): Item => ({
  PK: S(buyerKey(store, buyer)),
  SK: S(`REVIEW#${sku}`),
  Type: S('Review'),
  stars: N(stars),
  createdAt: iso(at),
});

/** Items that a fault in the shop has written: each breaks one rule of counting, and none is ever written again. */
export const malformedShopItems: readonly ((store: SimulatedStore, id: string, at: number) => Item)[] = [
  // Of a till whose clock has stopped as well: a full export does not look at totals, and would count it as an order.
  (store, id, at) => ({ ...orderItem(brokenOrder(store, id, 0), 'paid', at), total: S('12.50') }),
  (store, id, at) => ({ ...orderItem(brokenOrder(store, id, at), 'placed', at), createdAt: S('yesterday') }),
  (store, id, at) => without('createdAt', profileItem({ store, buyer: id, createdAt: at }, at, false)),
  (store, id, at) => ({ ...without('ttl', cartItem({ store, buyer: 'guest', id }, 'open', at)), updatedAt: iso(at) }),
];

const brokenOrder = (store: SimulatedStore, id: string, createdAt: number): Order => ({
  store,
  buyer: 'guest',
  id,
  total: '12.5',
  createdAt,
});

const without = (attribute: string, item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([name]) => name !== attribute));

/** A few tills reckon with floating-point numbers, and what is sold by weight has as many digits as the scales give. */
export function orderTotal(random: SeededRandom): string {
  const cents = random.int(390, 24_000);
  const dice = random.next();
  if (dice < 0.012) return `${(cents / 100) * 1.19}`;
  if (dice < 0.016) return `${Math.floor(cents / 100)}.${random.text('0123456789', 29)}7`;
  return `${cents / 100}`;
}
