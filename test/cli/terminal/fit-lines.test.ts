import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { fitLines } from '../../../src/cli/terminal/fit-lines.ts';

const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'abcdéü日本■%\\') });
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '    ');
const line = fc
  .tuple(fc.constantFrom('', '  ', '      '), fc.array(fc.tuple(word, gap), { maxLength: 40 }))
  .map(([indent, parts]) => (indent + parts.flat().join('')).trimEnd());

describe('a line that is too wide', () => {
  it('is broken between words: all lines fit, and no word is lost, added or changed', () => {
    fc.assert(
      fc.property(line, fc.integer({ min: 24, max: 140 }), (text, columns) => {
        const fitted = fitLines(text, columns);
        for (const part of fitted.split('\n')) expect(stringWidth(part)).toBeLessThanOrEqual(columns);
        expect(fitted.split(/\s+/)).toEqual(text.split(/\s+/));
      }),
      { numRuns: 500 },
    );
  });

  it('is left as it is where it fits, or where nothing is said of the width', () => {
    fc.assert(
      fc.property(line, (text) => {
        expect(fitLines(text, stringWidth(text))).toBe(text);
        expect(fitLines(text, Number.POSITIVE_INFINITY)).toBe(text);
      }),
    );
  });

  it.each([
    [
      'under its last column',
      '  manifest    s3://bucket and more',
      28,
      '  manifest    s3://bucket\n              and more',
    ],
    ['under its own beginning', '  one two three four', 14, '  one two\n  three four'],
    [
      'at the beginning, where a column would leave too little room',
      'a long label      and a text',
      20,
      'a long label     \nand a text',
    ],
    [
      'as a command, which can still be copied',
      '  daytally replay --from A --to B',
      24,
      '  daytally replay \\\n      --from A --to B',
    ],
  ])('goes on %s', (_, text, columns, expected) => expect(fitLines(text, columns)).toBe(expected));

  it('counts no colours, and keeps them', () => {
    expect(fitLines('\u001b[1mbold words\u001b[22m here', 11)).toBe('\u001b[1mbold words\u001b[22m\nhere');
    expect(fitLines('\u001b[1mbold words\u001b[22m here', 15)).toBe('\u001b[1mbold words\u001b[22m here');
  });

  it('leaves a word that is wider than the terminal to the terminal', () => {
    expect(fitLines('see https://example.com/a/long/address for more', 20)).toBe(
      'see\nhttps://example.com/a/long/address\nfor more',
    );
    expect(fitLines('  at  s3://bucket/a/very/long/key of an object', 20)).toBe(
      '  at  s3://bucket/a/very/long/key\n      of an object',
    );
  });
});
