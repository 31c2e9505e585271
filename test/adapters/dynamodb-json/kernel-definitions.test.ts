import { describe, expect, it } from 'vitest';
import { type CountingRules, rulesFor } from '../../../src/domain/counting-rules.ts';
import type { ActivityInput, MetricInput, TableDefinition, TimeInput } from '../../../src/domain/define-table.ts';
import { parseDefinition } from '../../../src/schemas/definition.ts';
import { fastOutcome, isFast, plainOutcome } from '../../fuzz/outcomes.ts';

/*
 * What the kernel takes itself, whatever the definition: there it says what the plain reader says, and hands no line over.
 */

const DAY = 20_049; // 2024-11-22
const incremental = { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day: DAY } as const;

function rulesOf(activities: Record<string, ActivityInput>, table: Partial<TableDefinition> = {}): CountingRules {
  const [of = ''] = Object.keys(activities);
  const metrics: Record<string, MetricInput> = { times: { of, measure: 'count' } };
  return rulesFor(parseDefinition({ version: 1, activities, metrics, ...table }, 'test'), incremental);
}

const lineOf = (record: object): Buffer => Buffer.from(JSON.stringify(record));
const itemOf = (image: object): Buffer => lineOf({ Item: image });

function expectFast(line: Buffer, rules: CountingRules, outcome: string): void {
  expect(plainOutcome(line, rules)).toBe(outcome);
  expect(fastOutcome(line, rules)).toBe(outcome);
  expect(isFast(line, rules)).toBe(true);
}

function expectSlow(line: Buffer, rules: CountingRules, outcome: string): void {
  expect(plainOutcome(line, rules)).toBe(outcome);
  expect(fastOutcome(line, rules)).toBe(outcome);
  expect(isFast(line, rules)).toBe(false);
}

const counted = 'it all nobody 2024-11-22';

describe('conditions', () => {
  const many = Array.from({ length: 40 }, (_, index) => `TYPE-${index}`);
  const long = 'a-text-that-is-longer-than-two-vectors-of-16-bytes';

  it.each<[string, ActivityInput['is'], object, object]>([
    ['equal text', { a: 'x' }, { a: { S: 'x' } }, { a: { S: 'xy' } }],
    ['empty text', { a: '' }, { a: { S: '' } }, { a: { S: 'x' } }],
    ['text of 15 bytes', { a: 'x'.repeat(15) }, { a: { S: 'x'.repeat(15) } }, { a: { S: 'x'.repeat(16) } }],
    ['text of 16 bytes', { a: 'x'.repeat(16) }, { a: { S: 'x'.repeat(16) } }, { a: { S: 'x'.repeat(17) } }],
    ['long text', { a: long }, { a: { S: long } }, { a: { S: `${long.slice(0, -1)}x` } }],
    ['the same text as a number', { a: '1' }, { a: { S: '1' } }, { a: { N: '1' } }],
    ['a beginning', { a: { startsWith: 'USER#' } }, { a: { S: 'USER#' } }, { a: { S: 'USER' } }],
    ['a long beginning', { a: { startsWith: long } }, { a: { S: `${long}#1` } }, { a: { S: long.slice(1) } }],
    ['one of 40', { a: { oneOf: many } }, { a: { S: 'TYPE-39' } }, { a: { S: 'TYPE-40' } }],
    ['there', { a: { exists: true } }, { a: { L: [] } }, { b: { S: 'x' } }],
    ['not there', { a: { exists: false } }, { b: { S: 'x' } }, { a: { NULL: true } }],
    ['true', { a: { BOOL: true } }, { a: { BOOL: true } }, { a: { BOOL: false } }],
    ['false', { a: { BOOL: false } }, { a: { BOOL: false } }, { a: { S: 'false' } }],
    ['a number', { a: { N: '3' } }, { a: { N: '3' } }, { a: { N: '3.0' } }],
    ['not a text', { a: { not: 'x' } }, { a: { S: 'y' } }, { a: { S: 'x' } }],
    ['not a text, of another type', { a: { not: 'x' } }, { a: { SS: ['x'] } }, { a: { S: 'x' } }],
    ['not a text, absent', { a: { not: { oneOf: ['x'] } } }, { b: { S: 'x' } }, { a: { S: 'x' } }],
    ['not, twice', { a: { not: { not: { BOOL: true } } } }, { a: { BOOL: true } }, { a: { BOOL: false } }],
    ['not there, negated', { a: { not: { exists: false } } }, { a: { M: {} } }, { b: { M: {} } }],
    ['a long name', { ['k'.repeat(70)]: 'x' }, { ['k'.repeat(70)]: { S: 'x' } }, { ['k'.repeat(71)]: { S: 'x' } }],
    [
      'names that begin alike',
      { createdAt: 'x', createdBy: 'y' },
      { createdBy: { S: 'y' }, createdAt: { S: 'x' } },
      { createdAt: { S: 'y' } },
    ],
    ['a name that JSON escapes', { '"\t': 'x' }, { '"\t': { S: 'x' } }, { a: { S: 'x' } }],
    [
      'the name __proto__',
      JSON.parse('{"__proto__":"x"}'),
      JSON.parse('{"__proto__":{"S":"x"}}'),
      { proto: { S: 'x' } },
    ],
    ['other scripts', { 東: 'é' }, { 東: { S: 'é' } }, { 東: { S: 'e' } }],
  ])('%s', (_, is, image, other) => {
    const rules = rulesOf({ it: { is } });
    expectFast(itemOf(image), rules, counted);
    expectFast(itemOf(other), rules, 'ignored');
  });

  it('of what has to be escaped are left to others, where they are asked', () => {
    const rules = rulesOf({ it: { is: { a: { startsWith: '"' }, b: 'x' } } });
    expectSlow(itemOf({ a: { S: '"1' }, b: { S: 'x' } }), rules, counted);
    expectFast(itemOf({ a: { S: 'a' }, b: { S: 'x' } }), rules, 'ignored');
  });
});

