import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AttributeView, takenBy } from '../../src/domain/conditions.ts';
import type { Condition } from '../../src/domain/definition.ts';
import { parseTemplate, type Template } from '../../src/domain/template.ts';

const template = (text: string): Condition => ({ kind: 'template', template: parseTemplate(text, '#') as Template });
const not = (condition: Condition): Condition => ({ kind: 'not', condition });
const startsWith = (prefix: string): Condition => ({ kind: 'startsWith', prefix });
const oneOf = (...texts: string[]): Condition => ({ kind: 'oneOf', texts });
const exists = (wanted: boolean): Condition => ({ kind: 'exists', exists: wanted });
const bool = (value: boolean): Condition => ({ kind: 'bool', value });
const number = (digits: string): Condition => ({ kind: 'number', digits });

const S = (text: string): AttributeView => ({ type: 'S', text });
const N = (text: string): AttributeView => ({ type: 'N', text });
const BOOL = (value: boolean): AttributeView => ({ type: 'BOOL', value });
const absent: AttributeView = { type: 'absent' };
const other: AttributeView = { type: 'other' };

const taken = (condition: Condition, view: AttributeView) => takenBy([{ attribute: 0, condition }], () => view);
const holds = (condition: Condition, view: AttributeView): boolean => taken(condition, view) !== undefined;

const T = true;
const F = false;

it.each<[name: string, Condition, Record<'order' | 'ord' | 'number3' | 'yes' | 'no' | 'absent' | 'other', boolean>]>([
  ['a text', template('order'), { order: T, ord: F, number3: F, yes: F, no: F, absent: F, other: F }],
  ['the empty text', template(''), { order: F, ord: F, number3: F, yes: F, no: F, absent: F, other: F }],
  ['a template', template('or${x}'), { order: T, ord: T, number3: F, yes: F, no: F, absent: F, other: F }],
  ['startsWith', startsWith('orde'), { order: T, ord: F, number3: F, yes: F, no: F, absent: F, other: F }],
  ['oneOf', oneOf('x', 'ord'), { order: F, ord: T, number3: F, yes: F, no: F, absent: F, other: F }],
  ['exists', exists(true), { order: T, ord: T, number3: T, yes: T, no: T, absent: F, other: T }],
  ['exists not', exists(false), { order: F, ord: F, number3: F, yes: F, no: F, absent: T, other: F }],
  ['BOOL true', bool(true), { order: F, ord: F, number3: F, yes: T, no: F, absent: F, other: F }],
  ['BOOL false', bool(false), { order: F, ord: F, number3: F, yes: F, no: T, absent: F, other: F }],
  ['N as it stands', number('3'), { order: F, ord: F, number3: T, yes: F, no: F, absent: F, other: F }],
  ['N written otherwise', number('3.0'), { order: F, ord: F, number3: F, yes: F, no: F, absent: F, other: F }],
  ['N that is a text', number('order'), { order: F, ord: F, number3: F, yes: F, no: F, absent: F, other: F }],
  ['not a text', not(template('order')), { order: F, ord: T, number3: T, yes: T, no: T, absent: T, other: T }],
  ['not startsWith', not(startsWith('ord')), { order: F, ord: F, number3: T, yes: T, no: T, absent: T, other: T }],
  ['not oneOf', not(oneOf('ord')), { order: T, ord: F, number3: T, yes: T, no: T, absent: T, other: T }],
  ['not exists', not(exists(true)), { order: F, ord: F, number3: F, yes: F, no: F, absent: T, other: F }],
  ['not BOOL', not(bool(true)), { order: T, ord: T, number3: T, yes: F, no: T, absent: T, other: T }],
  ['not N', not(number('3')), { order: T, ord: T, number3: F, yes: T, no: T, absent: T, other: T }],
  ['not not a text', not(not(template('order'))), { order: T, ord: F, number3: F, yes: F, no: F, absent: F, other: F }],
])('%s', (_name, condition, expected) => {
  const found = {
    order: holds(condition, S('order')),
    ord: holds(condition, S('ord')),
    number3: holds(condition, N('3')),
    yes: holds(condition, BOOL(true)),
    no: holds(condition, BOOL(false)),
    absent: holds(condition, absent),
    other: holds(condition, other),
  };
  expect(found).toEqual(expected);
});

const anyView: fc.Arbitrary<AttributeView> = fc.oneof(
  fc.constantFrom('order', 'ord', '', '3', 'x#y').map(S),
  fc.constantFrom('3', '3.0', 'order').map(N),
  fc.boolean().map(BOOL),
  fc.constantFrom(absent, other),
);
const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom('order', '', '3').map(template),
  fc.constantFrom('o', 'order').map(startsWith),
  fc.array(fc.constantFrom('order', 'ord', ''), { minLength: 1 }).map((texts) => oneOf(...texts)),
  fc.boolean().map(exists),
  fc.boolean().map(bool),
  fc.constantFrom('3', 'order').map(number),
);

describe('several conditions', () => {
  it('hold where each of them holds, in any order', () =>
    fc.assert(
      fc.property(fc.array(anyCondition, { maxLength: 4 }), fc.array(anyView, { minLength: 4 }), (all, views) => {
        const conditions = all.map((condition, attribute) => ({ attribute, condition }));
        const image = (attribute: number) => views[attribute] as AttributeView;
        const expected = conditions.every(({ attribute, condition }) => holds(condition, image(attribute)));
        expect(takenBy(conditions, image) !== undefined).toBe(expected);
        expect(takenBy(conditions.toReversed(), image) !== undefined).toBe(expected);
      }),
    ));

  it('take together what each of them takes, and the same name the same text', () => {
    const conditions = [template('U#${user}'), template('${app}#${user}'), startsWith('x')].map(
      (condition, attribute) => ({ attribute, condition }),
    );
    const image = (second: string) => (attribute: number) => [S('U#ada'), S(second), S('xyz')][attribute] ?? absent;
    expect(takenBy(conditions, image('chess#ada'))).toEqual(new Map(Object.entries({ user: 'ada', app: 'chess' })));
    expect(takenBy(conditions, image('chess#eve'))).toBeUndefined();
  });
});

it('not is the contrary, whatever stands there', () =>
  fc.assert(
    fc.property(anyCondition, anyView, (condition, view) => {
      expect(holds(not(condition), view)).toBe(!holds(condition, view));
      expect(holds(not(not(condition)), view)).toBe(holds(condition, view));
    }),
    { numRuns: 1_000 },
  ));
