import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midnightOf } from '../../../src/domain/utc-day.ts';
import { metricChart } from '../../../src/report/html/chart/chart.ts';
import { spread } from '../../../src/report/html/chart/line-ends.ts';
import { CHART_HEIGHT, dayScale, valueScale } from '../../../src/report/html/chart/scales.ts';
import { buildReport, type MetricReport, type Report } from '../../../src/report/report.ts';
import { firstGames } from '../../support/first-games.ts';
import { asBackfill, ledgerEntry, summary } from '../../support/ledger.ts';

const to = 20_000;
const now = midnightOf(to + 1) + 8 * 3_600_000;

type Entries = Parameters<typeof buildReport>[0]['entries'];

/** The first metric's chart of a span that ends with the day `to`. */
function chartOf(
  entries: Entries,
  days: number,
  change: (report: MetricReport) => MetricReport = (same) => same,
): string {
  const report: Report = buildReport({
    entries,
    from: to - days + 1,
    to,
    now,
    earliestRestorable: null,
    metrics: firstGames.metrics,
  });
  return metricChart(change(report.metrics[0] as MetricReport), report.nights, 'id').text;
}

const night = (ago: number, ...values: number[]) => ledgerEntry(to - ago, { chess: summary(...values) });
const nights = (count: number, ofNight = (_ago: number) => 10) =>
  Array.from({ length: count }, (_, ago) => night(ago, ofNight(ago)));

const pathsOf = (chart: string, style: string): (string | undefined)[] =>
  [...chart.matchAll(new RegExp(`class="${style}" d="([^"]*)"`, 'g'))].map(([, path]) => path);

describe('a line', () => {
  it('breaks where nights are missing', () => {
    expect(
      pathsOf(
        chartOf(
          [3, 2, 0].map((ago) => night(ago, 3)),
          4,
        ),
        'line',
      ),
    ).toEqual(['M125 0L375 0M875 0']);
  });

  it('breaks between lower bounds and exact numbers, and is paler before', () => {
    const chart = chartOf([asBackfill(night(3, 2)), asBackfill(night(2, 2)), night(1, 4), night(0, 4)], 4);
    expect(pathsOf(chart, 'line')).toEqual(['M625 0L875 0']);
    expect(pathsOf(chart, 'line bound')).toEqual(['M125 150L375 150']);
  });

  it('is the mean of seven days over longer spans, with the days thin behind it', () => {
    const chart = chartOf(
      nights(30, (ago) => (ago % 7 === 0 ? 80 : 10)),
      30,
    );
    const [mean] = pathsOf(chart, 'line');
    // It begins with the fifth night and, once seven are there, is level.
    expect(mean).toMatch(/^M150 /);
    expect(new Set(mean?.match(/ ([\d.]+)(?=L|$)/g)?.slice(2)).size).toBe(1);
    expect(pathsOf(chart, 'day-line')[0]?.match(/[ML]/g)).toHaveLength(30);
  });

  it('is that of the days where there are few, each with a dot', () => {
    const chart = chartOf(nights(13), 13);
    expect(pathsOf(chart, 'day-line')).toEqual([]);
    expect(pathsOf(chart, 'dots')[0]?.match(/M/g)).toHaveLength(13);
  });

  it('goes below zero where a number does', () => {
    const values = [-4, 4];
    const chart = chartOf(nights(2), 2, ({ series, ...told }) => ({
      ...told,
      series: series.map((app) => ({ ...app, values })),
    }));
    expect(pathsOf(chart, 'line')).toEqual(['M250 300L750 0']);
  });
});

