import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Chromium, startChromium } from '../../scripts/pictures/chromium.ts';
import { toFragment, toPage } from '../../src/report/html/page.ts';
import type { Report } from '../../src/report/report.ts';

/** For a person to look at; git ignores it. */
export const SCREENSHOTS = join(import.meta.dirname, '../../screenshots');

export interface Opened {
  readonly page: Page;
  /** What the page did that it must not do. */
  readonly complaints: string[];
}

export interface Look {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** A browser for the tests of a file. */
export class Pages {
  #browser: Chromium | undefined;
  #folder = '';

  /** Starts it before the tests and ends it behind them. */
  static forTests(): Pages {
    const pages = new Pages();
    beforeAll(() => pages.#start());
    afterAll(() => pages.#stop());
    return pages;
  }

  async #start(): Promise<void> {
    this.#browser = await startChromium();
    this.#folder = await mkdtemp(join(tmpdir(), 'daytally-pages-'));
    await mkdir(SCREENSHOTS, { recursive: true });
  }

  async #stop(): Promise<void> {
    await this.#browser?.close();
    await rm(this.#folder, { recursive: true });
  }

  get #context() {
    if (this.#browser === undefined) throw new Error('the browser has not been started');
    return this.#browser.context;
  }

  async open(html: string, { width = 1200, colorScheme = 'light' }: Look = {}): Promise<Opened> {
    const page = await this.#context.newPage();
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const file = join(this.#folder, `${Math.random()}.html`);
    await writeFile(file, html);
    const url = pathToFileURL(file).href;
    const complaints = listen(page, url);
    await page.goto(url);
    return { page, complaints };
  }

  /** What axe finds in the page with every fold open and the numbers of a day shown. */
  async violationsIn(page: Page): Promise<string[]> {
    // The page's policy forbids scripts, its own as well as ours: axe goes in beside it.
    const session = await this.#context.newCDPSession(page);
    await session.send('Page.setBypassCSP', { enabled: true });
    await page.reload();
    for (const step of [openFolds, keepOneOfEach, "document.querySelector('.day input')?.focus()", axe.source]) {
      await page.evaluate(step);
    }
    const { violations } = await page.evaluate(
      async () => await (globalThis as never as { axe: typeof axe }).axe.run(),
    );
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }
}

function listen(page: Page, url: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  return complaints;
}

export const openFolds = "document.querySelectorAll('details').forEach((details) => { details.open = true; })";

/** Days, rows and cards that are like those before them tell axe nothing new, and cost it minutes. */
const keepOneOfEach = `document.querySelectorAll('.day:nth-child(n+5), .numbers tbody:nth-of-type(n+5), .metric:nth-child(n+5)')
  .forEach((element) => element.remove())`;

export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth');

export const pageOf = (report: Report) => toPage(report, { title: 'Product metrics', theme: 'auto' });

/** The widget as it stands in a dashboard: among other markup, with the theme that it was told. */
export const dashboardWith = (report: Report, theme: 'light' | 'dark', height = 900) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Dashboard</title><link rel="icon" href="data:,"></head>
<body style="margin:0;padding:12px;background:${theme === 'dark' ? '#16191f' : '#fff'}"><main><h1 style="font-size:0">Dashboard</h1>
${toFragment(report, { theme, height })}</main></body></html>`;
