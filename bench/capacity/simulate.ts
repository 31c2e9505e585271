import { DynamoDbStore } from '../../src/adapters/aws/dynamodb-store.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { numbersOf } from '../../src/domain/analytics-record.ts';
import { rulesFor } from '../../src/domain/counting-rules.ts';
import { detailBytesOf } from '../../src/domain/detail-size.ts';
import { PROVISIONED_DETAIL_KB } from '../../src/domain/inline-detail.ts';
import { qualityOf } from '../../src/domain/provenance.ts';
import { dayOfMillis, formatDay, midnightOf, type UtcDay } from '../../src/domain/utc-day.ts';
import { PipelineFault } from '../../src/pipeline/faults.ts';
import type { CountedApp, CountedNumbers } from '../../src/pipeline/publish/counted-numbers.ts';
import { publishExport } from '../../src/pipeline/publish/publish-export.ts';
import { RESERVED_MILLIS } from '../../src/pipeline/run-context.ts';
import { VirtualClock } from './clock.ts';
import { ThrottledTable } from './table.ts';

/** What is to be written. */
export interface Workload {
  readonly apps: number;
  /** A day, in all apps together. */
  readonly usersADay: number;
}

export interface Finished {
  /** From the first write to the last day finished. */
  readonly minutes: number;
  /** How often a function began, at most, for one export. */
  readonly attempts: number;
  readonly writeUnits: number;
  readonly throttledWrites: number;
}

/** How a function is run until it succeeds. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
interface Repetition {
  readonly seconds: number;
  /** Before each repetition; as many as there are. */
  readonly delaySeconds: readonly number[];
}

/** The Aggregator, whose invocation Lambda repeats twice. */
const AGGREGATOR: Repetition = { seconds: 900, delaySeconds: [60, 120] };
/** The publisher of the state machine: cdk/constructs/large-export-definition.ts. */
const STATE_MACHINE: Repetition = { seconds: 900, delaySeconds: Array(90).fill(5) };

const TWO_O_CLOCK = 2.25 * 3_600_000;
const YESTERDAY = dayOfMillis(Date.parse('2026-11-24'));

/** The nightly run asks for seven days, whose exports are complete at the same time. */
export const firstNight = (workload: Workload): Promise<Finished> => {
  const days = Array.from({ length: 7 }, (_, ago) => YESTERDAY - ago);
  const exports = days.map((day) => exportOf(`night-${day}`, { from: day, to: day, isFull: false }, workload));
  return play(exports, AGGREGATOR);
};

/** One full export of 400 days. */
export const backfill = (workload: Workload): Promise<Finished> =>
  play([exportOf('backfill', { from: YESTERDAY - 399, to: YESTERDAY, isFull: true }, workload)], STATE_MACHINE);

async function play(exports: readonly CountedNumbers[], repetition: Repetition): Promise<Finished> {
  const start = midnightOf(YESTERDAY + 1) + TWO_O_CLOCK;
  const clock = new VirtualClock(start);
  const table = new ThrottledTable(clock);
  const attempts = await clock.run(
    Promise.all(
      exports.map((numbers) => repeated(clock, repetition, (deadline) => publish(table, numbers, clock, deadline))),
    ),
  );
  return {
    minutes: (clock.now() - start) / 60_000,
    attempts: Math.max(...attempts),
    writeUnits: table.writes.used,
    throttledWrites: table.writes.throttled,
  };
}

/** @returns how many attempts it took @throws what the last attempt has thrown */
async function repeated(
  clock: VirtualClock,
  { seconds, delaySeconds }: Repetition,
  attempt: (deadline: number) => Promise<unknown>,
): Promise<number> {
  for (let attempts = 1; ; attempts++) {
    try {
      await attempt(clock.now() + seconds * 1000);
      return attempts;
    } catch (error) {
      const delay = delaySeconds[attempts - 1];
      if (delay === undefined || !(error instanceof PipelineFault)) throw error;
      await clock.sleep(delay * 1000);
    }
  }
}

