import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareText } from '../../src/domain/text-order.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('a', '\uffff', '\ue000', '𝔘', '😀', '\ud7ff') }),
);

it('text is ordered as its UTF-8 bytes are', () =>
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
    { numRuns: 2_000 },
  ));
