import { daysBetween, midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import { SeededRandom } from './seeded-random.ts';
import { isWeekend, startTime } from './simulated-players.ts';
import { type Buyer, goesShopping, newBuyer } from './simulated-shop-buyers.ts';
import { ShopBooks, type ShopEvent } from './simulated-shop-history.ts';
import {
  type Account,
  type Cart,
  malformedShopItems,
  type Order,
  orderTotal,
  productItem,
  reviewItem,
  simulatedStores,
} from './simulated-shop-items.ts';
import { orderLife } from './simulated-shop-lives.ts';
import type { ItemWriter } from './simulated-table.ts';

export interface ShopOptions {
  /** The same seed gives the same shop, to the byte. */
  readonly seed: number;
  /** How many have an account on the first day; others come, some close it, some of these return. */
  readonly buyers: number;
  /** Days on which it is open, both inclusive. What was ordered on the last day is paid and shipped after it. */
  readonly from: UtcDay;
  readonly to: UtcDay;
}

/**
 * Lets people buy in three stores for some days and writes to the shop's table what the shop would: accounts, carts with a
 * time to live, orders that are paid, shipped, cancelled and refunded, products, reviews, and a few malformed items.
 * @returns what has happened, by the shop's own books
 */
export function playShop(table: ItemWriter, { seed, buyers, from, to }: ShopOptions): readonly ShopEvent[] {
  const random = new SeededRandom(seed);
  const books = new ShopBooks(table);
  const everybody = Array.from({ length: buyers }, () => newBuyer(random));
  for (const buyer of everybody) openAccount(books, buyer, midnightOf(from) - random.int(1, 60 * 24) * HOUR);
  for (const day of daysBetween(from, to)) {
    const newcomers = Array.from({ length: newcomersOn(random, buyers, day) }, () => newBuyer(random));
    new ShopDay(table, books, random, day).open(everybody, newcomers);
    everybody.push(...newcomers);
  }
  return books.history;
}

/** About one in a hundred a day, more on weekends. */
const newcomersOn = (random: SeededRandom, buyers: number, day: UtcDay): number =>
  Math.round(buyers * 0.012 * (isWeekend(day) ? 1.5 : 1) * (0.5 + random.next()));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function openAccount(books: ShopBooks, buyer: Buyer, at: number): Account {
  const account = { store: buyer.store, buyer: buyer.id, createdAt: Math.max(at, buyer.knownAt + MINUTE) };
  buyer.account = account;
  buyer.knownAt = account.createdAt + 5;
  books.account(account, buyer.knownAt);
  return account;
}

/** Chances of a day, of one who has an account and of one who has closed it. */
const CLOSES = 0.003;
const RETURNS = 0.01;

class ShopDay {
  constructor(
    private readonly table: ItemWriter,
    private readonly books: ShopBooks,
    private readonly random: SeededRandom,
    private readonly day: UtcDay,
  ) {}

  open(everybody: readonly Buyer[], newcomers: readonly Buyer[]): void {
    const { books, random } = this;
    for (const buyer of newcomers) this.#shops(buyer, openAccount(books, buyer, this.#soon(buyer)));
    for (const buyer of everybody) {
      if (buyer.account === null && random.chance(RETURNS)) openAccount(books, buyer, this.#soon(buyer));
      else if (buyer.account !== null && goesShopping(random, buyer, this.day)) this.#shops(buyer, buyer.account);
    }
    for (const buyer of [...everybody, ...newcomers]) {
      if (buyer.account !== null && random.chance(CLOSES)) this.#leaves(buyer, buyer.account);
    }
    this.#housekeeping();
    if (random.chance(0.6)) this.#mishap();
  }

  #soon(buyer: Buyer): number {
    return startTime(this.random, buyer, this.day);
  }

  #shops(buyer: Buyer, account: Account): void {
    const { random, books, table } = this;
    const at = Math.max(this.#soon(buyer), buyer.knownAt + MINUTE);
    if (random.chance(0.08)) {
      buyer.knownAt = at;
      books.account(account, at, random.chance(0.5));
    }
    if (random.chance(0.05)) {
      table.put(reviewItem(buyer.store, buyer.id, random.pick(skus), random.int(1, 5), at), at);
    }
    this.#fillsCart({ store: buyer.store, buyer: buyer.id, id: random.id(8) }, at);
  }

  /** Some come back to a cart, within hours or on the day after; half of all are ordered. */
  #fillsCart(cart: Cart, at: number): void {
    const { random, books } = this;
    const comesBack = random.chance(0.3);
    const orders = random.chance(0.55);
    if (comesBack || orders) books.cart(cart, 'open', at, at + this.#latency());
    const last = at + (comesBack ? random.int(20, 30 * 60) : random.int(2, 25)) * MINUTE;
    if (orders) {
      books.lastOfCart(cart, 'ordered', last, last + this.#latency());
      this.#orders(cart, last);
    } else books.lastOfCart(cart, 'open', comesBack ? last : at, (comesBack ? last : at) + this.#latency());
  }

  /** Some tills are offline at times, and tell the table hours later of what they have sold. */
  #orders({ store, buyer }: Cart, createdAt: number): void {
    const { random, books } = this;
    const order: Order = { store, buyer, id: random.id(9), total: orderTotal(random), createdAt };
    const knownAt = createdAt + (random.chance(0.03) ? random.int(2, 20) * HOUR : this.#latency());
    for (const { state, after } of orderLife(random)) books.order(order, state, knownAt + after);
  }

  /** Some come back within the hour: on most days they then have an account at the end as at the beginning. */
  #leaves(buyer: Buyer, account: Account): void {
    const { random } = this;
    buyer.knownAt = Math.max(this.#soon(buyer), buyer.knownAt + MINUTE);
    buyer.account = null;
    this.books.close(account, buyer.knownAt);
    if (random.chance(0.1)) openAccount(this.books, buyer, buyer.knownAt + random.int(1, 59) * MINUTE);
  }

  /** What the shop itself writes every day. */
  #housekeeping(): void {
    for (const store of simulatedStores) {
      const at = midnightOf(this.day) + this.random.int(1, 23 * 60) * MINUTE;
      for (const sku of skus) this.table.put(productItem(store, sku, this.random.int(0, 500), at), at);
    }
  }

  #mishap(): void {
    const at = midnightOf(this.day) + this.random.int(0, 24 * 60 - 1) * MINUTE;
    const broken = this.random.pick(malformedShopItems);
    this.table.put(broken(this.random.pick(simulatedStores), this.random.id(8), at), at);
  }

  /** Between the shop's clock and the table's. */
  #latency(): number {
    return this.random.int(3, 120);
  }
}

const skus = ['TEA-12', 'CUP-03', 'POT-40', 'TIN-07'];
