import type { SeededRandom } from './seeded-random.ts';
import type { OrderStatus } from './simulated-shop-items.ts';

/** What becomes of an order, and how long after the table has known of it, in milliseconds. */
export interface OrderStep {
  readonly state: OrderStatus | 'voided';
  readonly after: number;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The steps of an order from its first writing on, in the order of time: over minutes, hours or days. */
export function orderLife(random: SeededRandom): OrderStep[] {
  const dice = random.next();
  if (dice < 0.01) return [{ state: 'placed', after: 0 }, ...voided(random)];
  if (dice < 0.09) return [{ state: 'placed', after: 0 }, cancelled(random)];
  // By card at once, so that the first that the table sees is a paid order; by card in a minute; by bank in days.
  if (dice < 0.24) return paidAt(random, 0);
  const paidAfter = random.chance(0.7) ? random.int(1, 30) * MINUTE : random.int(8, 60) * HOUR;
  return [{ state: 'placed', after: 0 }, ...paidAt(random, paidAfter)];
}

/** A test order, or a mistake: some are taken out within the hour, some on another day. */
const voided = (random: SeededRandom): OrderStep[] => [
  { state: 'voided', after: random.chance(0.5) ? random.int(2, 50) * MINUTE : random.int(20, 40) * HOUR },
];

const cancelled = (random: SeededRandom): OrderStep => ({
  state: 'cancelled',
  after: random.chance(0.6) ? random.int(2, 90) * MINUTE : random.int(12, 72) * HOUR,
});

function paidAt(random: SeededRandom, after: number): OrderStep[] {
  const paid: OrderStep = { state: 'paid', after };
  // Regretted at once: paid and refunded within the hour, a state that comes and goes.
  if (random.chance(0.02)) return [paid, { state: 'refunded', after: after + random.int(5, 55) * MINUTE }];
  const shipped: OrderStep = { state: 'shipped', after: after + random.int(3, 70) * HOUR };
  if (random.chance(0.94)) return [paid, shipped];
  return [paid, shipped, { state: 'refunded', after: shipped.after + random.int(48, 240) * HOUR }];
}
