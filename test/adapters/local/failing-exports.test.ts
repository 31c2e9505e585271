import { describe, expect, it } from 'vitest';
import { MILLIS_PER_DAY } from '../../../src/domain/utc-day.ts';
import { type RequestedExports, requestExports } from '../../../src/pipeline/request/request-exports.ts';
import { anEntry } from '../../support/factories.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { simulatedWorld } from './simulated-world.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const NIGHT = 20_051;
const TWO = (day: number) => (day + 1) * MILLIS_PER_DAY + 2 * HOUR;

/** A bucket that S3 refuses to write to while there is trouble. */
class TroubledBucket {
  readonly bucket = 'daytally-exports';
  readonly #written = new MemoryBucket();
  trouble: { readonly name: string; readonly message: string } | undefined;

  async put(key: string, bytes: Uint8Array): Promise<void> {
    if (this.trouble !== undefined) throw Object.assign(new Error(this.trouble.message), { name: this.trouble.name });
    await this.#written.put(key, [bytes]);
  }
}

/** The Export function's work, night by night, against a table whose exports behave as DynamoDB's. */
function aTable() {
  const world = simulatedWorld(new TroubledBucket());
  const store = new MemoryStore();
  const told = new Map<string, number>();
  const operations = {
    tell: async (figures: object) => {
      for (const [name, value] of Object.entries(figures)) told.set(name, value);
    },
  };
  const invoke = (request: Parameters<typeof requestExports>[0]): Promise<RequestedExports> =>
    requestExports(
      request,
      { exporter: world.exporter, store, operations },
      {
        tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
        bucket: world.bucket.bucket,
        s3Prefix: 'exports/',
        catchUpDays: 2,
        requestId: `request-${world.clock.now}`,
        now: new Date(world.clock.now),
        log: { step: () => undefined, doubt: () => undefined },
      },
    );
  const at = (millis: number) => {
    world.clock.now = millis;
  };
  const finish = (...days: number[]) => {
    for (const entry of days.map((day) => anEntry(day, {}))) store.ledger.set(entry.date, entry);
  };
  finish(NIGHT - 2, NIGHT - 1);
  return { ...world, told, invoke, at, finish };
}

const replay = { mode: 'replay', from: NIGHT, to: NIGHT } as const;

describe.each([
  ['a bucket that is gone', 'NoSuchBucket', 'The specified bucket does not exist', 'S3NoSuchBucket'],
  ['a bucket that may not be written', 'AccessDenied', 'Access Denied', 'S3AccessDenied'],
  ['a key that may not be used', 'AccessDenied', 'not authorized: kms:GenerateDataKey', 'S3AccessDenied'],
])('%s', (_what, name, message, code) => {
  it('is accepted and fails without an event; the next night says so, asks again, and is well once it is mended', async () => {
    const { bucket, events, told, invoke, at, finish } = aTable();
    bucket.trouble = { name, message };
    at(TWO(NIGHT));
    expect((await invoke({ mode: 'incremental' })).started).toMatchObject([{ alreadyStarted: false }]);
    expect(events).toEqual([]);
    expect(told.get('exportsFailed')).toBe(0);

    at(TWO(NIGHT + 1));
    bucket.trouble = undefined;
    const next = await invoke({ mode: 'incremental' });
    expect(next.failed).toMatchObject([
      { from: '2024-11-24', failureCode: code, failureMessage: message, remedy: expect.any(String) },
    ]);
    expect(told.get('exportsFailed')).toBe(1);
    expect(told.get('daysNotExact')).toBe(1);
    expect(next.started).toMatchObject([
      { window: { from: '2024-11-24' }, alreadyStarted: false },
      { window: { from: '2024-11-25' }, alreadyStarted: false },
    ]);
    expect(events.length).toBeGreaterThan(0);

    finish(NIGHT, NIGHT + 1);
    at(TWO(NIGHT + 2));
    expect((await invoke({ mode: 'incremental' })).failed).toEqual([]);
    expect([told.get('exportsFailed'), told.get('daysNotExact')]).toEqual([0, 0]);
  });

  it('is asked for again on the same day by a person, once it is mended, and started once', async () => {
    const { bucket, events, invoke, at } = aTable();
    bucket.trouble = { name, message };
    at(TWO(NIGHT));
    const [first] = (await invoke({ mode: 'incremental' })).started;
    at(TWO(NIGHT) + HOUR);
    const [second] = (await invoke(replay)).started;
    expect(second?.exportArn).not.toBe(first?.exportArn);
    bucket.trouble = undefined;
    at(TWO(NIGHT) + 2 * HOUR);
    const [third] = (await invoke(replay)).started;
    expect(third).toMatchObject({ alreadyStarted: false });
    const written = events.length;
    expect(written).toBeGreaterThan(0);
    at(TWO(NIGHT) + 2 * HOUR + 5 * MINUTE);
    expect((await invoke(replay)).started).toMatchObject([{ exportArn: third?.exportArn, alreadyStarted: true }]);
    expect(events).toHaveLength(written);
  });
});

it('a repeated invocation starts nothing twice', async () => {
  const { events, invoke, at } = aTable();
  at(TWO(NIGHT));
  const first = await invoke({ mode: 'incremental' });
  const written = events.length;
  for (const minutes of [1, 3, 30, 119]) {
    at(TWO(NIGHT) + minutes * MINUTE);
    const again = await invoke({ mode: 'incremental' });
    expect(again.started).toEqual(first.started.map((one) => ({ ...one, alreadyStarted: true })));
  }
  expect(events).toHaveLength(written);
});

it('a repeated invocation whose export has failed meanwhile says why, and starts nothing', async () => {
  const { bucket, exporter, invoke, at } = aTable();
  bucket.trouble = { name: 'NoSuchBucket', message: 'gone' };
  at(TWO(NIGHT));
  await invoke({ mode: 'incremental' });
  at(TWO(NIGHT) + 30 * MINUTE);
  await expect(invoke({ mode: 'incremental' })).rejects.toThrow('S3NoSuchBucket: gone');
  expect(await exporter.exportsSince(0)).toHaveLength(1);
});
