import { describe, expect, it } from 'vitest';
import { midnightOf, parseDay } from '../../src/domain/utc-day.ts';
import { nightsOf, remediesOf } from '../../src/report/nights.ts';
import { plainLayout } from '../../src/report/terminal-text.ts';
import { nightsBlock } from '../../src/report/text-nights.ts';
import { asBackfill, ledgerEntry } from '../support/ledger.ts';

const to = parseDay('2026-11-21') ?? 0;

function block(days: number): string[] {
  const entries = [ledgerEntry(to), ledgerEntry(to - 1), asBackfill(ledgerEntry(to - 700))];
  const now = midnightOf(to + 1) + 8 * 3_600_000;
  const nights = nightsOf({ entries, from: to - days + 1, to, now, earliestRestorable: midnightOf(to - 1) });
  return nightsBlock({ nights, remedies: remediesOf(nights) }, plainLayout);
}

describe('the calendar of many nights', () => {
  it('has a line for each of thirteen months', () => {
    const lines = block(380);
    expect(lines[1]).toBe('         ....+....1....+....2....+....3.');
    expect(lines.filter((line) => /^\d{4}-\d\d {2} *[×■]/.test(line))).toHaveLength(13);
  });

  it('folds what is older: a line for each year, and one for years that say the same', () => {
    expect(block(5000).slice(0, 5)).toEqual([
      '5,000 nights',
      '2013–23  · 3,944 before the first night',
      '2024     × 10 lost   ≥ 1 lower bound   · 355 before the first night',
      '2025     × 304 lost',
      '         ....+....1....+....2....+....3.',
    ]);
    expect(block(20_000).length).toBeLessThan(30);
  });

  it('counts every night, folded or not', () => {
    const lines = block(5000);
    const legend = lines.slice(lines.findIndex((line) => line.startsWith('2026-11')) + 1);
    expect(legend.join(' ')).toMatch(/× 698 lost +≥ 1 lower bound +■ 2 exact +· 4,299 before the first night/);
  });
});
