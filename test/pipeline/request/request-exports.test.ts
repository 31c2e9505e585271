import { describe, expect, it } from 'vitest';
import { midnightOf } from '../../../src/domain/utc-day.ts';
import type { ExportOrder, TableExporter } from '../../../src/pipeline/ports.ts';
import {
  ExportsNotStarted,
  type RequestContext,
  requestExports,
} from '../../../src/pipeline/request/request-exports.ts';
import { anEntry, day } from '../../support/factories.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const today = day('2024-11-22');

const context = (changes: Partial<RequestContext> = {}): RequestContext => ({
  tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
  bucket: 'daytally-exports',
  s3Prefix: 'exports/',
  catchUpDays: 7,
  requestId: 'request-1',
  now: new Date(midnightOf(today) + 2 * 3_600_000),
  log: { step: () => undefined },
  ...changes,
});

function somePorts({ restorableFrom = today - 35, fails = (_: ExportOrder): boolean => false } = {}) {
  const store = new MemoryStore();
  const orders: ExportOrder[] = [];
  const exporter: TableExporter = {
    earliestRestorable: async () => midnightOf(restorableFrom),
    startExport: async (order) => {
      if (fails(order)) throw new Error('too many exports are running');
      orders.push(order);
      return { exportArn: `arn:export/${orders.length}`, alreadyStarted: false };
    },
  };
  return { store, exporter, orders };
}

const finish = (store: MemoryStore, date: string, quality: 'exact' | 'lowerBound' = 'exact') =>
  store.ledger.set(date, anEntry(day(date), { quality }));

describe('incremental', () => {
  it('asks for yesterday alone when nothing was missed', async () => {
    const ports = somePorts();
    for (let past = 15; past <= 20; past++) finish(ports.store, `2024-11-${past}`);
    const { started, lost } = await requestExports({ mode: 'incremental' }, ports, context());
    expect(ports.orders).toEqual([
      {
        exportType: 'INCREMENTAL_EXPORT',
        span: { from: Date.parse('2024-11-21T00:00:00Z'), to: Date.parse('2024-11-22T00:00:00Z') },
        keyPrefix: 'exports/incremental/2024-11-21/',
        clientToken: expect.stringMatching(/^[0-9a-f]{36}$/),
      },
    ]);
    expect(started).toEqual([
      {
        window: { from: '2024-11-21', to: '2024-11-21' },
        exportArn: 'arn:export/1',
        keyPrefix: 'exports/incremental/2024-11-21/',
        alreadyStarted: false,
      },
    ]);
    expect(lost).toEqual([]);
  });

  it('asks for missed days and those with lower bounds first, the oldest first', async () => {
    const ports = somePorts();
    for (const past of [15, 16, 18, 20]) finish(ports.store, `2024-11-${past}`);
    finish(ports.store, '2024-11-19', 'lowerBound');
    const { started } = await requestExports({ mode: 'incremental' }, ports, context());
    expect(started.map(({ window }) => window.from)).toEqual(['2024-11-17', '2024-11-19', '2024-11-21']);
  });

  it('fills the past week on the first night', async () => {
    const ports = somePorts();
    await requestExports({ mode: 'incremental' }, ports, context());
    expect(ports.orders.map(({ keyPrefix }) => keyPrefix.slice(-11, -1))).toEqual(
      [15, 16, 17, 18, 19, 20, 21].map((date) => `2024-11-${date}`),
    );
  });

  it('asks for yesterday even where its numbers are there', async () => {
    const ports = somePorts();
    finish(ports.store, '2024-11-21');
    const { started } = await requestExports({ mode: 'incremental' }, ports, context({ catchUpDays: 1 }));
    expect(started).toHaveLength(1);
  });

  it('reports days before the earliest restorable time as lost, with the remedy, unless they have lower bounds', async () => {
    const ports = somePorts({ restorableFrom: day('2024-11-20') });
    finish(ports.store, '2024-11-18', 'lowerBound');
    const { started, lost } = await requestExports({ mode: 'incremental' }, ports, context({ catchUpDays: 4 }));
    expect(started.map(({ window }) => window.from)).toEqual(['2024-11-20', '2024-11-21']);
    expect(lost).toEqual([
      {
        date: '2024-11-19',
        remedy: expect.stringContaining('{"mode": "backfill", "backfillStartDate": "2024-11-19"}'),
      },
    ]);
  });

  it('starts the others where one fails, and names all outcomes in the end', async () => {
    const ports = somePorts({ fails: ({ keyPrefix }) => keyPrefix.includes('2024-11-20') });
    const failure = await requestExports({ mode: 'incremental' }, ports, context({ catchUpDays: 3 })).catch((e) => e);
    expect(failure).toBeInstanceOf(ExportsNotStarted);
    expect(failure.message).toBe(
      '1 of 3 exports could not be started; found 2024-11-20: too many exports are running; started: 2024-11-19, 2024-11-21; lost: none',
    );
    expect(ports.orders).toHaveLength(2);
  });
});

describe('client tokens', () => {
  const tokensOf = async (changes: Partial<RequestContext>, mode: 'incremental' | 'backfill' = 'incremental') => {
    const ports = somePorts();
    const request = mode === 'incremental' ? ({ mode } as const) : ({ mode, backfillStartDate: today - 30 } as const);
    await requestExports(request, ports, context({ catchUpDays: 2, ...changes }));
    return ports.orders.map(({ clientToken }) => clientToken);
  };

  it('are the same for the same window, whoever asks', async () => {
    await expect(tokensOf({ requestId: 'request-2' })).resolves.toEqual(await tokensOf({}));
  });

  it.each([
    ['table', { tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/other' }],
    ['bucket', { bucket: 'other-bucket' }],
    ['prefix', { s3Prefix: 'other/' }],
  ])('differ by %s', async (_what, change) => {
    const all = [...(await tokensOf({})), ...(await tokensOf(change))];
    expect(new Set(all).size).toBe(4);
  });

  it('of a backfill are the same for a retry and another for another invocation', async () => {
    const first = await tokensOf({}, 'backfill');
    await expect(tokensOf({}, 'backfill')).resolves.toEqual(first);
    await expect(tokensOf({ requestId: 'request-2' }, 'backfill')).resolves.not.toEqual(first);
  });
});

it('asks for a full export with the start date in the key for a backfill', async () => {
  const ports = somePorts();
  const { started } = await requestExports(
    { mode: 'backfill', backfillStartDate: day('2024-01-01') },
    ports,
    context(),
  );
  const [order] = ports.orders;
  expect(order).toEqual({
    exportType: 'FULL_EXPORT',
    keyPrefix: expect.stringMatching(/^exports\/backfill\/2024-01-01\/[0-9a-f]{12}\/$/),
    clientToken: expect.stringMatching(/^[0-9a-f]{36}$/),
  });
  expect(started[0]?.window).toEqual({ from: '2024-01-01', to: '2024-11-21' });
});

it('asks for each day of a replay that can still be had', async () => {
  const ports = somePorts({ restorableFrom: day('2024-11-19') });
  const { started, lost } = await requestExports(
    { mode: 'replay', from: day('2024-11-18'), to: day('2024-11-20') },
    ports,
    context(),
  );
  expect(started.map(({ window }) => window.from)).toEqual(['2024-11-19', '2024-11-20']);
  expect(lost.map(({ date }) => date)).toEqual(['2024-11-18']);
});
