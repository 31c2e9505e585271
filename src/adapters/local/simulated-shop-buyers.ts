import type { UtcDay } from '../../domain/utc-day.ts';
import type { SeededRandom } from './seeded-random.ts';
import { isWeekend } from './simulated-players.ts';
import { type Account, type SimulatedStore, simulatedStores } from './simulated-shop-items.ts';

/** One buyer and their habits. */
export interface Buyer {
  readonly id: string;
  readonly store: SimulatedStore;
  /** The hour (UTC) at which they mostly shop. */
  readonly hour: number;
  /** Chance to fill a cart on a weekday. */
  readonly eagerness: number;
  /** Null where it is closed. */
  account: Account | null;
  /** When the table has last heard of the account; 0 where it never has. Epoch milliseconds. */
  knownAt: number;
}

/** Half of all buy in Berlin. */
const storeShares: readonly SimulatedStore[] = ['berlin', ...simulatedStores, 'berlin', 'lisbon'];

/** Before work, at lunch and in the evening; some at midnight. */
const hours = [7, 8, 12, 12, 13, 17, 18, 19, 20, 20, 21, 21, 22, 23, 0] as const;

export const newBuyer = (random: SeededRandom): Buyer => ({
  id: random.id(10),
  store: random.pick(storeShares),
  hour: random.pick(hours),
  eagerness: 0.08 + 0.6 * random.next() * random.next(),
  account: null,
  knownAt: 0,
});

const WEEKEND = 1.4;

export const goesShopping = (random: SeededRandom, { eagerness }: Buyer, day: UtcDay): boolean =>
  random.chance(eagerness * (isWeekend(day) ? WEEKEND : 1));
