import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { malformedShopItems, simulatedStores } from '../../../src/adapters/local/simulated-shop-items.ts';
import type { IncrementalRecord, Item } from '../../../src/adapters/local/simulated-table.ts';
import { spanOfDay } from '../../../src/domain/export-window.ts';
import { countObjects } from '../../support/examples.ts';
import { layOutDay, playedShop, shopDefinition } from '../../support/shop.ts';

const FROM = 20_050;
const TO = FROM + 20;
const days = Array.from({ length: TO - FROM + 1 }, (_, n) => FROM + n);

const shop = playedShop({ seed: 1, buyers: 200, from: FROM, to: TO });
const lines = days.map((day) => [...shop.table.incrementalExport(spanOfDay(day))]);
const records = lines.flat();

const text = (item: Item | undefined, attribute: string): string => (item?.[attribute] as { S?: string })?.S ?? '';
const number = (item: Item | undefined, attribute: string): string => (item?.[attribute] as { N?: string })?.N ?? '';
const ofKind = (prefix: string): IncrementalRecord[] =>
  records.filter(({ Keys }) => text(Keys, 'SK').startsWith(prefix));
const statuses = ({ OldImage, NewImage }: IncrementalRecord): string =>
  `${text(OldImage, 'status')} → ${text(NewImage, 'status')}`;

describe('playShop', () => {
  it('lets people buy in every store, in some more than in others', () => {
    const orders = simulatedStores.map(
      (store) => ofKind('ORDER#').filter(({ Keys }) => text(Keys, 'PK').startsWith(`STORE#${store}#USER#`)).length,
    );
    expect(Math.min(...orders)).toBeGreaterThan(50);
    expect(Math.max(...orders)).toBeGreaterThan(1.5 * Math.min(...orders));
  });

  it('takes orders through their states, over hours and days', () => {
    const seen = new Set(ofKind('ORDER#').map(statuses));
    for (const change of [
      ...[' → placed', ' → paid', ' → shipped', ' → cancelled', ' → refunded'],
      ...['placed → paid', 'placed → shipped', 'paid → shipped', 'placed → cancelled', 'shipped → refunded'],
      'placed → ',
    ]) {
      expect([...seen], change).toContain(change);
    }
  });

  it('writes times in three forms', () => {
    expect(ofKind('PROFILE').some(({ NewImage }) => /^\d{4}-.*Z$/.test(text(NewImage, 'createdAt')))).toBe(true);
    expect(ofKind('ORDER#').some(({ NewImage }) => /^\d{13}$/.test(number(NewImage, 'createdAt')))).toBe(true);
    expect(ofKind('CART#').some(({ NewImage }) => /^\d{10}$/.test(number(NewImage, 'updatedAt')))).toBe(true);
  });

  it('writes totals with cents, some with all digits that a number can have', () => {
    const totals = ofKind('ORDER#').map(({ NewImage }) => number(NewImage, 'total'));
    expect(totals.some((total) => /^\d+\.\d\d$/.test(total))).toBe(true);
    expect(totals.some((total) => total.length > 15 && total.length < 22)).toBe(true);
    expect(totals.some((total) => total.length > 30)).toBe(true);
    expect(totals.every((total) => total.replace('.', '').length <= 38 && !/\.\d*0$/.test(total))).toBe(true);
  });

  it('removes carts whose time to live is over, and accounts that are closed', () => {
    for (const kind of ['CART#', 'PROFILE']) {
      expect(ofKind(kind).some(({ NewImage, OldImage }) => NewImage === undefined && OldImage !== undefined)).toBe(
        true,
      );
    }
  });

  it('holds items that do not count, under names that do', () => {
    for (const prefix of ['PRODUCT#', 'REVIEW#']) expect(ofKind(prefix).length, prefix).toBeGreaterThan(0);
  });

  it('tells the table of some orders a day late', () => {
    const late = lines.flatMap((ofDay, index) =>
      ofDay.filter(
        ({ Keys, OldImage, NewImage }) =>
          text(Keys, 'SK').startsWith('ORDER#') &&
          OldImage === undefined &&
          Number(number(NewImage, 'createdAt')) < spanOfDay(FROM + index).from,
      ),
    );
    expect(late.length).toBeGreaterThan(0);
  });

  it('keeps books of things that a day does not show: what was created and undone within it', () => {
    const known = new Set(records.map(({ Keys }) => text(Keys, 'SK')));
    const voided = shop.history.filter(({ kind, state }) => kind === 'order' && state === 'voided');
    expect(voided.some((event) => event.kind === 'order' && !known.has(`ORDER#${event.order.id}`))).toBe(true);
    const instants = shop.history.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
  });

  it('gives the same table and books for the same seed, and others for another', () => {
    const hash = (seed: number) => {
      const { table, history } = playedShop({ seed, buyers: 30, from: FROM, to: FROM + 3 });
      const all = days.flatMap((day) => [...table.incrementalExport(spanOfDay(day))]);
      return createHash('sha256')
        .update(JSON.stringify([all, history]))
        .digest('hex');
    };
    expect(hash(3)).toBe(hash(3));
    expect(hash(4)).not.toBe(hash(3));
  });
});

describe('the malformed items of the shop', () => {
  it('break one rule each', async () => {
    const lines = malformedShopItems.map((broken) =>
      JSON.stringify({ NewImage: broken('oslo', 'x1', spanOfDay(FROM).from + 1) }),
    );
    const { counts } = await countObjects(layOutDay(FROM, [lines]), shopDefinition);
    expect(counts.rejects.map(({ reason }) => reason)).toEqual([
      'total.type',
      'createdAt.format',
      'createdAt.missing',
      'updatedAt.type',
    ]);
  });
});