describe('templates', () => {
  it.each([
    ['up to the first literal behind', '${user}#${app}', '#', 'ada#shop', 'it shop ada 2024-11-22'],
    ['with no second try', '${user*}##${app}', '', 'ada#b###shop', 'it #shop ada#b 2024-11-22'],
    ['never the separator', 'U#${user}', '#', 'U#ada#b', 'ignored'],
    ['the separator, if they may', 'U#${user*}', '#', 'U#ada#b', 'it all ada#b 2024-11-22'],
    ['never a long separator, in front of a literal', 'U${user}#', '->', 'Ua->b#', 'ignored'],
    ['what is left, and that is something', 'U#${user*}', '#', 'U#', 'ignored'],
    ['one character or more', '${user}#${app}', '#', '#shop', 'ignored'],
    ['all, up to a literal at the end', 'U#${user*}#', '#', 'U#ada#b#', 'ignored'],
    ['five times', '${a}-${b}-${user}-${c}-${d*}', '-', '1-2-ada-3-4-5', 'it all ada 2024-11-22'],
    ['the same text again', '${user}-${user}', '-', 'ada-ada', 'it all ada 2024-11-22'],
    ['not another text again', '${user}-${user}', '-', 'ada-adb', 'ignored'],
    ['the same long text again', '${x*}/${x*}', '', `${'x'.repeat(40)}/${'x'.repeat(40)}`, counted],
    ['not another long text again', '${x*}/${x*}', '', `${'x'.repeat(40)}/${'x'.repeat(39)}y`, 'ignored'],
    ['other scripts', '${user}é${app}', 'é', '東京é\ud83d\ude00', 'it \ud83d\ude00 東京 2024-11-22'],
  ])('holes take %s', (_, template, separator, text, outcome) => {
    const rules = rulesOf({ it: { is: { key: template } } }, separator === '' ? {} : { separator });
    if (outcome.includes('#shop')) expect(fastOutcome(itemOf({ key: { S: text } }), rules)).toBe('app.reserved');
    else expectFast(itemOf({ key: { S: text } }), rules, outcome);
  });

  it('may name a hole in several attributes, which must agree', () => {
    const rules = rulesOf({ it: { is: { PK: 'U#${user}', SK: 'U#${user}#${x}' }, read: { GSI: '${x}' } } });
    const keys = { PK: { S: 'U#ada' }, GSI: { S: '1' } };
    expectFast(itemOf({ ...keys, SK: { S: 'U#ada#1' } }), rules, 'it all ada 2024-11-22');
    expectFast(itemOf({ ...keys, SK: { S: 'U#adb#1' } }), rules, 'ignored');
    expectSlow(itemOf({ ...keys, SK: { S: 'U#ada#2' } }), rules, 'GSI.format');
  });

  it('read digits of numbers', () => {
    const rules = rulesOf({ it: { is: { a: 'x' }, read: { n: { N: '${user}' } } } });
    expectFast(itemOf({ a: { S: 'x' }, n: { N: '12.5' } }), rules, 'it all 12.5 2024-11-22');
    expectSlow(itemOf({ a: { S: 'x' }, n: { S: '12.5' } }), rules, 'n.type');
  });

  it('leave names to others that are too long', () => {
    const rules = rulesOf({ it: { is: { key: '${app}#${user}' } } });
    const keyed = (app: string, user: string) => itemOf({ key: { S: `${app}#${user}` } });
    const [app, user] = ['é'.repeat(127), 'x'.repeat(1024)];
    expectFast(keyed(app, user), rules, `it ${app} ${user} 2024-11-22`);
    expectSlow(keyed(`${app}é`, user), rules, 'key.tooLong');
    expectSlow(keyed(app, `${user}x`), rules, 'key.tooLong');
  });
});

