import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { tableLines } from '../../src/report/table.ts';
import { plain } from '../../src/report/terminal-text.ts';

const columns = [
  { heading: 'date', align: 'left' as const, key: true as const },
  { heading: 'app', align: 'left' as const, key: true as const, max: Number.POSITIVE_INFINITY },
  ...['orders', 'buyers', 'revenue', 'returns'].map((heading) => ({ heading, align: 'right' as const })),
];
const table = (rows: readonly string[][], width: number) => tableLines(columns, rows, { paint: plain, columns: width });

describe('a table', () => {
  it('is as wide as its content', () => {
    expect(table([['2026-11-20', 'shop', '1', '2', '3.50', '4']], 80)).toEqual([
      'date        app   orders  buyers  revenue  returns',
      '2026-11-20  shop       1       2     3.50        4',
    ]);
  });

  it('cuts names where it is too wide, and then goes on below, each row with its key', () => {
    expect(table([['2026-11-20', 'a shop with a long name', '1', '2', '3.50', '4']], 40)).toEqual([
      'date        app               orders',
      '2026-11-20  a shop with a l…       1',
      '',
      'date        app               buyers',
      '2026-11-20  a shop with a l…       2',
      '',
      'date        app               revenue',
      '2026-11-20  a shop with a l…     3.50',
      '',
      'date        app               returns',
      '2026-11-20  a shop with a l…        4',
    ]);
  });

  it('fits any terminal that has room for a key and a number, and shows every number', () => {
    const number = fc.integer({ min: 0, max: 999_999 }).map(String);
    const row = fc.tuple(
      fc.constant('2026-11-20'),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      ...[0, 1, 2, 3].map(() => number),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), fc.integer({ min: 36, max: 140 }), (rows, width) => {
        const lines = table(
          rows.map((cells) => cells.map((cell) => cell.replace(/[\p{C}\s]/gu, '.'))),
          width,
        );
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
        const shown = lines.join(' ').split(/ +/);
        for (const cells of rows) expect(shown).toEqual(expect.arrayContaining(cells.slice(2)));
      }),
    );
  });
});