describe('a zone', () => {
  it('is hatched where the numbers are lower bounds, shaded where there are none', () => {
    const chart = chartOf(
      [9, 8, 6, 0].map((ago) => asBackfill(night(ago, 3))),
      10,
    );
    expect(
      [...chart.matchAll(/class="shape ([^"]*)" style="([^"]*)"/g)].map(([, kind, place]) => [kind, place]),
    ).toEqual([
      ['lowerBound', 'left:0%;width:20%'],
      ['gap', 'left:20%;width:10%'],
      ['lowerBound', 'left:30%;width:10%'],
      ['gap', 'left:40%;width:50%'],
      ['lowerBound', 'left:90%;width:10%'],
    ]);
  });

  it('is named where it stands, and the exact one by its first day', () => {
    const chart = chartOf([...nights(5), ...[5, 6, 7].map((ago) => asBackfill(night(ago, 3)))], 8);
    expect(chart).toContain('<span>lower bounds</span>');
    expect(chart).toContain('<span>exact from 30 Sep</span>');
    expect(chart).toContain('class="shape exact" style="left:37.5%;');
    expect(chartOf(nights(8), 8)).not.toMatch(/class="(zone|shape)/);
  });

  it('begins where another definition counts, and the line is broken there', () => {
    const counted = (ago: number, definition: string) => ledgerEntry(to - ago, { chess: summary(3) }, { definition });
    const chart = chartOf(
      [...[3, 2].map((ago) => counted(ago, 'old')), ...[1, 0].map((ago) => counted(ago, 'new'))],
      4,
    );
    expect(chart).toContain('class="shape exact redefined" style="left:50%;width:50%"');
    expect(chart).toContain('<span>new definition</span>');
    expect(chart).toContain('new definition from 3 Oct: not comparable with before');
    expect(pathsOf(chart, 'line')[0]?.match(/M/g)).toHaveLength(2);
  });

  it('says of finished days without a number that they cannot be told', () => {
    const chart = chartOf(
      [...nights(5), ...[5, 6, 7].map((ago) => asBackfill(night(ago, 3)))],
      8,
      ({ series, ...told }) => ({
        ...told,
        series: series.map((app) => ({ ...app, values: app.values.map((value, day) => (day < 3 ? null : value)) })),
      }),
    );
    expect(chart).toContain('class="shape untold"');
    expect(chart).toContain('<span>cannot be told</span>');
    expect(chart).not.toContain('class="shape lowerBound"');
  });
});

describe('the numbers of a day', () => {
  it('are told for each, with what the day is', () => {
    const chart = chartOf([asBackfill(night(2, 1234)), night(0, 5)], 3);
    expect([...chart.matchAll(/type="radio" name="id" aria-label="([^"]*)"/g)].map(([, label]) => label)).toEqual([
      'Wed 2 Oct 2024, lower bound, chess 1,234',
      'Thu 3 Oct 2024, missed, chess –',
      'Fri 4 Oct 2024, chess 5',
    ]);
  });

  it('are those of weeks over long spans, counted from the last day', () => {
    const chart = chartOf(
      nights(100, (ago) => ago),
      100,
    );
    const labels = [...chart.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(labels.at(-1)).toBe('Sat 28 Sep to Fri 4 Oct 2024, mean of a day, chess 3');
    expect(labels.filter((label) => label?.includes('mean of a day'))).toHaveLength(Math.ceil(100 / 7));
  });
});

describe('names at the ends of lines', () => {
  const places = fc.array(fc.double({ min: 0, max: CHART_HEIGHT, noNaN: true }), { maxLength: 10 });

  it('do not overlap, keep their order and stay inside', () => {
    fc.assert(
      fc.property(places, (positions) => {
        const spreadOut = spread(positions, 27, CHART_HEIGHT);
        const order = positions.map((_, index) => index).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
        const sorted = order.map((index) => spreadOut[index] ?? 0);
        sorted.forEach((place, index) => {
          expect(place).toBeGreaterThanOrEqual(-1e-9);
          expect(place).toBeLessThanOrEqual(CHART_HEIGHT + 1e-9);
          if (index > 0) expect(place - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(27 - 1e-9);
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('stay where they are if there is room', () => expect(spread([200, 10, 100], 27, 300)).toEqual([200, 10, 100]));

  it('share what room there is', () => expect(spread([0, 0, 0], 27, 40)).toEqual([0, 20, 40]));

  it('are left out where there is one line', () => {
    expect(chartOf(nights(3), 3)).not.toContain('class="ends"');
    expect(chartOf([ledgerEntry(to, { chess: summary(3), go: summary(2) })], 1)).toContain('<bdi>chess</bdi></span>');
  });
});

describe('scales', () => {
  it('stand whole numbers from zero to above the highest', () => {
    expect(valueScale([]).ticks).toEqual([0, 1]);
    expect(valueScale([0]).ticks).toEqual([0, 1]);
    expect(valueScale([1420]).ticks).toEqual([0, 500, 1000, 1500]);
  });

  it('fit small amounts and those below zero', () => {
    expect(valueScale([0.04]).ticks).toEqual([0, 0.01, 0.02, 0.03, 0.04]);
    expect(valueScale([-3.5, 6]).ticks).toEqual([-4, -2, 0, 2, 4, 6]);
  });

  it('hold every value that DynamoDB can hold', () => {
    const digits = fc.integer({ min: -99_999, max: 99_999 });
    const value = fc.tuple(digits, fc.integer({ min: -130, max: 120 })).map(([number, power]) => number * 10 ** power);
    fc.assert(
      fc.property(fc.array(fc.oneof(digits, value)), (values) => {
        const { y, ticks } = valueScale(values);
        expect(ticks.length).toBeGreaterThan(0);
        for (const each of values) {
          expect(y(each)).toBeGreaterThanOrEqual(-1e-6);
          expect(y(each)).toBeLessThanOrEqual(CHART_HEIGHT + 1e-6);
        }
      }),
      { numRuns: 1000 },
    );
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
