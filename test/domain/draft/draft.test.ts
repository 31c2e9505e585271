import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftDefinition } from '../../../src/domain/draft/draft.ts';
import { overlapsOf } from '../../../src/domain/overlaps.ts';
import { parseDefinition } from '../../../src/schemas/definition.ts';
import { describeItems, describeLines, type Item, N, S } from '../../support/described.ts';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const at = (n: number) => ({ createdAt: N(1_795_000_000 + n) });

const draftOf = (items: readonly Item[]) => draftDefinition(describeItems(items));
const conditionsIn = (items: readonly Item[]) =>
  Object.fromEntries(Object.entries(draftOf(items).definition?.activities ?? {}).map(([id, { is }]) => [id, is]));

describe('what tells a kind from others', () => {
  it('is the form of its keys', () => {
    const orders = times(30, (n) => ({ PK: S(`USER#u${n}x`), SK: S(`ORDER#o${n}x`), ...at(n) }));
    const profiles = times(20, (n) => ({ PK: S(`USER#u${n}x`), SK: S('PROFILE'), ...at(n), name: S('n') }));
    expect(conditionsIn([...orders, ...profiles])).toEqual({
      newOrder: { PK: 'USER#${user}', SK: 'ORDER#${order}' },
      newProfile: { PK: 'USER#${user}', SK: 'PROFILE' },
    });
  });

  it('is what stands in the key of others, where its own has nothing', () => {
    const steps = times(40, (n) => ({ PK: S(`RUN#r${n % 9}x`), SK: S(`2026-11-${10 + (n % 20)}`), ...at(n), x: N(n) }));
    const runs = times(9, (n) => ({ PK: S(`RUN#r${n}x`), SK: S('META'), ...at(n), y: N(n) }));
    expect(conditionsIn([...steps, ...runs])).toEqual({
      newRun: { PK: 'RUN#${run}', SK: { not: { oneOf: ['META'] } } },
      newRunMeta: { PK: 'RUN#${run}', SK: 'META' },
    });
    const parts = times(60, (n) => ({ PK: S(`RUN#r${n % 9}x`), SK: S(`PART#p${n}x`), ...at(n), z: N(n) }));
    expect(conditionsIn([...steps, ...parts])).toMatchObject({
      newRun: { PK: 'RUN#${run}', SK: { not: { startsWith: 'PART#' } } },
    });
  });

  it('is the attribute for the type, and that it is not there', () => {
    const typed = times(90, (n) => ({ PK: S(`USER#u${n}x`), Type: S('User'), ...at(n) }));
    const bare = times(9, (n) => ({ PK: S(`USER#u${n}x7`), ...at(n), y: N(n) }));
    expect(conditionsIn([...typed, ...bare])).toEqual({
      newUser: { Type: 'User' },
      newUser2: { PK: 'USER#${user}', Type: { exists: false } },
    });
  });

  it('is asked for where there is nothing', () => {
    const party = (n: number) => ({ id: S(`party-${['go', 'chess'][n % 2]}-p${n}x`), ...at(n) });
    const parties = times(
      500,
      (n): Item => ({ ...party(n), owner: S(`user-u${n}x`), title: S('a b'), x: N(n), y: N(n) }),
    );
    const odd = times(7, (n): Item => ({ ...party(n), owner: S('user-guest') }));
    const lines = [...parties, ...odd].map((NewImage) => ({
      Keys: { id: NewImage.id, owner: NewImage.owner },
      NewImage,
    }));
    const { definition, questions } = draftDefinition(describeLines(lines));
    expect(Object.keys(definition?.activities ?? {})).toEqual(['newUser']);
    expect(questions).toContain('How is "user guest" told from "user"? Their keys are alike: it is left out.');
  });
});

it('names of kinds, activities and metrics are never the same, whatever they would be called', () => {
  const kinds = ['Party', 'party', 'PartyUser', 'newParty', 'Parties', 'NewPartyUsers', 'Summary', 'date', 'App'];
  const items = kinds.flatMap((kind, k) =>
    times(9, (n) => ({ pk: S(`i${n}x${k}`), Type: S(kind), user: S(`u${n}x`), ...at(n), updatedAt: N(1_795_000_000) })),
  );
  const { definition } = draftOf(items);
  expect(parseDefinition(definition, 'draft').activities.length).toBe(18);
});

/** Attributes and kinds of all sorts, with names that are none in a definition. */
const anyTable = fc.array(
  fc.record({
    name: fc.oneof(fc.constantFrom('Order', 'ORDER_ITEM', 'order#item', 'date', 'x', '1a', 'été', 'a.b'), fc.string()),
    separator: fc.constantFrom('#', '-', '_', ':', '/', '.', ''),
    attributes: fc.array(
      fc.constantFrom('createdAt', 'updatedAt', 'a.b', 'user', 'tenantId', 'total', '__proto__', '$x', 'Type', 'ttl'),
    ),
    form: fc.constantFrom<(n: number) => unknown>(
      (n) => N(1_795_000_000 + n),
      (n) => S(`2026-11-${10 + (n % 20)}`),
      (n) => S(`u${n}x`),
      (n) => S('${user}'.slice(0, (n % 8) + 1)),
      () => S('Order'),
      (n) => ({ M: { createdAt: N(1_795_000_000 + n), 'c.d': S('x') } }),
    ),
  }),
  { minLength: 1, maxLength: 6 },
);

it('a draft is a definition, and counts nothing twice', () => {
  fc.assert(
    fc.property(anyTable, fc.boolean(), (kinds, isFull) => {
      const items = kinds.flatMap(({ name, separator, attributes, form }) =>
        times(12, (n): Item => {
          const own = Object.fromEntries(attributes.map((attribute) => [attribute, form(n)]));
          return { ...own, PK: S(`${name}${separator}i${n}x`), SK: S(n % 2 ? name : `s${n}`), ...at(n) };
        }),
      );
      const lines = items.map((NewImage) => ({ Keys: { PK: NewImage.PK, SK: NewImage.SK }, NewImage }));
      const { definition } = draftDefinition(isFull ? describeItems(items) : describeLines(lines));
      if (definition === null) return;
      const parsed = parseDefinition(JSON.parse(JSON.stringify(definition)), 'draft');
      expect(overlapsOf(parsed)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

describe('who and when', () => {
  const withOwner = (ownerOf: (n: number) => string) =>
    draftOf(times(40, (n) => ({ PK: S(`NOTE#n${n}x`), owner: S(ownerOf(n)), ...at(n) })));

  it('is taken where it is sure', () => {
    const { definition, questions } = withOwner((n) => `u${n % 9}x`);
    expect(definition?.activities.newNote?.read).toEqual({ owner: '${user*}' });
    expect(questions.filter((question) => question.includes('user'))).toEqual([]);
  });

  it('is asked for where an attribute of people has several parts', () => {
    const { definition, questions } = withOwner((n) => `${n % 9}c1e2f3a4-0000-4000-8000-000000000000::u${n % 9}x`);
    expect(definition?.activities.newNote?.read).toBe(undefined);
    expect(questions).toContain('Where is the user of "NOTE": owner? Taken: none.');
  });

  it.each([
    ['createdAt', 'newNotes', 'By createdAt: those of the day'],
    ['updatedAt', 'notes', 'By updatedAt: those last written on the day'],
    ['time', 'notes', 'By time: those of the day'],
  ])('is told of each metric: by %s', (time, id, description) => {
    const { definition } = draftOf(times(40, (n) => ({ PK: S(`NOTE#n${n}x`), [time]: N(1_795_000_000 + n) })));
    expect(definition?.metrics[id]?.description).toBe(description);
  });
});