describe('times', () => {
  const late = 'it all nobody 2024-11-22';

  it.each<[TimeInput, object, string]>([
    ['t', { N: '1732319999' }, late],
    ['t', { N: '1732319999999' }, late],
    ['t', { S: '2024-11-22T23:59:59.999Z' }, late],
    ['t', { S: '2024-11-23T00:59:59.999999+01:00' }, late],
    ['t', { N: '1732319999.999999999' }, late],
    ['t', { N: '1.732319999E9' }, late],
    ['t', { N: '0001732319999' }, late],
    ['t', { N: 'x' }, 't.format'],
    ['t', { S: '2024-11-31T00:00:00Z' }, 't.format'],
    [{ attribute: 't', as: 'epochSeconds' }, { N: '1732319999' }, late],
    [{ attribute: 't', as: 'epochSeconds' }, { N: '9999999999999999999' }, 't.format'],
    [{ attribute: 't', as: 'epochMillis' }, { N: '1732319999999' }, late],
    [{ attribute: 't', as: 'epochMillis' }, { N: '1732319999999.9999' }, late],
    [{ attribute: 't', as: 'epochMicros' }, { N: '1732319999999999' }, late],
    [{ attribute: 't', as: 'epochMicros' }, { N: '1.732319999999999e15' }, late],
    [{ attribute: 't', as: 'epochNanos' }, { N: '1732319999999999999' }, late],
    [{ attribute: 't', as: 'epochNanos' }, { N: '01732319999999999999' }, late],
    [{ attribute: 't', as: 'epochNanos' }, { N: '9999999999999999999' }, 'it all nobody 2286-11-20'],
    [{ attribute: 't', as: 'dateTime' }, { S: '2024-11-22T23:59:59Z' }, late],
    [{ attribute: 't', as: 'dateTimeWithoutZone' }, { S: '2024-11-22 23:59:59.678901' }, late],
    [{ attribute: 't', as: 'dateTimeWithoutZone' }, { S: '2024-11-22T23:59:59Z' }, 't.format'],
    [{ attribute: 't', as: 'date' }, { S: '2024-11-22' }, late],
    [{ attribute: 't', as: 'date' }, { S: '2024-11-22T00:00:00Z' }, 't.format'],
    [{ attribute: 't', as: 'ulid' }, { S: '01JDAH00ZZABCDEFGHJKMNPQRS' }, late],
  ])('%j of %j is %s', (at, t, outcome) => {
    const rules = rulesOf({ it: { is: { a: 'x' }, at } });
    expectFast(itemOf({ a: { S: 'x' }, t }), rules, outcome);
  });

  it.each<[TimeInput, string, string]>([
    [{ hole: 'day', as: 'date' }, '2024-11-22', late],
    [{ hole: 'day', as: 'dateTime' }, '2024-11-22T23:59:59.999Z', late],
    [{ hole: 'day', as: 'dateTime' }, '2024-11-22T23:59:59+00:00', late],
    [{ hole: 'day', as: 'epochMillis' }, '1732319999999', late],
    [{ hole: 'day', as: 'epochNanos' }, '1732319999999999999', late],
    [{ hole: 'day', as: 'epochSeconds' }, '1732319999.5', late],
    [{ hole: 'day', as: 'epochSeconds' }, 'x', 'key.format'],
    [{ hole: 'day', as: 'dateTimeWithoutZone' }, '2024-11-22T23:59:59.678901', late],
  ])('%j of a hole that takes %s', (at, day, outcome) => {
    const rules = rulesOf({ it: { is: { key: 'DAY#${day}#${x}' }, at } });
    expectFast(itemOf({ key: { S: `DAY#${day}#1` } }), rules, outcome);
  });

  it('leave what is no time by its type to others', () => {
    const rules = rulesOf({ it: { is: { a: 'x' }, at: { attribute: 't', as: 'epochMillis' } } });
    expectSlow(itemOf({ a: { S: 'x' }, t: { S: '1732319999999' } }), rules, 't.type');
    expectSlow(itemOf({ a: { S: 'x' } }), rules, 't.missing');
  });

  it('may be the user', () => {
    const rules = rulesOf({ it: { is: { key: 'U#${user}' }, at: { hole: 'user', as: 'epochMillis' } } });
    expectFast(itemOf({ key: { S: 'U#1732319999999' } }), rules, 'it all 1732319999999 2024-11-22');
  });
});

