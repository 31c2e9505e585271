import fc from 'fast-check';
import { expect, it } from 'vitest';
import { html, name } from '../../../src/report/html/markup.ts';

it('lets no text become markup', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(html`<p title="${text}">${text}</p>`.text.replace(/^<p title="|">|<\/p>$/g, '')).not.toMatch(/[<>"'\0]/);
    }),
    { numRuns: 1000 },
  );
});

it('isolates names from outside', () => expect(name('<b>').text).toBe('<bdi>&lt;b&gt;</bdi>'));
