import { describe, expect, it } from 'vitest';
import { backfill, firstNight } from '../../bench/capacity/simulate.ts';

/* On a table of one write unit, as DynamoDB meters it; npm run bench:capacity has the whole table. */

const ATTEMPTS_OF_THE_AGGREGATOR = 3;

describe('a first night of seven days', () => {
  it.each([
    [1, 100],
    [1, 1_000_000],
    [20, 1000],
    [100, 100],
    [100, 10_000],
    [100, 1_000_000],
  ])('of %i apps with %i users a day ends within the time of the functions', async (apps, usersADay) => {
    const { attempts, minutes } = await firstNight({ apps, usersADay });
    expect(attempts).toBeLessThanOrEqual(ATTEMPTS_OF_THE_AGGREGATOR);
    expect(minutes).toBeLessThan(30);
  });
});

it('a backfill of 400 days ends within the time of the state machine, and is written once', async () => {
  const { minutes, writeUnits } = await backfill({ apps: 1, usersADay: 50 });
  expect(minutes).toBeLessThan(22 * 60);
  // Units: a record of five kilobytes and an entry of the ledger a day, the definition once.
  expect(writeUnits).toBeLessThanOrEqual(400 * (5 + 1) + 10);
});