describe('several activities', () => {
  const rules = rulesOf({
    order: { is: { PK: 'USER#${user}', SK: 'ORDER#${order}' } },
    paid: { is: { PK: 'USER#${user}', status: 'PAID' }, read: { shop: '${app}' } },
    any: { is: { PK: { exists: true } } },
  });
  const order = { PK: { S: 'USER#ada' }, SK: { S: 'ORDER#1' }, status: { S: 'PAID' } };

  it('of one record are told together, each with its names', () => {
    const outcome = 'order all ada 2024-11-22, paid books ada 2024-11-22, any all nobody 2024-11-22';
    expectFast(itemOf({ ...order, shop: { S: 'books' } }), rules, outcome);
  });

  it('are all left to others where one of them is', () => {
    expectSlow(itemOf(order), rules, 'shop.missing');
  });

  it('may be as many as there are', () => {
    const activities = Array.from({ length: 32 }, (_, index) => [`a${index}`, { is: { PK: 'USER#${user}' } }]);
    const outcome = activities.map(([id]) => `${id} all ada 2024-11-22`).join(', ');
    expectFast(itemOf(order), rulesOf(Object.fromEntries(activities)), outcome);
  });
});

describe('required attributes', () => {
  const rules = rulesOf({ it: { is: { a: 'x' } } }, { required: ['a', 'b'] });

  it.each([
    [{ a: { S: 'x' }, b: { S: '' } }, counted],
    [{ a: { S: 'y' }, b: { S: '' } }, 'ignored'],
  ])('%j', (image, outcome) => expectFast(itemOf(image), rules, outcome));

  it.each([
    [{ a: { S: 'y' } }, 'b.missing'],
    [{ a: { N: '1' }, b: { S: '' } }, 'a.type'],
  ])('%j', (image, outcome) => expectSlow(itemOf(image), rules, outcome));

  it('are not asked of what is gone', () => {
    expectFast(lineOf({ Keys: { a: { N: '1' } } }), rules, 'deleted');
  });
});

