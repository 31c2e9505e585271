import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  dashboardWith,
  type Look,
  type Opened,
  openFolds,
  Pages,
  pageOf,
  SCREENSHOTS,
  sidewaysScroll,
} from './pages.ts';
import {
  firstWeekReport,
  hostileReport,
  longReport,
  monthReport,
  oneAppReport,
  quietReport,
  twentyAppsReport,
  untoldReport,
  withMetrics,
} from './sample-reports.ts';

const pages = Pages.forTests();

const looks: [string, () => string, Look][] = [
  ['page-light', () => pageOf(monthReport()), {}],
  ['page-dark', () => pageOf(monthReport()), { colorScheme: 'dark' }],
  ['page-phone', () => pageOf(monthReport()), { width: 390 }],
  ['page-phone-dark', () => pageOf(monthReport()), { width: 390, colorScheme: 'dark' }],
  ['page-tablet', () => pageOf(monthReport()), { width: 820 }],
  ['page-1920', () => pageOf(monthReport()), { width: 1920 }],
  ['page-first-week', () => pageOf(firstWeekReport()), {}],
  ['page-one-app', () => pageOf(oneAppReport()), {}],
  ['page-one-metric', () => pageOf(withMetrics(oneAppReport(), 1)), {}],
  ['page-twelve-metrics', () => pageOf(withMetrics(monthReport(), 12)), { width: 1920 }],
  ['page-twelve-metrics-phone', () => pageOf(withMetrics(monthReport(), 12)), { width: 390 }],
  ['page-sixty-four-metrics', () => pageOf(withMetrics(untoldReport(), 64)), {}],
  ['page-untold', () => pageOf(untoldReport()), { width: 820, colorScheme: 'dark' }],
  ['page-twenty-apps', () => pageOf(twentyAppsReport()), {}],
  ['page-twenty-apps-phone', () => pageOf(twentyAppsReport()), { width: 390 }],
  ['page-455-days', () => pageOf(longReport()), {}],
  ['page-455-days-phone', () => pageOf(longReport()), { width: 390 }],
  ['page-hostile-names', () => pageOf(hostileReport()), {}],
  ['page-hostile-names-phone', () => pageOf(hostileReport()), { width: 390 }],
  ['page-quiet', () => pageOf(quietReport()), {}],
  ['widget-light', () => dashboardWith(monthReport(), 'light'), { width: 900 }],
  ['widget-dark', () => dashboardWith(monthReport(), 'dark'), { width: 900 }],
  ['widget-small', () => dashboardWith(monthReport(), 'light', 400), { width: 420 }],
];

/** Elements that hide a part of what is in them, names that are cut with an ellipsis aside. */
const CUT = `[...document.querySelectorAll('.daytally *')]
  .filter((element) => !element.closest('svg, .hidden, bdi, .end') && element.checkVisibility())
  .filter((element) => getComputedStyle(element).overflow !== 'visible')
  .filter((element) => element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight)
  .map((element) => element.outerHTML.slice(0, 200))`;

/** Texts that run out of the card or the cell that they are in; a calendar's few named days stand above many cells. */
const OUTSIDE = `[...document.querySelectorAll('.card :is(p, li, td, th, dd, summary, code, .tick, .zone span):not(.months thead th)')]
  .filter((element) => element.checkVisibility() && !element.closest('.hidden'))
  .filter((element) => {
    const [inner, outer] = [element, element.closest('.card')].map((each) => each.getBoundingClientRect());
    return inner.left < outer.left - 1 || inner.right > outer.right + 1 || element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
  })
  .map((element) => element.outerHTML.slice(0, 200))`;

describe.each(looks)('%s', (name, html, look) => {
  let opened: Opened;
  beforeAll(async () => {
    opened = await pages.open(html(), look);
    await opened.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: true });
  });
  afterAll(async () => await opened.page.close());

  it('asks nobody for anything and has nothing to complain of', () => expect(opened.complaints).toEqual([]));

  it('has no scroll bars but that of the page, and nothing that is cut or runs out of its card', async () => {
    await opened.page.evaluate(openFolds);
    expect(await sidewaysScroll(opened.page)).toBeLessThanOrEqual(0);
    expect(await opened.page.evaluate(CUT)).toEqual([]);
    expect(await opened.page.evaluate(OUTSIDE)).toEqual([]);
  });

  it('has no violation of accessibility rules', async () => expect(await pages.violationsIn(opened.page)).toEqual([]));
});

describe('on paper', () => {
  it.each([
    ['page-light', monthReport()],
    ['page-one-app', oneAppReport()],
    ['page-twelve-metrics', withMetrics(monthReport(), 12)],
    ['page-twenty-apps', twentyAppsReport()],
    ['page-455-days', longReport()],
  ])('%s is one page, of either size', async (name, report) => {
    const { page } = await pages.open(pageOf(report), { colorScheme: 'dark' });
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format, path: join(SCREENSHOTS, `${name}-${format}.pdf`) });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    }
    await page.close();
  });
});
