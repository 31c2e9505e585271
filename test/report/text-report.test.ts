import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { midnightOf } from '../../src/domain/utc-day.ts';
import { buildReport } from '../../src/report/report.ts';
import { sparkline } from '../../src/report/sparkline.ts';
import { harmless, truncate } from '../../src/report/terminal-text.ts';
import { toText } from '../../src/report/text-report.ts';
import { firstGames } from '../support/first-games.ts';
import { asBackfill, ledgerEntry, summary } from '../support/ledger.ts';

const to = 20_000;
const now = midnightOf(to + 1) + 8 * 3_600_000;
const { metrics } = firstGames;

const textOf = (entries: Parameters<typeof buildReport>[0]['entries'], from = to - 13) =>
  toText(buildReport({ entries, from, to, now, earliestRestorable: null, metrics }));

describe('the report in a terminal', () => {
  it('shows a trend, the last day and the change for each metric and app', () => {
    const entries = [0, 1, 3, 7].map((ago) => ledgerEntry(to - ago, { chess: summary(100 + ago * 10) }));
    expect(textOf(entries)).toMatch(/usual Fri[\s\S]*chess +·{6}█·{3}▆·▆▅ +100 +170 +−41 %/);
  });

  it('marks a lower bound', () => {
    expect(textOf([asBackfill(ledgerEntry(to, { chess: summary(1234) }))])).toContain('≥1,234');
  });

  it('draws the calendar with a line for each month and the remedy for what is missing', () => {
    const text = textOf(
      [to, to - 1, to - 3].map((day) => ledgerEntry(day)),
      to - 4,
    );
    expect(text).toContain('2024-09                               ·\n2024-10  ■!■■\n');
    expect(text).toContain('daytally replay 2024-10-02');
  });

  it('fits 80 columns, whatever apps are called and however high the numbers are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.integer({ min: 0, max: 500 }),
        (apps, value, days) => {
          const numbers = new Map(apps.map((app) => [app, summary(value, value, 1, 0)]));
          const text = textOf([ledgerEntry(to, numbers), ledgerEntry(to - 7, numbers)], to - days);
          expect(Math.max(...text.split('\n').map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('writes no control characters that a name brings along', () => {
    const text = textOf([ledgerEntry(to, { '\u001b[31mred\u202e': summary(1) })]);
    expect(text).toContain('\\u{1b}[31mred');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});

describe('a sparkline', () => {
  it('starts from zero and shows gaps', () => expect(sparkline([0, null, 7, 14], 10)).toBe('▁·▅█'));

  it('stays flat where there is nothing', () => expect(sparkline([0, 0], 10)).toBe('▁▁'));

  it('takes means where there are more days than characters', () => {
    expect(sparkline([0, 10, 10, null, null, 5], 3)).toBe('▅█▅');
    expect(sparkline([null, null, 2, 2], 2)).toBe('·█');
  });

  it('is never wider than it may be', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.nat())), fc.integer({ min: 1, max: 40 }), (values, width) => {
        expect([...sparkline(values, width)].length).toBeLessThanOrEqual(width);
      }),
      { numRuns: 1000 },
    );
  });
});

it('cuts wide characters by columns', () => {
  expect(truncate('日本語のアプリ', 7)).toBe('日本語…');
  expect(truncate('short', 7)).toBe('short');
});

it('shows control characters by their code', () => expect(harmless('a\u0007b')).toBe('a\\u{7}b'));
