import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPath, parsePath } from '../../src/domain/definition.ts';
import { namesOf } from '../law/reading/item.ts';

describe("an attribute's path", () => {
  it.each<[text: string, names: string[]]>([
    ['PK', ['PK']],
    ['data.kind', ['data', 'kind']],
    ['a.b.c', ['a', 'b', 'c']],
    ['a\\.b', ['a.b']],
    ['a\\.b.c', ['a.b', 'c']],
    ['a.b\\.c', ['a', 'b.c']],
    ['\\.', ['.']],
    ['a\\b', ['a\\b']],
    ['a\\', ['a\\']],
    ['a\\\\.b', ['a\\.b']],
    ['__proto__', ['__proto__']],
    ['data.__proto__', ['data', '__proto__']],
    [' ', [' ']],
    ['größe.属性', ['größe', '属性']],
  ])('%s is %j', (text, names) => {
    expect(parsePath(text)).toEqual(names);
    expect(formatPath(names)).toBe(text);
  });

  it.each(['', '.', 'a.', '.a', 'a..b'])('"%s" has a name that is empty', (text) =>
    expect(parsePath(text)).toBeUndefined());

  it('reads as it is written, whatever it is', () =>
    fc.assert(
      fc.property(fc.stringMatching(/^[a.\\é]{1,12}$/), (text) => {
        const names = parsePath(text);
        const expected = namesOf(text);
        expect(names).toEqual(expected.includes('') ? undefined : expected);
        if (names !== undefined) expect(formatPath(names)).toBe(text);
      }),
      { numRuns: 1_000 },
    ));
});
