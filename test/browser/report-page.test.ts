import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toFragment, toPage } from '../../src/report/html/page.ts';
import { buildReport, type Report } from '../../src/report/report.ts';
import { rowsOf } from '../../src/report/rows.ts';
import { firstGames } from '../support/first-games.ts';
import { type Chromium, startChromium } from './chromium.ts';
import { hostileReport, longReport, monthReport, quietReport } from './sample-reports.ts';

/** For a person to look at; git ignores it. */
const SCREENSHOTS = join(import.meta.dirname, '../../screenshots');

let browser: Chromium;
let folder: string;

beforeAll(async () => {
  browser = await startChromium();
  folder = await mkdtemp(join(tmpdir(), 'daytally-pages-'));
  await mkdir(SCREENSHOTS, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true });
});

interface Opened {
  readonly page: Page;
  /** What the page did that it must not do. */
  readonly complaints: string[];
}

interface Look {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

async function open(html: string, { width = 1200, colorScheme = 'light' }: Look = {}): Promise<Opened> {
  const page = await browser.context.newPage();
  const complaints: string[] = [];
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const file = join(folder, `${Math.random()}.html`);
  await writeFile(file, html);
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

const pageOf = (report: Report) => toPage(report, { title: 'Product metrics', theme: 'auto' });

/** The widget as it stands in a dashboard: among other markup, with the theme that it was told. */
const dashboardWith = (report: Report, theme: 'light' | 'dark', height = 900) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Dashboard</title><link rel="icon" href="data:,"></head>
<body style="margin:0;padding:12px;background:${theme === 'dark' ? '#16191f' : '#fff'}"><main><h1 style="font-size:0">Dashboard</h1>
${toFragment(report, { title: 'History', theme, height })}</main></body></html>`;

async function violationsIn(page: Page): Promise<string[]> {
  // The page's policy forbids scripts, its own as well as ours: axe goes in beside it.
  const session = await browser.context.newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  await page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async () => await (globalThis as never as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

const looks: [string, () => string, Look][] = [
  ['page-light', () => pageOf(monthReport()), {}],
  ['page-dark', () => pageOf(monthReport()), { colorScheme: 'dark' }],
  ['page-narrow', () => pageOf(monthReport()), { width: 390 }],
  ['page-narrow-dark', () => pageOf(monthReport()), { width: 390, colorScheme: 'dark' }],
  ['page-455-days', () => pageOf(longReport()), {}],
  ['page-hostile-names', () => pageOf(hostileReport()), {}],
  ['page-quiet', () => pageOf(quietReport()), {}],
  ['widget-light', () => dashboardWith(monthReport(), 'light'), { width: 900 }],
  ['widget-dark', () => dashboardWith(monthReport(), 'dark'), { width: 900 }],
  ['widget-small', () => dashboardWith(monthReport(), 'light', 400), { width: 420 }],
];

describe.each(looks)('%s', (name, html, look) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(html(), look);
    await opened.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  });
  afterAll(async () => await opened.page.close());

  it('asks nobody for anything and has nothing to complain of', () => expect(opened.complaints).toEqual([]));

  it('does not scroll sideways', async () => {
    const overflow = await opened.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('has no violation of accessibility rules', async () => expect(await violationsIn(opened.page)).toEqual([]));
});

/** The texts of the cells of a table's body, row by row. */
const cellsOf = (page: Page, selector: string): Promise<string[][]> =>
  page.$$eval(`${selector} tbody tr`, (rows) =>
    rows.map((row) => [...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').trim())),
  );

describe('the numbers in the page', () => {
  it.each([
    ['a month', monthReport()],
    ['hostile names', hostileReport()],
  ])('are those of the records: %s', async (_, report) => {
    const { page } = await open(pageOf(report));
    const shown = await cellsOf(page, 'details .numbers');
    expect(
      shown.map(([date, app, ...rest]) => [
        date,
        app,
        ...rest.slice(0, -1).map((text) => Number(text.replaceAll(',', ''))),
      ]),
    ).toEqual(
      rowsOf(report).map(({ date, app, values }) => [
        date,
        app.trim(),
        ...report.metrics.map(({ metric }) => values[metric.id]),
      ]),
    );
    await page.close();
  });

  it('compare the last day with the same weekday before', async () => {
    const report = monthReport();
    const { page } = await open(pageOf(report));
    const [first] = report.metrics;
    const shown = await cellsOf(page, '.metric:first-child .comparison');
    expect(shown.map(([app, latest, before]) => [app, latest, before])).toEqual(
      first?.series.map(({ app, latest }) => [
        app,
        latest?.value.toLocaleString('en-GB'),
        latest?.before?.value.toLocaleString('en-GB') ?? '–',
      ]),
    );
    await page.close();
  });

  it('show where the pointer is', async () => {
    const { page } = await open(pageOf(monthReport()));
    const day = page.locator('.metric:first-child .day').nth(22);
    await day.hover();
    expect(await page.evaluate("getComputedStyle(document.querySelector('.day:hover')).fill")).not.toBe(
      'rgba(0, 0, 0, 0)',
    );
    expect(await day.locator('title').textContent()).toMatch(/^\w{3} \d+ \w{3} \d{4}, exact\nchess: [\d,]+ \(/);
    await page.close();
  });
});

const INJECTED = `({
  elements: document.querySelectorAll('script, img, iframe, b, a, [onload], [onerror], [onclick]').length,
  touched: 'hacked' in globalThis,
})`;

describe('hostile names', () => {
  it('stay text', async () => {
    const { page, complaints } = await open(pageOf(hostileReport()));
    const injected = await page.evaluate(INJECTED);
    expect({ injected, complaints }).toEqual({ injected: { elements: 0, touched: false }, complaints: [] });
    await page.close();
  });

  it('stay text even where the policy of the page is not in force', async () => {
    const { page } = await open(dashboardWith(hostileReport(), 'light'));
    expect(await page.evaluate(INJECTED)).toEqual({ elements: 0, touched: false });
    await page.close();
  });
});

it('follows what the reader prefers, light or dark', async () => {
  const background = async (colorScheme: 'light' | 'dark') => {
    const { page } = await open(pageOf(quietReport()), { colorScheme });
    const color = await page.evaluate("getComputedStyle(document.querySelector('.daytally')).backgroundColor");
    await page.close();
    return color;
  };
  expect(await background('light')).not.toBe(await background('dark'));
});

it('shows nothing of a report in which no night is finished but that', async () => {
  const empty = buildReport({
    entries: [],
    from: 20_000,
    to: 20_006,
    now: 20_010 * 86_400_000,
    earliestRestorable: null,
    metrics: firstGames.metrics,
  });
  const { page, complaints } = await open(pageOf(empty));
  expect(await page.locator('.verdict').textContent()).toBe('No finished night');
  expect(complaints).toEqual([]);
  await page.close();
});
