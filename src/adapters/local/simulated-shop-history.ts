import {
  type Account,
  type Cart,
  cartEnd,
  cartItem,
  type Order,
  type OrderStatus,
  orderItem,
  profileItem,
} from './simulated-shop-items.ts';
import type { ItemWriter } from './simulated-table.ts';

/**
 * What has happened in the shop, in its own words: nothing of it is read back from a table or an export. `at` is when the
 * table knew of it, epoch milliseconds.
 */
export type ShopEvent = { readonly at: number } & (
  | { readonly kind: 'account'; readonly account: Account; readonly state: 'open' | 'closed' }
  /** `voided`: taken out of the books as if it had never been. */
  | { readonly kind: 'order'; readonly order: Order; readonly state: OrderStatus | 'voided' }
  | {
      readonly kind: 'cart';
      readonly cart: Cart;
      readonly state: 'open' | 'ordered' | 'gone';
      /** When the buyer has last touched it. */
      readonly touchedAt: number;
    }
);

/** Keeps the shop's books: writes what happens to the table, and notes it. */
export class ShopBooks {
  readonly #events: ShopEvent[] = [];

  constructor(private readonly table: ItemWriter) {}

  /** All that has happened, in the order of time. */
  get history(): ShopEvent[] {
    return this.#events.toSorted((a, b) => a.at - b.at);
  }

  account(account: Account, at: number, newsletter = false): void {
    this.table.put(profileItem(account, at, newsletter), at);
    this.#events.push({ kind: 'account', account, state: 'open', at });
  }

  close(account: Account, at: number): void {
    this.table.delete(profileItem(account, at, false), at);
    this.#events.push({ kind: 'account', account, state: 'closed', at });
  }

  order(order: Order, state: OrderStatus | 'voided', at: number): void {
    if (state === 'voided') this.table.delete(orderItem(order, 'placed', at), at);
    else this.table.put(orderItem(order, state, at), at);
    this.#events.push({ kind: 'order', order, state, at });
  }

  /** A cart that is touched for the last time, be it by an order: its time to live ends it. */
  lastOfCart(cart: Cart, state: 'open' | 'ordered', touchedAt: number, at: number): void {
    this.cart(cart, state, touchedAt, at);
    this.#events.push({ kind: 'cart', cart, state: 'gone', touchedAt, at: cartEnd(at, touchedAt) });
  }

  cart(cart: Cart, state: 'open' | 'ordered', touchedAt: number, at: number): void {
    this.table.put(cartItem(cart, state, touchedAt), at);
    this.#events.push({ kind: 'cart', cart, state, touchedAt, at });
  }
}
