import { beforeEach, describe, expect, it } from 'vitest';
import { WarmLedger } from '../../../src/adapters/aws/warm-ledger.ts';
import type { LedgerEntry } from '../../../src/domain/run-ledger.ts';
import { dayOfMillis, formatDay } from '../../../src/domain/utc-day.ts';
import { asBackfill, ledgerEntry } from '../../support/ledger.ts';

const MINUTE = 60_000;
let now: number;
let stored: Map<string, LedgerEntry>;
let asked: string[][];
let ledger: WarmLedger;

const today = 20_051;
const date = (ago: number) => formatDay(today - ago);
const put = (entry: LedgerEntry) => stored.set(entry.date, entry);

beforeEach(() => {
  now = today * 86_400_000 + 8 * 60 * MINUTE;
  stored = new Map();
  asked = [];
  ledger = new WarmLedger(() => now);
});

async function read(...ago: number[]): Promise<string[]> {
  const reader = {
    readLedger: async (dates: readonly string[]) => {
      asked.push([...dates]);
      return dates.flatMap((one) => stored.get(one) ?? []);
    },
  };
  const entries = await ledger.read(reader, ago.map(date));
  return entries.map((entry) => `${entry.date} ${entry.quality}`);
}

describe('a warm ledger', () => {
  it('reads only the days that it does not have', async () => {
    for (const ago of [1, 2, 3]) put(ledgerEntry(today - ago));
    await read(1, 2);
    expect(await read(1, 2, 3)).toEqual([1, 2, 3].map((ago) => `${date(ago)} exact`));
    await read(1, 2, 3);
    expect(asked).toEqual([[date(1), date(2)], [date(3)]]);
    expect(dayOfMillis(now)).toBe(today);
  });

  it('sees a night that was missing within minutes, and a replay within an hour', async () => {
    put(ledgerEntry(today - 2));
    expect(await read(1, 2)).toEqual([`${date(2)} exact`]);
    put(ledgerEntry(today - 1));
    now += 5 * MINUTE;
    expect(await read(1, 2)).toEqual([`${date(1)} exact`, `${date(2)} exact`]);
    expect(asked.at(-1)).toEqual([date(1)]);
    now += 56 * MINUTE;
    await read(1, 2);
    expect(asked.at(-1)).toEqual([date(2)]);
  });

  it('does not ask again and again for days that have long been without numbers, or with a lower bound', async () => {
    put(asBackfill(ledgerEntry(today - 101)));
    await read(100, 101);
    now += 30 * MINUTE;
    expect(await read(100, 101)).toEqual([`${date(101)} lowerBound`]);
    expect(asked).toHaveLength(1);
  });
});
