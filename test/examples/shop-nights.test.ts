import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalChain } from '../../src/cli/demo/local-chain.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { daysBetween, formatDay, midnightOf, noonOf, type UtcDay } from '../../src/domain/utc-day.ts';
import { playedShop, shopDefinition } from '../support/shop.ts';
import { shopTruth, shopTruthOfFullExport } from '../support/shop-truth.ts';

/*
 * The simulated shop through the whole nightly chain, with all that befalls one: days to catch up with, a lost event, a
 * manifest that is dropped again, a backfill. Every number of every night has to be that of the shop's own books.
 */

const HOUR = 3_600_000;
const FIRST = 20_040;
const FIRST_EXACT = FIRST + 8;
const DEPLOYED = FIRST_EXACT + 3;
const LAST = DEPLOYED + 12;
const LOST = DEPLOYED + 8;

const shop = playedShop({ seed: 5, buyers: 90, from: FIRST, to: LAST });

let directory: string;
let chain: LocalChain;
let ledger: ReadonlyMap<UtcDay, LedgerEntry>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'daytally-shop-'));
  chain = await LocalChain.open({
    source: shop.table,
    definition: shopDefinition,
    directory,
    recoverableSince: midnightOf(FIRST_EXACT),
  });
  for (const day of daysBetween(DEPLOYED, LAST)) {
    chain.setClock(midnightOf(day + 1) + 2 * HOUR);
    await chain.requestExports({ mode: 'incremental' });
    if (day === LOST) chain.events.take();
    else await chain.deliver();
  }
  await chain.deliver(chain.delivered.slice(-2));
  await chain.requestExports({ mode: 'backfill', backfillStartDate: formatDay(FIRST) });
  await chain.deliver();
  const days = daysBetween(FIRST, LAST);
  const entries = await chain.store.readLedger(days.map(formatDay), { consistent: true });
  ledger = new Map(
    days.flatMap((day) => {
      const entry = entries.find(({ date }) => date === formatDay(day));
      return entry === undefined ? [] : [[day, entry] as const];
    }),
  );
}, 120_000);
afterAll(async () => {
  await chain.close();
  rmSync(directory, { recursive: true, force: true });
});

const exactDays = daysBetween(FIRST_EXACT, LAST);
const countedDays = daysBetween(FIRST, FIRST_EXACT - 1);

describe('every night of the simulated shop', () => {
  it('is finished, from an incremental export where there is one', () => {
    expect([...ledger].map(([day, { quality }]) => ({ day, quality }))).toEqual([
      ...countedDays.map((day) => ({ day, quality: 'lowerBound' })),
      ...exactDays.map((day) => ({ day, quality: 'exact' })),
    ]);
  });

  it.each(exactDays)('has the numbers of the books (day %s)', (day) => {
    const expected = [...shopTruth(shop.history, day)].map(([store, { summary }]) => [store, summary]);
    expect([...(ledger.get(day)?.apps ?? [])]).toEqual(expected);
  });

  it.each(countedDays)('has what a full export can tell, and null for all else (day %s)', (day) => {
    const expected = shopTruthOfFullExport(shop.history, day, midnightOf(LAST + 1) + 2 * HOUR);
    for (const [store, summary] of ledger.get(day)?.apps ?? []) expect(summary).toEqual(expected.get(store));
    expect(ledger.get(day)?.apps.size).toBeGreaterThan(0);
  });

  it('has records that say the same', async () => {
    for (const day of [...countedDays, ...exactDays]) {
      for (const { app, summary } of await chain.store.readHeaders(formatDay(day))) {
        expect(summary).toEqual(ledger.get(day)?.apps.get(app));
      }
    }
  });

  it('has sent CloudWatch the nearest numbers, and none of what cannot be told', () => {
    const sent = chain.publisher.maxima();
    const valueSent = (name: string, app: string, day: UtcDay) =>
      sent.find((point) => point.name === name && point.app === app && point.timestamp === noonOf(day))?.value;
    for (const day of exactDays) {
      for (const [store, { summary }] of shopTruth(shop.history, day)) {
        for (const { id, cloudWatch } of shopDefinition.metrics) {
          expect(valueSent(cloudWatch, store, day)).toBe(Number(summary[id]));
        }
      }
    }
    expect(sent).toHaveLength(exactDays.length * 3 * shopDefinition.metrics.length);
  });

  it('meets all that can befall an order, so that the agreement means something', () => {
    const totals = exactDays
      .flatMap((day) => [...shopTruth(shop.history, day).values()])
      .reduce<Record<string, number>>((sums, { summary }) => {
        for (const [id, value] of Object.entries(summary)) sums[id] = (sums[id] ?? 0) + Number(value);
        return sums;
      }, {});
    expect(Object.keys(totals)).toEqual(shopDefinition.metrics.map(({ id }) => id));
    for (const [id, total] of Object.entries(totals)) expect(total, id).toBeGreaterThan(0);
    const records = exactDays.map((day) => ledger.get(day)?.records);
    for (const outcome of ['ignored', 'deleted', 'outsideWindow', 'malformed'] as const) {
      expect(
        records.some((counts) => (counts?.[outcome] ?? 0) > 0),
        outcome,
      ).toBe(true);
    }
    const revenues = exactDays.flatMap((day) =>
      [...(ledger.get(day)?.apps.values() ?? [])].map(({ revenue }) => `${revenue}`),
    );
    expect(revenues.some((revenue) => revenue.length > 17)).toBe(true);
  });
});
