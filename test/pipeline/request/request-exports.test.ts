import { describe, expect, it } from 'vitest';
import type { OperationsFigures } from '../../../src/domain/operations-metrics.ts';
import { midnightOf } from '../../../src/domain/utc-day.ts';
import type { ExportOrder, PastExport, StartedExport, TableExporter } from '../../../src/pipeline/ports.ts';
import { type RequestContext, requestExports } from '../../../src/pipeline/request/request-exports.ts';
import { ExportsNotStarted } from '../../../src/pipeline/request/start-exports.ts';
import { anEntry, day } from '../../support/factories.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const today = day('2024-11-22');
const TABLE_ARN = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games';
const RAISE = `aws dynamodb update-continuous-backups --table-name ${TABLE_ARN} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35`;

function aContext(changes: Partial<RequestContext> = {}) {
  const steps: { message: string; fields: object }[] = [];
  const context: RequestContext = {
    tableArn: TABLE_ARN,
    bucket: 'daytally-exports',
    s3Prefix: 'exports/',
    catchUpDays: 7,
    requestId: 'request-1',
    now: new Date(midnightOf(today) + 2 * 3_600_000),
    log: { step: (message, fields) => void steps.push({ message, fields }), doubt: () => undefined },
    ...changes,
  };
  return { context, steps };
}

const context = (changes: Partial<RequestContext> = {}): RequestContext => aContext(changes).context;

interface World {
  readonly restorableFrom?: number;
  readonly periodDays?: number;
  readonly fails?: (order: ExportOrder) => boolean;
  readonly past?: readonly PastExport[];
  readonly answer?: (order: ExportOrder, nth: number) => StartedExport;
}

