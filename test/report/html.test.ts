import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midnightOf } from '../../src/domain/utc-day.ts';
import { hatchPath } from '../../src/report/html/hatch.ts';
import { html, name } from '../../src/report/html/markup.ts';
import { toFragment, toPage } from '../../src/report/html/page.ts';
import { dayScale, valueScale } from '../../src/report/html/scales.ts';
import { buildReport } from '../../src/report/report.ts';
import { firstGames } from '../support/first-games.ts';
import { asBackfill, ledgerEntry, summary } from '../support/ledger.ts';

const to = 20_000;
const now = midnightOf(to + 1) + 8 * 3_600_000;
const { metrics } = firstGames;

const pageOf = (entries: Parameters<typeof buildReport>[0]['entries'], from = to - 9) =>
  toPage(buildReport({ entries, from, to, now, earliestRestorable: null, metrics }), {
    title: 'Metrics',
    theme: 'auto',
  });

describe('the page', () => {
  it('may load and run nothing', () => {
    const page = pageOf([ledgerEntry(to, { chess: summary(1) })]);
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:`);
    expect(page).not.toMatch(/<script|<iframe|<use|url\(|@import|https?:\/\//i);
  });

  it('hatches the stretch of lower bounds and leaves a gap for a missed night', () => {
    const page = pageOf([to - 9, to - 8, to - 6, to].map((day) => asBackfill(ledgerEntry(day, { chess: summary(3) }))));
    // Three stretches of lower bounds and two of missed nights, in each of four charts.
    expect(page.match(/class="hatch"/g)).toHaveLength(3 * 4);
    expect(page.match(/<rect class="gap"/g)).toHaveLength(2 * 4);
  });

  it('has a line that breaks where nights are missing', () => {
    const page = pageOf(
      [to - 3, to - 2, to].map((day) => ledgerEntry(day, { chess: summary(3) })),
      to - 3,
    );
    expect(page).toMatch(/class="line" d="M125 0L375 0M875 0"/);
  });

  it('says that nothing is missing where nothing is', () => {
    expect(pageOf([ledgerEntry(to)], to)).toContain('1 night, none missing');
    expect(pageOf([])).toContain('No finished night');
  });

  it('draws a span of 455 days with the mean of the week', () => {
    const entries = Array.from({ length: 455 }, (_, ago) => ledgerEntry(to - ago, { chess: summary(ago) }));
    expect(pageOf(entries, to - 454)).toContain('Bold: mean of 7 days');
  });

  it('is the same with a given theme, as a part of another page', () => {
    const report = buildReport({ entries: [ledgerEntry(to)], from: to, to, now, earliestRestorable: null, metrics });
    expect(toFragment(report, { title: 'x', theme: 'dark', height: 600 })).toMatch(
      /^<style>[\s\S]*<div class="daytally widget dark">/,
    );
  });
});

describe('markup', () => {
  it('lets no text become markup', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`<p title="${text}">${text}</p>`.text.replace(/^<p title="|">|<\/p>$/g, '')).not.toMatch(/[<>"'\0]/);
      }),
      { numRuns: 1000 },
    );
  });

  it('isolates names from outside', () => expect(name('<b>').text).toBe('<bdi>&lt;b&gt;</bdi>'));
});

describe('scales', () => {
  it('stand whole numbers from zero to above the highest', () => {
    expect(valueScale(0).ticks).toEqual([0, 1]);
    expect(valueScale(1420).ticks).toEqual([0, 500, 1000, 1500]);
  });

  it('name days inside the span', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 500 }), (from, days) => {
        const { ticks } = dayScale(from, days);
        expect(ticks.length).toBeGreaterThan(0);
        expect(ticks.every((index) => Number.isInteger(index) && index >= 0 && index < days)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

it('hatches inside the box only', () => {
  const numbers = [...hatchPath({ left: 100, right: 130, top: 0, bottom: 50 }, 10).matchAll(/[ML]([\d.]+) ([\d.]+)/g)];
  expect(numbers.length).toBeGreaterThan(4);
  for (const [, x, y] of numbers) {
    expect(Number(x) >= 100 && Number(x) <= 130 && Number(y) >= 0 && Number(y) <= 50).toBe(true);
  }
});
