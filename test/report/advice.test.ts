import { expect, it } from 'vitest';
import { formatDay, midnightOf } from '../../src/domain/utc-day.ts';
import { adviceOf, nightsOf } from '../../src/report/nights.ts';
import { asBackfill, ledgerEntry } from '../support/ledger.ts';

const today = 20_000;
const HOUR = 3_600_000;
const morning = midnightOf(today) + 8 * HOUR;
const replay = (day: number) => `daytally replay ${formatDay(day)}`;
const backfill = (day: number) => `daytally backfill --from ${formatDay(day)}`;

interface Case {
  readonly what: string;
  readonly ago: number;
  /** Days ago that are finished: exact, or as `b` a lower bound. */
  readonly finished: readonly (number | `b${number}`)[];
  /** How many days recovery reaches back; 35 where that is not known. */
  readonly covers?: number;
  readonly now?: number;
  readonly state: string;
  readonly command: string | undefined;
}

const cases: readonly Case[] = [
  { what: 'a finished day', ago: 3, finished: [5, 3], state: 'exact', command: undefined },
  { what: 'a missed one', ago: 3, finished: [5, 1], state: 'missed', command: replay(today - 3) },
  {
    what: 'one that recovery has lost',
    ago: 3,
    finished: [5, 1],
    covers: 2,
    state: 'lost',
    command: backfill(today - 3),
  },
  { what: 'one of 35 days ago', ago: 35, finished: [40], state: 'lost', command: backfill(today - 35) },
  { what: 'one of 34 days ago', ago: 34, finished: [40], state: 'missed', command: replay(today - 34) },
  {
    what: 'a lower bound that could be exact',
    ago: 3,
    finished: [5, 'b3'],
    state: 'lowerBound',
    command: replay(today - 3),
  },
  { what: 'a lower bound for good', ago: 3, finished: [5, 'b3'], covers: 2, state: 'lowerBound', command: undefined },
  {
    what: 'a day before the first night that can be had',
    ago: 9,
    finished: [3, 1],
    state: 'before',
    command: replay(today - 9),
  },
  { what: 'one that cannot', ago: 9, finished: [3, 1], covers: 5, state: 'before', command: backfill(today - 9) },
  { what: 'one of a year before', ago: 365, finished: [3, 1], state: 'before', command: backfill(today - 365) },
  { what: 'a day where nothing has ever run', ago: 3, finished: [], state: 'missed', command: replay(today - 3) },
  {
    what: 'yesterday before it is due',
    ago: 1,
    finished: [2],
    now: midnightOf(today) + 5 * HOUR,
    state: 'pending',
    command: undefined,
  },
  { what: 'yesterday when it is due', ago: 1, finished: [2], state: 'missed', command: replay(today - 1) },
  { what: 'today', ago: 0, finished: [2], state: 'pending', command: undefined },
];

it.each(cases)('$what', ({ ago, finished, covers, now = morning, state, command }) => {
  const entries = finished.map((one) =>
    typeof one === 'number' ? ledgerEntry(today - one) : asBackfill(ledgerEntry(today - Number(one.slice(1)))),
  );
  const known = { entries, now, earliestRestorable: covers === undefined ? null : midnightOf(today - covers) };
  const { night, advice } = adviceOf(today - ago, known);
  expect({ state: night.state, command: advice?.command }).toEqual({ state, command });
  // Whatever span a calendar shows, it says the same of the day.
  for (const [before, after] of [
    [0, 0],
    [34, 0],
    [7, 3],
    [90, 10],
  ] as const) {
    const span = { from: today - ago - before, to: today - ago + after };
    expect(nightsOf({ ...known, ...span })[before]?.state).toBe(state);
  }
});