describe('changes', () => {
  const rules = rulesOf(
    {
      signUp: { is: { PK: 'USER#${user}' }, on: 'insert' },
      left: { is: { PK: 'USER#${user}' }, on: 'delete' },
      paid: { is: { PK: 'USER#${user}' }, on: { becomes: { status: 'PAID', total: { exists: true } } } },
    },
    { metrics: { paid: { of: 'paid', measure: { sum: 'total' } }, tax: { of: 'paid', measure: { sum: 'tax' } } } },
  );
  const Keys = { PK: { S: 'USER#ada' } };
  const unpaid = { ...Keys, status: { S: 'OPEN' }, total: { N: '12.50' }, tax: { N: '0.10' } };
  const paid = { ...unpaid, status: { S: 'PAID' } };

  it.each<[string, object, string]>([
    ['inserted', { Keys, NewImage: unpaid }, 'signUp all ada 2024-11-22'],
    ['changed', { Keys, OldImage: unpaid, NewImage: unpaid }, 'ignored'],
    ['paid', { Keys, OldImage: unpaid, NewImage: paid }, 'paid all ada 2024-11-22 12.5 0.1'],
    ['paid, the new image first', { NewImage: paid, OldImage: unpaid, Keys }, 'paid all ada 2024-11-22 12.5 0.1'],
    ['paid before', { Keys, OldImage: paid, NewImage: paid }, 'ignored'],
    ['inserted as paid', { Keys, NewImage: paid }, 'signUp all ada 2024-11-22, paid all ada 2024-11-22 12.5 0.1'],
    ['deleted', { Keys, OldImage: paid }, 'left all ada 2024-11-22'],
    ['deleted, only the keys known', { Keys }, 'left all ada 2024-11-22'],
    ['another that is deleted', { Keys: { PK: { S: 'ORDER#1' } } }, 'deleted'],
    ['of a number that is none', { Keys, OldImage: unpaid, NewImage: { ...paid, tax: { N: 'x' } } }, 'tax.format'],
  ])('%s', (_, record, outcome) => expectFast(lineOf(record), rules, outcome));

  it('leave a sum of something else to others', () => {
    expectSlow(lineOf({ Keys, OldImage: unpaid, NewImage: { ...paid, tax: { S: '1' } } }), rules, 'tax.type');
  });

  it('are not looked for where an export cannot tell them', () => {
    const full = rulesFor(rules.definition, { exportType: 'FULL_EXPORT', hasOldImages: false, day: null });
    expectFast(lineOf({ Keys, NewImage: paid }), full, 'ignored');
    expectFast(lineOf({ Keys }), full, 'deleted');
  });
});

describe('nested attributes', () => {
  const rules = rulesOf({
    it: { is: { 'a.b': 'x', c: { exists: true } } },
    not: { is: { c: 'x', 'a.b': { exists: false } } },
  });

  it('are left to others, where they may be there', () => {
    expectSlow(itemOf({ a: { M: { b: { S: 'x' } } }, c: { S: 'y' } }), rules, counted);
    expectSlow(itemOf({ a: { M: {} }, c: { S: 'x' } }), rules, 'not all nobody 2024-11-22');
  });

  it.each([
    [{ a: { M: { b: { S: 'x' } } } }, 'ignored'],
    [{ a: { S: 'x' }, c: { S: 'y' } }, 'ignored'],
    [{ a: { L: [] }, c: { S: 'x' } }, 'not all nobody 2024-11-22'],
    [{ c: { S: 'x' } }, 'not all nobody 2024-11-22'],
  ])('of %j nobody has to be asked', (image, outcome) => expectFast(itemOf(image), rules, outcome));
});

describe('one kernel', () => {
  it('reads by one definition after the other, each with names of its own', () => {
    const [first, second] = [
      rulesOf({ it: { is: { key: '${user}#${app}' } } }),
      rulesOf({ it: { is: { key: '${app}#${user}' } } }),
    ];
    for (let time = 0; time < 3; time++) {
      expectFast(itemOf({ key: { S: 'ada#chess' } }), first, 'it chess ada 2024-11-22');
      expectFast(itemOf({ key: { S: 'ada#chess' } }), second, 'it ada chess 2024-11-22');
    }
  });

  it('takes programs of any size', () => {
    const oneOf = Array.from({ length: 30_000 }, (_, index) => `a-rather-long-text-of-which-there-are-many-${index}`);
    const rules = rulesOf({ it: { is: { a: { oneOf } } } });
    expectFast(itemOf({ a: { S: oneOf.at(-1) } }), rules, counted);
    expectFast(itemOf({ a: { S: 'other' } }), rules, 'ignored');
  });
});
