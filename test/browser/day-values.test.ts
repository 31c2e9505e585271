import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { formatDayLong, formatNumber } from '../../src/report/format.ts';
import { CHART_HEIGHT, valueScale } from '../../src/report/html/chart/scales.ts';
import type { Report } from '../../src/report/report.ts';
import { Pages, pageOf, SCREENSHOTS, sidewaysScroll } from './pages.ts';
import { longReport, monthReport } from './sample-reports.ts';

const pages = Pages.forTests();

describe('the numbers of a day', () => {
  const dayOf = (page: Page, index: number) => page.locator('.metric:first-child .day').nth(index);
  const shownTips = (page: Page): Promise<string[]> =>
    page
      .locator('.tip:visible')
      .evaluateAll((tips) => tips.map((tip) => (tip as { innerText?: string }).innerText ?? ''));
  const formatValue = (value: number | null) => (value === null ? '–' : formatNumber(value));
  const tipOf = (report: Report, index: number): string[] => [
    formatDayLong(report.nights[index]?.date ?? ''),
    ...(report.metrics[0]?.series ?? []).map(({ app, values }) => `${app} ${formatValue(values[index] ?? null)}`),
  ];

  const expectTip = async (page: Page, index: number) => {
    const [tip, ...others] = await shownTips(page);
    expect(others).toEqual([]);
    for (const part of tipOf(monthReport(), index)) expect(tip?.replace(/\s+/g, ' ')).toContain(part);
  };

  it('show where the pointer is', async () => {
    const { page } = await pages.open(pageOf(monthReport()));
    expect(await shownTips(page)).toEqual([]);
    await dayOf(page, 22).hover();
    await expectTip(page, 22);
    await dayOf(page, 24).hover();
    await expectTip(page, 24);
    await page.screenshot({ path: join(SCREENSHOTS, 'day-under-pointer.png') });
    await page.close();
  });

  it('show where the focus is, and the arrow keys go on from there', async () => {
    const { page } = await pages.open(pageOf(monthReport()));
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await expectTip(page, 1);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expectTip(page, monthReport().nights.length - 1);
    await page.keyboard.press('Tab');
    expect(await page.evaluate("document.activeElement.closest('.metric').querySelector('h2').textContent")).toBe(
      'Games played',
    );
    await page.close();
  });

  it('show where a finger has touched', async () => {
    const { page } = await pages.open(pageOf(monthReport()), { width: 390 });
    await dayOf(page, 20).tap();
    await expectTip(page, 20);
    expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
    await page.screenshot({ path: join(SCREENSHOTS, 'day-touched.png') });
    await page.close();
  });

  it('stay inside the page at either end', async () => {
    for (const width of [390, 820, 1200]) {
      const { page } = await pages.open(pageOf(longReport()), { width });
      for (const index of [0, 27, 28, 55]) {
        const column = await dayOf(page, index).boundingBox();
        await page.mouse.move((column?.x ?? 0) + (column?.width ?? 0) / 2, (column?.y ?? 0) + 50);
        const box = await page.locator('.tip:visible').boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      }
      await page.close();
    }
  });

  it('has a dot on each line', async () => {
    const { page } = await pages.open(pageOf(monthReport()));
    await dayOf(page, 22).hover();
    const [plot, dots] = await Promise.all([
      page.locator('.metric:first-child .plot > svg').boundingBox(),
      page
        .locator('.dot:visible')
        .evaluateAll((all) =>
          all.map((dot) => dot.getBoundingClientRect().top + dot.getBoundingClientRect().height / 2),
        ),
    ]);
    const series = monthReport().metrics[0]?.series ?? [];
    const { y } = valueScale(series.flatMap(({ values }) => values.filter((value) => value !== null)));
    expect(dots).toHaveLength(series.length);
    series.forEach(({ values }, index) => {
      const expected = (plot?.y ?? 0) + ((plot?.height ?? 0) * y(values[22] ?? 0)) / CHART_HEIGHT;
      expect(Math.abs((dots[index] ?? 0) - expected)).toBeLessThan(1);
    });
    await page.close();
  });
});
