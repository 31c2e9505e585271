import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableDescription } from '../../../src/domain/describe/description.ts';
import { draftDefinition } from '../../../src/domain/draft/draft.ts';
import { toPage } from '../../../src/report/describe/html/page.ts';
import { toOutput } from '../../../src/report/describe/output.ts';
import { toText } from '../../../src/report/describe/text.ts';
import { describeItems, describeLines, type Item, N, S } from '../../support/described.ts';

/** Everything that leaves the program. */
const outputsOf = (description: TableDescription): string =>
  [
    toText(description),
    JSON.stringify(toOutput(description)),
    toPage(description),
    JSON.stringify(draftDefinition(description)),
  ].join('\n');

/** Names, addresses and ids that occur nowhere else. */
const people = [
  'zanthippe',
  'Quibble',
  'WOLFRAMINA',
  'zo.e@quux.example',
  'u-77aa31',
  '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
  'Yngve Øx',
  'ksaver',
];

const nameIn = (text: string): string | undefined => {
  const lower = text.toLowerCase();
  return people.find((person) => lower.includes(person.toLowerCase()));
};

/** The ways in which applications write somebody into an attribute. */
const writings: readonly ((person: string, n: number) => unknown)[] = [
  (person) => S(person),
  (person) => S(`USER#${person}`),
  (person) => S(`user-${person}`),
  (person) => S(`USER#${person}#ORDER#7`),
  (person, n) => S(`${person}#${n}`),
  (person, n) => S(`ORDER#${n}#${person}`),
  (person) => S(`${person}-${person}`),
  (person) => S(`hello ${person}, how are you`),
  (person) => ({ L: [S(person)] }),
  (person) => ({ SS: [person] }),
  (person) => ({ M: { name: S(person), [person]: N(1) } }),
  (person) => ({ M: { by: { M: { [person]: S(person) } } } }),
];

const attributes = [
  'PK',
  'SK',
  'owner',
  'userId',
  'createdBy',
  'Type',
  'status',
  'title',
  'app',
  'createdAt',
  'ttl',
  'total',
  'email',
  'x',
];

/** Items that all bear the same attributes, each with a writing of somebody. */
const table = fc.record({
  users: fc.uniqueArray(fc.constantFrom(...people), { minLength: 1, maxLength: people.length }),
  writes: fc.array(fc.nat(writings.length - 1), { minLength: attributes.length, maxLength: attributes.length }),
  count: fc.integer({ min: 1, max: 120 }),
});

describe('who is in a table', () => {
  it('is in no output, in whatever attribute they stand, be they many or few', () => {
    fc.assert(
      fc.property(table, ({ users, writes, count }) => {
        const items = Array.from({ length: count }, (_, n): Item => {
          const person = users[n % users.length] ?? '';
          const written = attributes.map((name, index) => [name, writings[writes[index] ?? 0]?.(person, n)]);
          // Where people surely stand; then they are known again wherever else.
          return { ...Object.fromEntries(written), PK: S(`ITEM#${n}`), member: S(person) };
        });
        expect(nameIn(outputsOf(describeItems(items)))).toBe(undefined);
      }),
      { numRuns: 60 },
    );
  });

  it('is in no output of keys', () => {
    fc.assert(
      fc.property(table, fc.nat(writings.length - 6), fc.nat(writings.length - 6), ({ users, count }, pk, sk) => {
        const items = Array.from({ length: count }, (_, n): Item => {
          const person = users[n % users.length] ?? '';
          return { PK: writings[pk]?.(person, n), SK: writings[sk]?.(`${person}`, n), owner: S(person), n: N(n) };
        });
        const lines = items.map((NewImage) => ({ Keys: { PK: NewImage.PK, SK: NewImage.SK }, NewImage }));
        expect(nameIn(outputsOf(describeLines(lines)))).toBe(undefined);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['alone', (person: string, n: number) => [person, `order#${n}`]],
    ['in front', (person: string, n: number) => [`${person}#order#${n}`, `${n}`]],
    ['behind', (person: string, n: number) => [`order#${n}`, `${n}#${person}`]],
    ['behind a word', (person: string, n: number) => [`order-${person}-${n}x`, 'detail']],
    ['twice', (person: string, n: number) => [person, `${person}#${n}`]],
  ])('is in no output of keys in which a few stand %s, though nothing says that these are people', (_, keysOf) => {
    const users = ['zanthippe', 'ksaver', 'quibble'];
    const items = Array.from({ length: 300 }, (_, n) => {
      const [pk = '', sk = ''] = keysOf(users[n % 3] ?? '', n);
      return { PK: S(pk), SK: S(sk), at: N(1_795_000_000 + n) };
    });
    expect(nameIn(outputsOf(describeItems(items)))).toBe(undefined);
  });

  it('is in no output where their names are those of attributes', () => {
    const items = Array.from({ length: 60 }, (_, n) => ({
      id: S(`day-${n}`),
      ...Object.fromEntries(people.map((person) => [person, N(n)])),
      best: { M: Object.fromEntries(people.map((person) => [person, S(person)])) },
      players: { L: people.map((person) => S(person)) },
      winner: S(people[n % people.length] ?? ''),
      user: S(people[n % people.length] ?? ''),
    }));
    expect(nameIn(outputsOf(describeItems(items)))).toBe(undefined);
  });

  it('would be found', () => expect(nameIn('USER#ZANTHIPPE')).toBe('zanthippe'));
});

describe('what is shown instead', () => {
  const items = Array.from({ length: 50 }, (_, n) => ({
    PK: S(`USER#${people[n % 3]}`),
    SK: S(`ORDER#${n}`),
    total: N(`${n}.4711`),
    placedAt: S(`2026-11-${10 + (n % 10)}T10:00:00Z`),
    note: S('secret'),
  }));
  const text = toText(describeItems(items));

  it('are patterns, constants of keys and days', () => {
    expect(text).toContain('USER#<user>');
    expect(text).toContain('ORDER#<number>');
    expect(text).toContain('2026-11-10 to 2026-11-19');
  });

  it('are no values, not even one that all share', () => {
    expect(text).toMatch(/note\s+S\s+100 %\s+1 value/);
    expect(outputsOf(describeItems(items))).not.toMatch(/secret|4711/);
  });
});
