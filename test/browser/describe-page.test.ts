import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPage } from '../../src/report/describe/html/page.ts';
import { describeItems, describeLines, type Item, N, S } from '../support/described.ts';
import { linesOfDay, playedShop } from '../support/shop.ts';
import { type Chromium, startChromium } from './chromium.ts';

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

const DAY = 20_700;

const shopNight = (): string => {
  const shop = playedShop({ seed: 5, buyers: 300, from: DAY - 4, to: DAY });
  return toPage(describeLines(linesOfDay(shop, DAY).map((line) => JSON.parse(line))));
};

const hostile = '<img src=x onerror=hacked=1>';

/** Kinds, types and attributes with names that would be markup. */
const hostileTable = (): string =>
  toPage(
    describeItems(
      Array.from(
        { length: 40 },
        (_, n): Item => ({
          pk: S(`a${n}b`),
          [hostile]: N(n),
          'x" onload="hacked=1': N(n),
          ['y'.repeat(200)]: S('z'),
          Type: S('A<b>B</b>'),
        }),
      ),
    ),
  );

const empty = (): string => toPage(describeItems([]));

interface Opened {
  readonly page: Page;
  readonly complaints: string[];
}

async function open(html: string, width: number, colorScheme: 'light' | 'dark'): Promise<Opened> {
  const page = await browser.context.newPage();
  const complaints: string[] = [];
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const file = join(folder, `${Math.random()}.html`);
  await writeFile(file, html);
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== pathToFileURL(file).href) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  return { page, complaints };
}

async function violationsIn(page: Page): Promise<string[]> {
  const session = await browser.context.newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload();
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(async () => await (globalThis as never as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

describe.each<[string, () => string, number, 'light' | 'dark']>([
  ['describe-light', shopNight, 1200, 'light'],
  ['describe-dark', shopNight, 1200, 'dark'],
  ['describe-narrow', shopNight, 390, 'light'],
  ['describe-narrow-dark', shopNight, 390, 'dark'],
  ['describe-hostile', hostileTable, 900, 'light'],
  ['describe-empty', empty, 900, 'light'],
])('%s', (name, html, width, colorScheme) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(html(), width, colorScheme);
    await opened.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  });
  afterAll(async () => await opened.page.close());

  it('asks nobody for anything and has nothing to complain of', () => expect(opened.complaints).toEqual([]));

  it('does not scroll sideways', async () => {
    const overflow = await opened.page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('has no violation of accessibility rules', async () => expect(await violationsIn(opened.page)).toEqual([]));

  it('has no element that a name has made', async () => {
    const injected = await opened.page.evaluate(
      "document.querySelectorAll('script, img, iframe, b, a, [onload], [onerror]').length",
    );
    expect(injected).toBe(0);
  });
});

it('draws the longest bars for the largest kind', async () => {
  const { page } = await open(shopNight(), 1200, 'light');
  const widths = await page.$$eval('.bar.items', (bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  expect(widths.length).toBeGreaterThanOrEqual(4);
  expect(widths[0]).toBe(Math.max(...widths));
  expect(widths).toEqual([...widths].sort((a, b) => b - a));
  await page.close();
});
