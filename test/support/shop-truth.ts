import type { ShopEvent } from '../../src/adapters/local/simulated-shop-history.ts';
import { type SimulatedStore, simulatedStores } from '../../src/adapters/local/simulated-shop-items.ts';

/*
 * What must come out of counting the simulated shop by examples/shop.json, reckoned by brute force from the shop's own
 * books: what they said when a day began and when it ended. It shares no code with what it judges.
 */

const DAY = 86_400_000;

type EventOf<K extends ShopEvent['kind']> = Extract<ShopEvent, { kind: K }>;

/** The last that is known of each account, order and cart; what is gone is not there. */
interface Books {
  readonly account: Map<string, EventOf<'account'>>;
  readonly order: Map<string, EventOf<'order'>>;
  readonly cart: Map<string, EventOf<'cart'>>;
}

function booksAt(history: readonly ShopEvent[], store: SimulatedStore, instant: number): Books {
  const books = { account: new Map(), order: new Map(), cart: new Map() };
  for (const event of history) {
    if (event.at >= instant) continue;
    const subject = event.kind === 'account' ? event.account : event.kind === 'order' ? event.order : event.cart;
    if (subject.store !== store) continue;
    const id = 'id' in subject ? `${subject.buyer} ${subject.id}` : subject.buyer;
    if (event.state === 'closed' || event.state === 'voided' || event.state === 'gone') books[event.kind].delete(id);
    else books[event.kind].set(id, event);
  }
  return books;
}

/** The numbers of a store on a day, and who is behind them. */
export interface StoreTruth {
  readonly summary: Readonly<Record<string, number | string>>;
  readonly buyersIds: readonly string[];
  readonly shoppersIds: readonly string[];
  readonly ordersPerUser: ReadonlyMap<string, number>;
}

/** By store, what happened on a UTC day as far as its two ends show. */
export const shopTruth = (history: readonly ShopEvent[], day: number): ReadonlyMap<string, StoreTruth> =>
  new Map(
    simulatedStores.map((store) => [
      store,
      truthOf(booksAt(history, store, day * DAY), booksAt(history, store, (day + 1) * DAY), day),
    ]),
  );

/**
 * By store, what the books of an instant still say of a day: as much as a full export can tell. All else it cannot, and null
 * is not 0.
 */
export const shopTruthOfFullExport = (
  history: readonly ShopEvent[],
  day: number,
  instant: number,
): ReadonlyMap<string, Readonly<Record<string, number | null>>> =>
  new Map(
    simulatedStores.map((store) => {
      const books = booksAt(history, store, instant);
      const known = { buyers: buyersOn(day, books).length, shoppers: shoppersOn(day, books).length };
      return [store, { ...untold, ...known }];
    }),
  );

const untold = {
  buyers: null,
  shoppers: null,
  orders: null,
  paidOrders: null,
  revenue: null,
  cancellations: null,
  refunded: null,
  signUps: null,
  closedAccounts: null,
  abandonedCarts: null,
};

const buyersOn = (day: number, { order }: Books): string[] =>
  distinct([...order.values()].filter(({ order }) => isOn(day, order.createdAt)).map(({ order }) => order.buyer));

const shoppersOn = (day: number, { cart }: Books): string[] =>
  distinct([...cart.values()].filter(({ touchedAt }) => isOn(day, touchedAt)).map(({ cart }) => cart.buyer));

function truthOf(before: Books, after: Books, day: number): StoreTruth {
  const orders = [...after.order.values()];
  const isNew = (order: EventOf<'order'>) => !before.order.has(idOf(order));
  const changedTo = (...states: readonly string[]) =>
    orders.filter(
      (order) => states.includes(order.state) && !states.includes(before.order.get(idOf(order))?.state ?? 'none'),
    );
  const paid = changedTo('paid', 'shipped');
  const buyersIds = buyersOn(day, after);
  const shoppersIds = shoppersOn(day, after);
  const ordersPerUser = new Map<string, number>();
  for (const { order } of orders.filter(isNew)) {
    ordersPerUser.set(order.buyer, (ordersPerUser.get(order.buyer) ?? 0) + 1);
  }
  const signUps = [...after.account.values()].filter(
    ({ account }) => !before.account.has(account.buyer) && isOn(day, account.createdAt),
  );
  const closed = [...before.account.keys()].filter((buyer) => !after.account.has(buyer));
  const abandoned = [...before.cart].filter(([id, { state }]) => state === 'open' && !after.cart.has(id));
  const summary = {
    buyers: buyersIds.length,
    shoppers: shoppersIds.length,
    orders: orders.filter(isNew).length,
    paidOrders: paid.length,
    revenue: sumOf(paid),
    cancellations: changedTo('cancelled').length,
    refunded: sumOf(changedTo('refunded')),
    signUps: signUps.length,
    closedAccounts: closed.length,
    abandonedCarts: abandoned.length,
  };
  return { summary, buyersIds, shoppersIds, ordersPerUser };
}

const idOf = ({ order }: EventOf<'order'>): string => `${order.buyer} ${order.id}`;
const isOn = (day: number, millis: number): boolean => millis >= day * DAY && millis < (day + 1) * DAY;
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/** More digits behind the point than any total of the shop has. */
const PLACES = 40;

/** Whole numbers of the smallest unit there is; written without zeros at the end. */
function sumOf(orders: readonly EventOf<'order'>[]): string {
  const units = orders.reduce((sum, { order }) => {
    const [whole = '', fraction = ''] = order.total.split('.');
    return sum + BigInt(whole + fraction.padEnd(PLACES, '0'));
  }, 0n);
  const digits = `${units}`.padStart(PLACES + 1, '0');
  return `${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`.replace(/\.?0+$/, '');
}
