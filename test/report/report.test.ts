import { describe, expect, it } from 'vitest';
import { midnightOf } from '../../src/domain/utc-day.ts';
import { buildReport, sinceFirstNight } from '../../src/report/report.ts';
import { toCsv, toJson } from '../../src/report/rows.ts';
import { firstGames } from '../support/first-games.ts';
import { asBackfill, ledgerEntry, summary } from '../support/ledger.ts';

const to = 20_000;
const now = midnightOf(to + 1) + 8 * 3_600_000;
const { metrics } = firstGames;
const span = { from: to - 2, to, now, earliestRestorable: null, metrics };

describe('a report', () => {
  const entries = [
    ledgerEntry(to - 7, { chess: summary(4, 10) }),
    asBackfill(ledgerEntry(to - 2, { chess: summary(5, 9), go: summary(50, 60) })),
    ledgerEntry(to, { chess: summary(6, 12, 1, 2) }),
  ];
  const report = buildReport({ ...span, entries });

  it('has one metric report for each metric of the definition, in its order', () => {
    expect(report.metrics.map(({ metric }) => metric.id)).toEqual(metrics.map(({ id }) => id));
  });

  it('tells a missed day (null) from a day on which an app was quiet (0)', () => {
    expect(report.metrics[0]?.series.map(({ app, values }) => ({ app, values }))).toEqual([
      { app: 'go', values: [50, null, 0] },
      { app: 'chess', values: [5, null, 6] },
    ]);
  });

  it('compares the last finished day with what is usual on its weekday', () => {
    expect(report.metrics[1]?.series[1]?.latest).toMatchObject({
      date: '2024-10-04',
      value: 12,
      usual: { mean: 10, dates: ['2024-09-27'] },
    });
  });

  it('takes the last four of that weekday, whatever the span', () => {
    const weeks = [0, 7, 14, 21, 28, 35].map((ago) => ledgerEntry(to - ago, { chess: summary(100 - ago) }));
    const { latest } = buildReport({ ...span, entries: weeks }).metrics[0]?.series[0] ?? {};
    expect(latest?.usual).toMatchObject({
      mean: 82.5,
      dates: ['2024-09-27', '2024-09-20', '2024-09-13', '2024-09-06'],
    });
  });

  it('means over days before the span too, where they are given', () => {
    const days = [0, 1, 2, 3, 4, 5, 6].map((ago) => ledgerEntry(to - ago, { chess: summary(ago) }));
    expect(buildReport({ ...span, entries: days }).metrics[0]?.series[0]?.weekMeans.at(-1)).toBe(3);
  });

  it('has nothing to compare with where the night before was missed', () => {
    const alone = buildReport({ ...span, entries: entries.slice(1) });
    expect(alone.metrics[1]?.series[1]?.latest).toMatchObject({ value: 12, usual: null });
  });

  it('shows a quiet day as finished, with no app', () => {
    const quiet = buildReport({ ...span, from: to, entries: [ledgerEntry(to, {})] });
    expect(quiet).toMatchObject({ apps: [], nights: [{ state: 'exact' }], remedies: [] });
  });

  it('narrows to one app and one metric', () => {
    const one = buildReport({ ...span, entries, app: 'chess', metric: 'gamesPlayed' });
    expect(one.metrics.map(({ metric, series }) => [metric.id, series.map(({ app }) => app)])).toEqual([
      ['gamesPlayed', ['chess']],
    ]);
  });

  it('puts the days that one run wrote together', () => {
    const backfilled = buildReport({ ...span, entries: [to - 2, to - 1].map((day) => asBackfill(ledgerEntry(day))) });
    expect(backfilled.runs).toMatchObject([
      { from: '2024-10-02', to: '2024-10-03', days: 2, exportType: 'FULL_EXPORT' },
    ]);
    expect(report.runs.map(({ days, durationMillis }) => ({ days, durationMillis }))).toEqual([
      { days: 1, durationMillis: 4321 },
      { days: 1, durationMillis: 4321 },
    ]);
  });

  it('writes csv by date, then app, with the quality of each number', () => {
    expect(toCsv(report, { raw: false })).toBe(`date,app,activeUsers,gamesPlayed,partiesCreated,partiesJoined,quality
2024-10-02,chess,5,9,0,0,lowerBound
2024-10-02,go,50,60,0,0,lowerBound
2024-10-04,chess,6,12,1,2,exact
2024-10-04,go,0,0,0,0,exact
`);
  });

  it('quotes what would break a line of csv', () => {
    const hostile = buildReport({
      ...span,
      from: to,
      entries: [ledgerEntry(to, { 'a,"b"\nc': summary(1) })],
      metric: 'activeUsers',
    });
    expect(toCsv(hostile, { raw: true })).toBe('date,app,activeUsers,quality\n2024-10-04,"a,""b""\nc",1,exact\n');
  });

  it('writes json with nights, days, remedies and runs', () => {
    expect(JSON.parse(toJson(report))).toMatchObject({
      from: '2024-10-02',
      to: '2024-10-04',
      nights: [{ state: 'lowerBound' }, { state: 'missed', exportId: null }, { state: 'exact' }],
      days: [
        { app: 'chess', activeUsers: 5 },
        { app: 'go' },
        { date: '2024-10-04', gamesPlayed: 12 },
        { app: 'go', activeUsers: 0 },
      ],
      remedies: [{ command: 'daytally replay 2024-10-03' }],
      runs: [{ records: { read: 110 } }, {}],
    });
  });
});

describe('a report since the first night', () => {
  const since = (entries: Parameters<typeof buildReport>[0]['entries']) =>
    sinceFirstNight(buildReport({ ...span, from: to - 9, entries }));

  it('leaves out the days before, of nights and of every series', () => {
    const { from, nights, metrics: reports } = since([2, 0].map((ago) => ledgerEntry(to - ago, { chess: summary(7) })));
    expect({ from, states: nights.map(({ state }) => state) }).toEqual({
      from: '2024-10-02',
      states: ['exact', 'missed', 'exact'],
    });
    expect(reports[0]?.series[0]).toMatchObject({ values: [7, null, 7], weekMeans: [null, null, null] });
  });

  it('is the whole one where all nights are there, or none', () => {
    expect(since([ledgerEntry(to - 20)]).nights).toHaveLength(10);
    expect(since([]).nights).toHaveLength(10);
  });
});
