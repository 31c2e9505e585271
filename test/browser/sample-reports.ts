import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { midnightOf, type UtcDay } from '../../src/domain/utc-day.ts';
import { buildReport, type MetricReport, type Report } from '../../src/report/report.ts';
import { firstGames } from '../support/first-games.ts';
import { asBackfill, ledgerEntry, summary } from '../support/ledger.ts';
import { seededRandom } from '../support/seeded-random.ts';

const LAST: UtcDay = 20_778;
const now = midnightOf(LAST + 1) + 9 * 3_600_000;
const { metrics } = firstGames;

const apps: Record<string, readonly number[]> = {
  chess: [820, 2140, 240, 610],
  sudoku: [430, 980, 60, 150],
  crosswords: [210, 320, 20, 70],
};

/** Days of a game that grows a little and is played more on weekends. */
function nights(from: UtcDay, skip: (day: UtcDay) => boolean): LedgerEntry[] {
  const random = seededRandom(7);
  const days = Array.from({ length: LAST - from + 1 }, (_, index) => from + index);
  return days.flatMap((day) => {
    const weekend = [2, 3].includes(day % 7) ? 1.55 : 1;
    const growth = 1 + (day - LAST) / 900;
    const numbers = Object.entries(apps).map(
      ([app, base]) =>
        [
          app,
          summary(...base.map((value) => Math.round(value * weekend * growth * (0.9 + random.next() / 5)))),
        ] as const,
    );
    return skip(day) ? [] : [ledgerEntry(day, new Map(numbers))];
  });
}

/** 30 days: some lower bounds, a lost night, two missed ones, a quiet day. */
export function monthReport(): Report {
  const from = LAST - 29;
  const missing = [from + 2, LAST - 9, LAST - 10];
  const entries = nights(from - 7, (day) => missing.includes(day)).map((entry, index) =>
    index < 13 ? asBackfill(entry) : entry,
  );
  const quiet = entries.at(-5);
  if (quiet !== undefined) entries[entries.length - 5] = { ...quiet, apps: new Map() };
  return buildReport({ entries, from, to: LAST, now, earliestRestorable: midnightOf(from + 5), metrics });
}

/** All 455 days: two months before the first night, then a backfill, then exact nights. */
export function longReport(): Report {
  const from = LAST - 454;
  const entries = nights(from + 60, (day) => day % 97 === 0).map((entry, index) =>
    index < 330 ? asBackfill(entry) : entry,
  );
  return buildReport({ entries, from, to: LAST, now, earliestRestorable: midnightOf(LAST - 34), metrics });
}

/** The first four nights of an installation whose recovery had been on for a week: most of the 30 days lie before. */
export function firstWeekReport(): Report {
  const entries = nights(LAST - 3, () => false);
  return buildReport({ entries, from: LAST - 29, to: LAST, now, earliestRestorable: midnightOf(LAST - 3), metrics });
}

/** One app, whose numbers become exact in the middle. */
export function oneAppReport(): Report {
  const entries = nights(LAST - 60, () => false).map((entry, index) => (index < 25 ? asBackfill(entry) : entry));
  return buildReport({ entries, from: LAST - 48, to: LAST, now, earliestRestorable: null, metrics, app: 'chess' });
}

/** Twenty apps, some of them as large as others, with small numbers too. */
export function twentyAppsReport(): Report {
  const random = seededRandom(11);
  const names = Array.from({ length: 20 }, (_, index) => `app-${String.fromCharCode(97 + index)}`);
  const entries = Array.from({ length: 50 }, (_, ago) =>
    ledgerEntry(
      LAST - ago,
      new Map(
        names.map((name, index) => {
          const size = Math.round((400 / (index + 1)) * (0.8 + random.next() / 2.5));
          return [name, summary(size, size * 2, index % 3, Math.round(size / 20))];
        }),
      ),
    ),
  );
  return buildReport({ entries, from: LAST - 29, to: LAST, now, earliestRestorable: null, metrics });
}

/** The same report with so many metrics: those that there are, again and again under other names. */
export function withMetrics(report: Report, count: number): Report {
  const metrics = Array.from({ length: count }, (_, index) => {
    const { metric, ...numbers } = report.metrics[index % report.metrics.length] as MetricReport;
    return {
      metric: { ...metric, id: `${metric.id}${index}` as never, title: `${metric.title} ${index + 1}` },
      ...numbers,
    };
  });
  return { ...report, metrics };
}

/** A report of which full exports cannot tell the last metric. */
export function untoldReport(): Report {
  const report = oneAppReport();
  const metrics = report.metrics.map(({ series, ...told }, index) => ({
    ...told,
    series:
      index < 3
        ? series
        : series.map((app) => ({
            ...app,
            values: app.values.map((value, day) => (report.nights[day]?.state === 'exact' ? value : null)),
            weekMeans: app.weekMeans.map((value, day) => (report.nights[day]?.state === 'exact' ? value : null)),
          })),
  }));
  return { ...report, metrics };
}

const hostileNames = [
  '<script>hacked=1</script>',
  '"><img src=x onerror=hacked=1>',
  "' onload='hacked=1",
  '</title></svg><b>bold</b>',
  '</style><iframe src="https://example.com">',
  '&lt;not an entity&gt; &amp;',
  'javascript:hacked=1',
  '\u202egnp.exe',
  '__proto__',
  'x'.repeat(300),
  '日本語のアプリ🎲',
  '{{7*7}}',
];

export function hostileReport(): Report {
  const entries = [0, 1, 7].map((ago) =>
    ledgerEntry(LAST - ago, new Map(hostileNames.map((name, index) => [name, summary(100 - index, 20, 3, ago)])), {
      exportId: '<b>id</b>',
      rejectsByReason: { '<img src=x onerror=hacked=1>': 1 },
    }),
  );
  return buildReport({ entries, from: LAST - 6, to: LAST, now, earliestRestorable: null, metrics });
}

/** A week in which nothing happened, every night finished. */
export function quietReport(): Report {
  const entries = Array.from({ length: 7 }, (_, ago) => ledgerEntry(LAST - ago));
  return buildReport({ entries, from: LAST - 6, to: LAST, now, earliestRestorable: null, metrics });
}