function somePorts({
  restorableFrom = today - 35,
  periodDays = 35,
  fails = () => false,
  past = [],
  answer = (_, nth) => ({ exportArn: `arn:export/${nth}`, status: 'IN_PROGRESS', alreadyStarted: false }),
}: World = {}) {
  const store = new MemoryStore();
  const orders: ExportOrder[] = [];
  const told: OperationsFigures[] = [];
  const exporter: TableExporter = {
    recovery: async () => ({ earliest: midnightOf(restorableFrom), periodDays }),
    startExport: async (order) => {
      if (fails(order)) throw new Error('too many exports are running');
      orders.push(order);
      return answer(order, orders.length);
    },
    exportsSince: async (since) => past.filter(({ startedAt }) => startedAt >= since),
  };
  const operations = { tell: async (figures: OperationsFigures) => void told.push(figures) };
  return { store, exporter, operations, orders, told };
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
        outputView: 'NEW_AND_OLD_IMAGES',
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

  it('names the key that is to encrypt the exports', async () => {
    const ports = somePorts();
    const kmsKeyArn = 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d';
    await requestExports({ mode: 'incremental' }, ports, context({ catchUpDays: 1, kmsKeyArn }));
    await requestExports({ mode: 'backfill', backfillStartDate: today - 9 }, ports, context({ kmsKeyArn }));
    expect(ports.orders).toMatchObject([{ kmsKeyArn }, { kmsKeyArn }]);
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

describe('days that are lost', () => {
  it('are reported, with the remedy, unless they have lower bounds', async () => {
    const ports = somePorts({ restorableFrom: day('2024-11-20') });
    finish(ports.store, '2024-11-18', 'lowerBound');
    const { started, lost } = await requestExports({ mode: 'incremental' }, ports, context({ catchUpDays: 4 }));
    expect(started.map(({ window }) => window.from)).toEqual(['2024-11-20', '2024-11-21']);
    expect(lost).toEqual([
      {
        date: '2024-11-19',
        remedy:
          'point-in-time recovery no longer reaches back to this day; invoke with {"mode": "backfill", "backfillStartDate": "2024-11-19"} for lower bounds',
      },
    ]);
  });

  it('for want of days that recovery keeps name that as the cause, with the command that raises it', async () => {
    const { context: night, steps } = aContext({ catchUpDays: 1 });
    const ports = somePorts({ restorableFrom: today - 1 + 2 / 24, periodDays: 1 });
    const { started, lost } = await requestExports({ mode: 'incremental' }, ports, night);
    expect(started).toEqual([]);
    expect(lost[0]?.remedy).toBe(
      `point-in-time recovery keeps 1 day only (RecoveryPeriodInDays), so that nights are lost; to have it keep more from now on: ${RAISE}; invoke with {"mode": "backfill", "backfillStartDate": "2024-11-21"} for lower bounds`,
    );
    expect(steps).toContainEqual({ message: 'days lost', fields: { lost } });
  });
});

describe('each night', () => {
  it.each([
    ['none is missing', [15, 16, 17, 18, 19, 20], 0],
    ['yesterday is there already', [15, 16, 17, 18, 19, 20, 21], 0],
    ['two are missing', [15, 17, 18, 20], 2],
    ['none was ever counted', [], 6],
  ])('tells how many days before yesterday are not exact: %s', async (_what, exact, daysNotExact) => {
    const ports = somePorts();
    for (const past of exact) finish(ports.store, `2024-11-${past}`);
    await requestExports({ mode: 'incremental' }, ports, context());
    expect(ports.told).toContainEqual({ daysNotExact });
  });

  it('counts a lower bound as not exact', async () => {
    const ports = somePorts();
    finish(ports.store, '2024-11-20', 'lowerBound');
    await requestExports({ mode: 'incremental' }, ports, context({ catchUpDays: 2 }));
    expect(ports.told).toContainEqual({ daysNotExact: 1 });
  });

  it('looks at what became of what was asked for before', async () => {
    const { context: night, steps } = aContext();
    const startedAt = midnightOf(today - 1) + 2 * 3_600_000 + 5000;
    const past = {
      exportArn: `${TABLE_ARN}/export/0${startedAt}-a1`,
      keyPrefix: 'exports/incremental/2024-11-20/',
      status: 'FAILED',
      startedAt,
      failure: { code: 'S3NoSuchBucket', message: 'The specified bucket does not exist' },
    } as const;
    const ports = somePorts({ past: [past] });
    const { failed } = await requestExports({ mode: 'incremental' }, ports, night);
    expect(failed).toEqual([
      {
        mode: 'incremental',
        from: '2024-11-20',
        failureCode: 'S3NoSuchBucket',
        failureMessage: 'The specified bucket does not exist',
        exportArn: past.exportArn,
        startedAt: '2024-11-21T02:00:05.000Z',
        remedy: 'the bucket daytally-exports is gone: docs/runbook.md, ExportsFailed, says how to have it again',
        command: 'daytally replay --from 2024-11-20 --to 2024-11-20',
      },
    ]);
    expect(steps).toContainEqual({ message: 'export has failed', fields: failed[0] });
    expect(ports.told).toContainEqual({ exportsFailed: 1 });
  });

  it('asks, tells and looks back, whatever becomes of the others', async () => {
    const ports = somePorts({ fails: () => true });
    await expect(requestExports({ mode: 'incremental' }, ports, context())).rejects.toThrow(ExportsNotStarted);
    expect(ports.told).toEqual(expect.arrayContaining([{ daysNotExact: 6 }, { exportsFailed: 0 }]));

    const blind = somePorts();
    blind.exporter.exportsSince = async () => Promise.reject(new Error('may not look'));
    await expect(requestExports({ mode: 'incremental' }, blind, context())).rejects.toThrow('may not look');
    expect(blind.orders).toHaveLength(7);
    expect(blind.told).toEqual([{ daysNotExact: 6 }]);

    const dumb = somePorts({ fails: () => true });
    dumb.operations.tell = async () => Promise.reject(new Error('CloudWatch is down'));
    await expect(requestExports({ mode: 'incremental' }, dumb, context({ catchUpDays: 1 }))).rejects.toThrow(
      /^1 of 1 exports could not be started; .* \| CloudWatch is down \| CloudWatch is down$/,
    );
  });

  it('is a matter of the night: a person who asks for something is told of that alone', async () => {
    const ports = somePorts();
    await requestExports({ mode: 'replay', from: today - 2, to: today - 1 }, ports, context());
    await requestExports({ mode: 'backfill', backfillStartDate: today - 9 }, ports, context());
    expect(ports.told).toEqual([]);
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

describe('an export that was asked for on the same day before', () => {
  const earlier = (status: StartedExport['status']): StartedExport => ({
    exportArn: 'arn:export/before',
    status,
    alreadyStarted: true,
    ...(status === 'FAILED' ? { failure: { code: 'S3NoSuchBucket', message: 'gone' } } : {}),
  });
  const fresh: StartedExport = { exportArn: 'arn:export/new', status: 'IN_PROGRESS', alreadyStarted: false };
  const replay = { mode: 'replay', from: today - 1, to: today - 1 } as const;
  const incremental = { mode: 'incremental' } as const;

  it.each([
    ['the nightly run', 'is under way', incremental, 'IN_PROGRESS', 'arn:export/before', 1],
    ['the nightly run', 'is complete', incremental, 'COMPLETED', 'arn:export/before', 1],
    ['a replay', 'is under way', replay, 'IN_PROGRESS', 'arn:export/before', 1],
    ['a replay', 'is complete', replay, 'COMPLETED', 'arn:export/new', 2],
    ['a replay', 'has failed', replay, 'FAILED', 'arn:export/new', 2],
  ] as const)('by %s, and %s', async (_who, _how, request, status, exportArn, asked) => {
    const ports = somePorts({ answer: (_, nth) => (nth === 1 ? earlier(status) : fresh) });
    const { started } = await requestExports(request, ports, context({ catchUpDays: 1 }));
    expect(started).toMatchObject([{ exportArn, alreadyStarted: exportArn === 'arn:export/before' }]);
    expect(ports.orders).toHaveLength(asked);
    expect(new Set(ports.orders.map(({ clientToken }) => clientToken)).size).toBe(asked);
  });

  it('by the nightly run, and has failed, is a fault that says why: nothing is started twice', async () => {
    const ports = somePorts({ answer: () => earlier('FAILED') });
    await expect(requestExports(incremental, ports, context({ catchUpDays: 1 }))).rejects.toThrow(
      /2024-11-21: arn:export\/before: the export has failed; found S3NoSuchBucket: gone; the bucket daytally-exports is gone/,
    );
    expect(ports.orders).toHaveLength(1);
  });

  it('by the nightly run, and has failed, is none where the day has exact numbers by now', async () => {
    const ports = somePorts({ answer: () => earlier('FAILED') });
    finish(ports.store, '2024-11-21');
    const { started } = await requestExports(incremental, ports, context({ catchUpDays: 1 }));
    expect(started).toMatchObject([{ exportArn: 'arn:export/before', alreadyStarted: true }]);
  });

  it('is not asked for anew for ever', async () => {
    const ports = somePorts({ answer: () => earlier('FAILED') });
    await expect(requestExports(replay, ports, context())).rejects.toThrow('S3NoSuchBucket');
    expect(ports.orders).toHaveLength(21);
  });
});
