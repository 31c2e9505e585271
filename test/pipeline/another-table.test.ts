import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { inline, type Outcome } from '../support/aggregations.ts';
import { fullLine, incrementalLine, paidBack, placed, profile, shop, visit } from '../support/another-table.ts';
import { layOut } from '../support/exports.ts';
import { day } from '../support/factories.ts';

/* A table that is none of games, from the lines of its export to what is stored and published. */

const noon = day('2024-11-21') * 86_400 + 43_200;
const THIRTY_EIGHT_NINES = '9'.repeat(38);

const changes = [
  placed('ada', '1', noon, '19.99', '3.19'),
  placed('ada', '2', noon, '0.01', '0.000000000000000000000000000000000001'),
  placed('__proto__', '1', noon, '-5.50', '0E+3'),
  placed('grace', '1', noon - 86_400, '1000'),
  paidBack('grace', '2', '2024-11-21T10:00:00Z', '12.5'),
  paidBack('grace', '3', '2024-11-21T11:00:00+01:00', '7.50'),
  profile('ada', noon),
  profile('linus', noon),
  visit('web', 'a'),
  visit('web', 'b'),
  visit('blog', 'a'),
];

const S = (text: string) => ({ S: text });
const N = (value: number) => ({ N: `${value}` });
const nothing = { NULL: true };

const itemOf = ({ items }: Outcome, app: string) => items.get(JSON.stringify([S('2024-11-21'), S(app)])) as object;
const ledgerOf = (outcome: Outcome) => itemOf(outcome, '#run') as Record<keyof LedgerEntry, unknown>;

describe('an incremental export of one day', async () => {
  const outcome = await inline(shop, layOut({ files: [changes.map(incrementalLine)] }));

  it('has its numbers in the record: sums exact and as text, with all their digits', () => {
    expect(itemOf(outcome, 'web')).toEqual({
      date: S('2024-11-21'),
      app: S('web'),
      buyersIds: { L: [S('__proto__'), S('ada')] },
      revenue: S('14.5'),
      taxes: S('3.190000000000000000000000000000000001'),
      refundsPerUser: { M: { grace: N(2) } },
      refunded: S('20'),
      profilesIds: { L: [S('ada'), S('linus')] },
      visits: N(2),
      summary: {
        M: {
          buyers: N(2),
          revenue: S('14.5'),
          taxes: S('3.190000000000000000000000000000000001'),
          refunds: N(2),
          refunded: S('20'),
          profiles: N(2),
          visits: N(2),
        },
      },
      exportId: S('01732233600000-a1b2c3d4'),
      exportType: S('INCREMENTAL_EXPORT'),
      exportTime: S('2024-11-22T00:00:00.000Z'),
      quality: S('exact'),
      definition: S(shop.hash),
      writtenAt: S('2024-11-22T03:00:00.000Z'),
      codeVersion: S('v1'),
      expiresAt: N(Date.parse('2024-11-22T03:00:00Z') / 1000 + 455 * 86_400),
    });
  });

  it('counts what nobody did, and keeps no user of it', () => {
    expect(itemOf(outcome, 'blog')).toMatchObject({
      visits: N(1),
      buyersIds: { L: [] },
      refundsPerUser: { M: {} },
      revenue: S('0'),
    });
    expect(JSON.stringify(itemOf(outcome, 'blog'))).not.toContain('{"S":""}');
  });

  it('has them in the ledger, beside what nothing at all would have come to', () => {
    const zeros = { buyers: N(0), revenue: S('0'), taxes: S('0'), refunds: N(0), refunded: S('0') };
    expect(ledgerOf(outcome)).toMatchObject({
      definition: S(shop.hash),
      nothing: { M: { ...zeros, profiles: N(0), visits: N(0) } },
      apps: { M: { blog: { M: { ...zeros, visits: N(1) } }, web: { M: { revenue: S('14.5') } } } },
      records: { M: { read: N(11), counted: N(10), outsideWindow: N(1), malformed: N(0) } },
    });
  });

  it('publishes the nearest number to CloudWatch, under the names of the definition', () => {
    const timestamp = Date.parse('2024-11-21T12:00:00Z');
    expect(outcome.points.filter(({ app }) => app === 'web')).toEqual([
      { name: 'Buyers', app: 'web', value: 2, timestamp },
      { name: 'Revenue', app: 'web', value: 14.5, timestamp },
      { name: 'Taxes', app: 'web', value: 3.19, timestamp },
      { name: 'Refunds', app: 'web', value: 2, timestamp },
      { name: 'Refunded', app: 'web', value: 20, timestamp },
      { name: 'Profiles', app: 'web', value: 2, timestamp },
      { name: 'Visits', app: 'web', value: 2, timestamp },
    ]);
  });

  it('adds up more than 38 digits, which no number of DynamoDB could hold', async () => {
    const orders = [placed('ada', '1', noon, THIRTY_EIGHT_NINES), placed('ada', '2', noon, '0.5')];
    const { items } = await inline(shop, layOut({ files: orders.map((order) => [incrementalLine(order)]) }));
    expect(items.get(JSON.stringify([S('2024-11-21'), S('web')]))).toMatchObject({
      revenue: S(`${THIRTY_EIGHT_NINES}.5`),
    });
  });

  it('refuses an amount that is none, with its reason', async () => {
    const bad = ['1E+126', '1e', '', '1'.repeat(39)].map((total, index) => placed('ada', `${index}`, noon, total));
    const text = { image: { ...bad[0]?.image, total: S('12') }, old: null };
    const none = { image: { ...bad[0]?.image, total: undefined }, old: null };
    const lines = [...bad, text, none].map(incrementalLine);
    const { result } = await inline(shop, layOut({ files: [lines] }));
    expect(result).toMatchObject({
      records: { read: 6, counted: 0, malformed: 6 },
      rejectsByReason: { 'total.format': 4, 'total.type': 1, 'total.missing': 1 },
    });
  });
});

