import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { midnightOf } from '../../src/domain/utc-day.ts';
import { countStates, nightsOf, recountsOf, remediesOf } from '../../src/report/nights.ts';
import { asBackfill, ledgerEntry } from '../support/ledger.ts';

const today = 20_000;
const HOUR = 3_600_000;
const morning = midnightOf(today) + 8 * HOUR;

const statesOf = (finished: readonly number[], earliestRestorable: number | null = null, now = morning) =>
  nightsOf({
    entries: finished.map((day) => ledgerEntry(day)),
    from: today - 6,
    to: today,
    now,
    earliestRestorable,
  }).map(({ state }) => state);

describe('the calendar of nights', () => {
  it('tells a finished day, a missed one and one that is not due yet', () => {
    expect(statesOf([today - 6, today - 5, today - 3, today - 2, today - 1])).toEqual([
      'exact',
      'exact',
      'missed',
      'exact',
      'exact',
      'exact',
      'pending',
    ]);
  });

  it('calls a missed day lost where point-in-time recovery no longer covers its first moment', () => {
    const earliest = midnightOf(today - 4) + 1;
    expect(statesOf([today - 6, today - 1], earliest)).toEqual([
      'exact',
      'lost',
      'lost',
      'missed',
      'missed',
      'exact',
      'pending',
    ]);
  });

  it('takes recovery to reach back 35 days where it is not known', () => {
    const nights = nightsOf({
      entries: [ledgerEntry(today - 50)],
      from: today - 37,
      to: today - 33,
      now: morning,
      earliestRestorable: null,
    });
    expect(nights.map(({ state }) => state)).toEqual(['lost', 'lost', 'lost', 'missed', 'missed']);
  });

  it('waits for a night until it is due', () => {
    expect(statesOf([today - 6], null, midnightOf(today) + 5 * HOUR).slice(-2)).toEqual(['pending', 'pending']);
    expect(statesOf([today - 6], null, midnightOf(today) + 6 * HOUR).slice(-2)).toEqual(['missed', 'pending']);
  });

  it('blames no night before the first one', () => {
    expect(statesOf([today - 3]).slice(0, 4)).toEqual(['before', 'before', 'before', 'exact']);
  });

  it('calls every due night missed where there is no first one', () => {
    expect(statesOf([])).toEqual([...Array<string>(6).fill('missed'), 'pending']);
  });

  it('shows a backfilled day as a lower bound', () => {
    const entries = [asBackfill(ledgerEntry(today - 1))];
    expect(nightsOf({ entries, from: today - 1, to: today - 1, now: morning, earliestRestorable: null })).toMatchObject(
      [{ state: 'lowerBound', entry: { exportType: 'FULL_EXPORT' } }],
    );
  });

  it('has one night for each day of the span, and every entry of the span in it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 60 })),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 0, max: 60 }),
        (days, from, length) => {
          const entries = days.map((day) => ledgerEntry(day));
          const nights = nightsOf({ entries, from, to: from + length, now: morning, earliestRestorable: null });
          expect(nights).toHaveLength(length + 1);
          expect(nights.filter(({ entry }) => entry).map(({ day }) => day)).toEqual(
            days.filter((day) => day >= from && day <= from + length).sort((a, b) => a - b),
          );
          expect(countStates(nights).reduce((sum, count) => sum + count.nights, 0)).toBe(length + 1);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it('names one backfill for all lost nights and a replay for each stretch of missed ones', () => {
  const entries = [today - 12, today - 10, today - 6, today - 5, today - 1].map((day) => ledgerEntry(day));
  const nights = nightsOf({
    entries,
    from: today - 12,
    to: today - 1,
    now: morning,
    earliestRestorable: midnightOf(today - 7),
  });
  expect(remediesOf(nights).map(({ nights, command }) => ({ nights, command }))).toEqual([
    { nights: 3, command: 'daytally backfill --from 2024-09-23' },
    { nights: 1, command: 'daytally replay 2024-09-27' },
    { nights: 3, command: 'daytally replay --from 2024-09-30 --to 2024-10-02' },
  ]);
});

describe('days that another definition has counted', () => {
  const recounts = (entries: readonly LedgerEntry[], earliestRestorable: number | null = null) => {
    const input = { entries, from: today - 6, to: today - 1, now: morning, earliestRestorable };
    return recountsOf(nightsOf(input), input).map(({ from, to, nights, command }) => [from, to, nights, command]);
  };
  const counted = (ago: number, definition: string, writtenAgo = ago) =>
    ledgerEntry(today - ago, {}, { definition, writtenAt: new Date(morning - writtenAgo * 24 * HOUR).toISOString() });

  it('are those before it was changed, with the replay that counts them anew', () => {
    const entries = [6, 5, 4, 3].map((ago) => counted(ago, 'old')).concat([2, 1].map((ago) => counted(ago, 'new')));
    expect(recounts(entries)).toEqual([
      ['2024-09-28', '2024-10-01', 4, 'daytally replay --from 2024-09-28 --to 2024-10-01'],
    ]);
  });

  it('are told by who has written last, not by the last day', () => {
    expect(recounts([counted(2, 'new', 0), counted(1, 'old')])).toEqual([
      ['2024-10-03', '2024-10-03', 1, 'daytally replay 2024-10-03'],
    ]);
  });

  it('have no replay where recovery no longer covers them', () => {
    const entries = [counted(6, 'old'), counted(5, 'old'), counted(1, 'new')];
    expect(recounts(entries, midnightOf(today - 5))).toEqual([
      ['2024-09-29', '2024-09-29', 1, 'daytally replay 2024-09-29'],
      ['2024-09-28', '2024-09-28', 1, 'daytally reprocess 2024-09-28'],
    ]);
  });

  it('are none where all were counted alike', () => {
    expect(recounts([3, 2, 1].map((ago) => counted(ago, 'same')))).toEqual([]);
    expect(recounts([])).toEqual([]);
  });
});
