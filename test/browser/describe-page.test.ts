import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toPage } from '../../src/report/describe/html/page.ts';
import { describeItems, describeLines, type Item, N, S } from '../support/described.ts';
import { linesOfDay, playedShop } from '../support/shop.ts';
import { type Look, type Opened, Pages, SCREENSHOTS, sidewaysScroll } from './pages.ts';

const pages = Pages.forTests();

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

const looks: [string, () => string, Look][] = [
  ['describe-light', shopNight, {}],
  ['describe-dark', shopNight, { colorScheme: 'dark' }],
  ['describe-phone', shopNight, { width: 390 }],
  ['describe-phone-dark', shopNight, { width: 390, colorScheme: 'dark' }],
  ['describe-hostile', hostileTable, { width: 900 }],
  ['describe-empty', empty, { width: 900 }],
];

describe.each(looks)('%s', (name, html, look) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await pages.open(html(), look);
    await opened.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  });
  afterAll(async () => await opened.page.close());

  it('asks nobody for anything and has nothing to complain of', () => expect(opened.complaints).toEqual([]));

  it('does not scroll sideways', async () => expect(await sidewaysScroll(opened.page)).toBeLessThanOrEqual(0));

  it('has no violation of accessibility rules', async () => expect(await pages.violationsIn(opened.page)).toEqual([]));

  it('has no element that a name has made', async () => {
    const injected = await opened.page.evaluate(
      "document.querySelectorAll('script, img, iframe, b, a, [onload], [onerror]').length",
    );
    expect(injected).toBe(0);
  });
});

it('draws the longest bars for the largest kind', async () => {
  const { page } = await pages.open(shopNight());
  const widths = await page.$$eval('.bar.items', (bars) => bars.map((bar) => bar.getBoundingClientRect().width));
  expect(widths.length).toBeGreaterThanOrEqual(4);
  expect(widths[0]).toBe(Math.max(...widths));
  expect(widths).toEqual([...widths].sort((a, b) => b - a));
  await page.close();
});