describe('an export that cannot tell all', () => {
  const full = {
    exportType: 'FULL_EXPORT',
    exportTime: '2024-11-22T00:10:00.000Z',
    exportFromTime: undefined,
    exportToTime: undefined,
    outputView: undefined,
  };

  it('in full: has null for changes and for what bears no time, in record and ledger, and publishes no point of it', async () => {
    const outcome = await inline(shop, layOut({ files: [changes.map(fullLine)], summary: full }));
    const untold = { buyers: nothing, revenue: nothing, taxes: nothing, refunds: nothing, refunded: nothing };
    expect(itemOf(outcome, 'web')).toMatchObject({
      buyersIds: nothing,
      revenue: nothing,
      taxes: nothing,
      refundsPerUser: nothing,
      refunded: nothing,
      visits: nothing,
      profilesIds: { L: [S('ada'), S('linus')] },
      summary: { M: { ...untold, profiles: N(2), visits: nothing } },
      quality: S('lowerBound'),
    });
    expect(ledgerOf(outcome)).toMatchObject({
      nothing: { M: { ...untold, profiles: N(0), visits: nothing } },
      records: { M: { read: N(11), counted: N(2), ignored: N(9) } },
    });
    expect(outcome.points.map(({ name, value }) => [name, value])).toEqual([['Profiles', 2]]);
    expect(outcome.items.has(JSON.stringify([S('2024-11-21'), S('blog')]))).toBe(false);
  });

  it('of new images alone: has null for changes', async () => {
    const summary = { outputView: 'NEW_IMAGES' };
    const outcome = await inline(shop, layOut({ files: [changes.map(incrementalLine)], summary }));
    expect(itemOf(outcome, 'web')).toMatchObject({ revenue: nothing, visits: N(2), profilesIds: { L: [{}, {}] } });
  });

  it('of two days: has null for what bears no time', async () => {
    const summary = { exportFromTime: '2024-11-20T00:00:00.000Z' };
    const outcome = await inline(shop, layOut({ files: [changes.map(incrementalLine)], summary }));
    expect(itemOf(outcome, 'web')).toMatchObject({ revenue: S('14.5'), visits: nothing });
  });
});
