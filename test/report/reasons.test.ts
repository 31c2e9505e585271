import { expect, it } from 'vitest';
import { wordsOfReason } from '../../src/report/reasons.ts';

it.each([
  ['owner.format', 'owner does not have its form'],
  ['updatedAt.missing', 'updatedAt is missing'],
  ['a.b.type', 'a.b is of another type'],
  ['app.tooLong', 'app is too long'],
  ['line.json', 'the line is not JSON'],
  ['something.new', 'something.new'],
  ['new', 'new'],
  ['__proto__', '__proto__'],
])('says %s in words', (code, words) => expect(wordsOfReason(code)).toBe(words));