function publish(table: ThrottledTable, numbers: CountedNumbers, clock: VirtualClock, deadline: number) {
  const timeIsUp = new AbortController();
  clock.at(deadline - RESERVED_MILLIS, () => timeIsUp.abort(new PipelineFault({ what: "the function's time is up" })));
  const store = new DynamoDbStore({
    client: table.client(),
    tableName: 'analytics',
    definition: gamesDefinition,
    detail: { files: { bucket: 'detail', put: async () => undefined }, prefix: 'detail/' },
    signal: timeIsUp.signal,
  });
  const ports = {
    store,
    publisher: { publish: async () => undefined },
    maxPublishedApps: 100,
    inlineDetailKb: PROVISIONED_DETAIL_KB,
  };
  return publishExport(ports, numbers, {
    runId: numbers.provenance.exportId,
    startedAt: new Date(clock.now()),
    codeVersion: 'simulated',
    force: false,
    now: () => new Date(clock.now()),
    remainingMillis: () => deadline - clock.now(),
    log: { step: () => undefined, doubt: () => undefined },
  });
}

function exportOf(
  exportId: string,
  { from, to, isFull }: { readonly from: UtcDay; readonly to: UtcDay; readonly isFull: boolean },
  workload: Workload,
): CountedNumbers {
  const exportType = isFull ? 'FULL_EXPORT' : 'INCREMENTAL_EXPORT';
  const rules = rulesFor(gamesDefinition, { exportType, hasOldImages: !isFull, day: isFull ? null : from });
  const exportTime = new Date(midnightOf(to + 1)).toISOString();
  const days = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return {
    rules,
    provenance: { exportId, exportType, exportTime, quality: qualityOf(exportType), definition: gamesDefinition.hash },
    completedAt: midnightOf(to + 1) + TWO_O_CLOCK,
    window: { from, to },
    manifest: {
      bucket: 'exports',
      key: `exports/${formatDay(to)}/manifest-summary.json`,
      md5: 'sQMSpEILNgoQmarvDFonGQ==',
    },
    records: { read: 1, counted: 1, ignored: 0, deleted: 0, outsideWindow: 0, malformed: 0 },
    outside: isFull ? null : { touched: 0, early: 0, older: 0, late: {} },
    rejectsByReason: {},
    bytesRead: 1,
    apps: days.flatMap((day) => appsOf(day, workload)),
  };
}

/** Detail of more users is always in files: nobody has to make it. */
const MOST_USERS_MADE = 5000;

/** Equal apps, whose users have UUIDs, play, create parties (one in ten) and join some. */
function appsOf(day: UtcDay, { apps, usersADay }: Workload): CountedApp[] {
  const users = Math.max(1, Math.round(usersADay / apps));
  const made = Math.min(users, MOST_USERS_MADE);
  const ids = Array.from({ length: made }, (_, n) => `00000000-0000-4000-8000-${`${n}`.padStart(12, '0')}`);
  const counts = [
    { users: new Map(ids.map((id) => [id, 3])), sums: [] },
    { users: new Map(ids.filter((_, n) => n % 10 === 0).map((id) => [id, 1])), sums: [] },
    { users: new Map(ids.filter((_, n) => n % 5 === 0).map((id) => [id, 1])), sums: [] },
  ];
  const rules = rulesFor(gamesDefinition, { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day });
  const { summary, detail } = numbersOf(rules, counts);
  const detailBytes = Math.round((detailBytesOf(gamesDefinition, counts) / made) * users);
  const elsewhere = { bucket: 'detail', keys: [`detail/${formatDay(day)}/an-app-0123456789ab-export.parquet`], users };
  return Array.from({ length: apps }, (_, n) => ({
    day,
    app: `app-${n}`,
    summary,
    detailBytes,
    detail: (isInline) => (isInline ? detail : elsewhere),
  }));
}
