import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatDayLong, formatMean, formatNumber, formatValue } from '../../src/report/format.ts';
import { buildReport } from '../../src/report/report.ts';
import { rowsOf } from '../../src/report/rows.ts';
import { firstGames } from '../support/first-games.ts';
import { dashboardWith, Pages, pageOf } from './pages.ts';
import { hostileReport, monthReport, quietReport, twentyAppsReport } from './sample-reports.ts';

const pages = Pages.forTests();

/** The texts of the cells of a table's body, row by row. */
const cellsOf = (page: Page, selector: string): Promise<string[][]> =>
  page.$$eval(`${selector} tbody tr`, (rows) =>
    rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim())),
  );

/** Every number of the table that is behind a fold, with the day that stands above it. */
const numbersOf = (page: Page): Promise<string[][]> =>
  page.$$eval('.numbers tbody', (days) =>
    days.flatMap((day) => {
      const [heading, ...rows] = day.querySelectorAll('tr');
      const own = (row: typeof day) =>
        [...row.querySelectorAll('th, td')].map((cell: typeof day) => (cell.lastChild?.textContent ?? '').trim());
      return rows.map((row: typeof day) => [heading?.textContent ?? '', ...own(row)]);
    }),
  );

describe('the numbers in the page', () => {
  it.each([
    ['a month', monthReport()],
    ['hostile names', hostileReport()],
  ])('are those of the records: %s', async (_, report) => {
    const { page } = await pages.open(pageOf(report));
    const shown = await numbersOf(page);
    const expected = rowsOf(report).map(({ date, app, values, quality }) =>
      [
        `${formatDayLong(date)}${quality === 'exact' ? '' : ' lower bounds'}`,
        app.trim(),
        ...report.metrics.map(({ metric }) => formatValue(values[metric.id] ?? null)),
      ].join('|'),
    );
    expect(shown.map((cells) => cells.join('|')).sort()).toEqual(expected.sort());
    await page.close();
  });

  it('compare the last day with what is usual', async () => {
    const report = monthReport();
    const { page } = await pages.open(pageOf(report));
    const [first] = report.metrics;
    const shown = await cellsOf(page, '.metric:first-child .comparison');
    expect(shown.map(([app, latest, usual]) => [app, latest, usual])).toEqual(
      first?.series.map(({ app, latest }) => [
        app,
        formatNumber(latest?.value ?? 0),
        formatMean(latest?.usual?.mean ?? 0),
      ]),
    );
    await page.close();
  });
});

it('folds away what is for few: codes, ids and the apps that are not drawn', async () => {
  const { page } = await pages.open(pageOf(twentyAppsReport()));
  expect(await page.locator('code:visible').count()).toBe(0);
  expect(await page.locator('.metric:first-child .more summary').textContent()).toBe('and 13 other apps');
  await page.locator('.runs summary').first().click();
  expect(await page.locator('.runs code:visible').allTextContents()).toContain('owner.format');
  await page.close();
});

const INJECTED = `({
  elements: document.querySelectorAll('script, img, iframe, b, a, [onload], [onerror], [onclick]').length,
  touched: 'hacked' in globalThis,
})`;

describe('hostile names', () => {
  it('stay text', async () => {
    const { page, complaints } = await pages.open(pageOf(hostileReport()));
    const injected = await page.evaluate(INJECTED);
    expect({ injected, complaints }).toEqual({ injected: { elements: 0, touched: false }, complaints: [] });
    await page.close();
  });

  it('stay text even where the policy of the page is not in force', async () => {
    const { page } = await pages.open(dashboardWith(hostileReport(), 'light'));
    expect(await page.evaluate(INJECTED)).toEqual({ elements: 0, touched: false });
    await page.close();
  });
});

it('follows what the reader prefers, light or dark', async () => {
  const background = async (colorScheme: 'light' | 'dark') => {
    const { page } = await pages.open(pageOf(quietReport()), { colorScheme });
    const color = await page.evaluate("getComputedStyle(document.querySelector('.daytally')).backgroundColor");
    await page.close();
    return color;
  };
  expect(await background('light')).not.toBe(await background('dark'));
});

it('shows nothing of a report in which no night is finished but that', async () => {
  const empty = buildReport({
    entries: [],
    metrics: firstGames.metrics,
    from: 20_000,
    to: 20_006,
    now: 20_010 * 86_400_000,
    earliestRestorable: null,
  });
  const { page, complaints } = await pages.open(pageOf(empty));
  expect(await page.locator('.verdict').textContent()).toBe('No finished night');
  expect(complaints).toEqual([]);
  await page.close();
});
