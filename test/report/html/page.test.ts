import { describe, expect, it } from 'vitest';
import { midnightOf } from '../../../src/domain/utc-day.ts';
import { formatNumber } from '../../../src/report/format.ts';
import { toFragment, toPage } from '../../../src/report/html/page.ts';
import { buildReport } from '../../../src/report/report.ts';
import { firstGames } from '../../support/first-games.ts';
import { asBackfill, ledgerEntry, summary } from '../../support/ledger.ts';

const to = 20_000;
const now = midnightOf(to + 1) + 8 * 3_600_000;

type Entries = Parameters<typeof buildReport>[0]['entries'];

const reportOf = (entries: Entries, from = to - 9) =>
  buildReport({ entries, from, to, now, earliestRestorable: null, metrics: firstGames.metrics });
const pageOf = (entries: Entries, from?: number) =>
  toPage(reportOf(entries, from), { title: 'Metrics', theme: 'auto' });

const daysAgo = (...ago: number[]) => ago.map((each) => ledgerEntry(to - each, { chess: summary(50), go: summary(3) }));

describe('the page', () => {
  it('may load and run nothing', () => {
    const page = pageOf(daysAgo(0));
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:`);
    expect(page).not.toMatch(/<script|<iframe|<use|url\(|@import|https?:\/\//i);
  });

  it.each<[string, Entries, string]>([
    ['that nothing is missing', daysAgo(0, 1), '2 nights, none missing'],
    [
      'how many nights are lower bounds',
      [...daysAgo(0), ...daysAgo(1).map(asBackfill)],
      '2 nights: 1 lower bound, none missing',
    ],
    ['what is missing', daysAgo(0, 2), '3 nights, 1 missed'],
    ['that there is nothing', [], 'No finished night'],
  ])('says first %s', (_, entries, words) => expect(pageOf(entries)).toContain(`</i>${words}</p>`));

  it('begins with the first night', () => {
    expect(pageOf(daysAgo(0, 1))).toContain('<p>Thu 3 Oct 2024 to Fri 4 Oct 2024</p>');
  });

  it('says what a number is compared with', () => {
    const page = pageOf(daysAgo(0, 7, 14, 21, 28));
    expect(page).toContain('<th scope="col">Usual Friday</th>');
    expect(page).toContain('Usual: the mean of the last 4 Fridays, 6 Sep to 27 Sep.');
    expect(pageOf(daysAgo(0, 7))).toContain('Usual: as on Fri 27 Sep.');
    expect(pageOf(daysAgo(0, 1))).toContain('No exact Friday before this one to compare with.');
    expect(pageOf(daysAgo(0, 7).map(asBackfill))).toContain('A lower bound is not compared');
  });

  it('makes no triumph of small numbers', () => {
    const page = pageOf([
      ledgerEntry(to, { chess: summary(18, 1300), go: summary(0) }),
      ...[7, 14, 21, 28].map((ago) => ledgerEntry(to - ago, { chess: summary(3, 1000), go: summary(0) })),
    ]);
    expect(page).toContain('<span class="change level">+15</span>');
    expect(page).toContain('<span class="change up"><span aria-hidden="true">▲</span> +30 %</span>');
  });

  it('shows the number of a single app as the figure of its card', () => {
    const page = pageOf([ledgerEntry(to, { chess: summary(1234) })]);
    expect(page).toContain('<p class="figure"><strong>1,234</strong>');
    expect(page).not.toContain('class="comparison');
  });

  it('has the newest day first among all numbers, and tells a metric without a number from zero', () => {
    const report = reportOf(daysAgo(0, 1));
    const [first, ...others] = report.metrics;
    const untold = first && {
      ...first,
      series: first.series.map((series) => ({ ...series, exact: series.exact.map(() => null) })),
    };
    const page = toPage({ ...report, metrics: untold ? [untold, ...others] : [] }, { title: 'x', theme: 'auto' });
    const numbers = page.slice(page.indexOf('<table class="numbers'));
    expect([...numbers.matchAll(/colspan="5">([^<]+)/g)].map(([, day]) => day)).toEqual([
      'Fri 4 Oct 2024',
      'Thu 3 Oct 2024',
    ]);
    expect(numbers).toContain('<td role="cell">–</td>');
    expect(numbers).toContain('<td role="cell">0</td>');
  });

  it('leaves out old days where the numbers are too many, and says so', () => {
    const apps = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`app${index}`, summary(1)]));
    const page = pageOf(Array.from({ length: 10 }, (_, ago) => ledgerEntry(to - ago, apps)));
    expect(page).toContain('Every app on the last 5 finished days of 10, the newest first. All: <code>');
    expect(page).toContain('<summary>Show 5,000 rows</summary>');
    expect(page.length).toBeLessThan(3_000_000);
  });

  it.each([1000, 5000])('stays small on a dashboard, be there %d apps', (count) => {
    const apps = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`app${index}`, summary(count - index)]),
    );
    const entries = Array.from({ length: 30 }, (_, ago) => ledgerEntry(to - ago, apps));
    const report = reportOf(entries, to - 29);
    const widget = toFragment(report, { theme: 'light', height: 800 });
    expect(widget.length).toBeLessThan(600_000);
    expect(widget).toContain(`The 500 largest of ${formatNumber(count)} apps`);
    expect(widget).toContain(`and ${formatNumber(count - 7)} other apps, the 100 largest of them`);
    expect(widget).toContain('<bdi>app0</bdi>');
  });

  it('tells the reasons of unreadable records in words, the code beside them, and how many it leaves out', () => {
    const rejectsByReason = {
      'owner.format': 4,
      'updatedAt.missing': 3,
      'line.json': 2,
      'modelId.type': 1,
      'app.reserved': 1,
    };
    const page = pageOf([ledgerEntry(to, {}, { rejectsByReason })]);
    expect(page).toContain('4 × owner does not have its form <code>owner.<wbr>format</code>');
    expect(page).toContain('and 2 other reasons (2 records)');
  });

  it.each([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
    [4, 'two'],
    [12, 'three'],
  ])('puts %d metrics into rows that leave none alone', (count, columns) => {
    const report = reportOf(daysAgo(0));
    const metrics = Array.from({ length: count }, (_, index) => report.metrics[index % report.metrics.length]);
    const page = toPage({ ...report, metrics: metrics.flatMap((each) => each ?? []) }, { title: 'x', theme: 'auto' });
    expect(page).toContain(`<div class="cards ${columns}">`);
  });
});

it('is the same with a given theme, as a part of another page', () => {
  expect(toFragment(reportOf(daysAgo(0)), { theme: 'dark', height: 600 })).toMatch(
    /^<style>[\s\S]*<div class="daytally widget dark">/,
  );
});
