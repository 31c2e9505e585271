import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { games } from '../../src/definitions/games.ts';
import type { TableDefinition } from '../../src/domain/define-table.ts';
import { parseDefinition, parseDefinitionJson } from '../../src/schemas/definition.ts';
import { type InputIssue, InvalidInput } from '../../src/schemas/parse-input.ts';
import { definitions } from '../law/arbitraries/definitions.ts';

// A part of JSON is anything at all here.
// biome-ignore lint/suspicious/noExplicitAny: what is changed is no longer of a type
type Anything = any;

/** A definition as JSON, to be spoilt. */
const shop = (): Anything => ({
  version: 1,
  separator: '#',
  required: ['PK'],
  app: 'shop',
  activities: {
    order: {
      is: { PK: 'USER#${user}', SK: 'ORDER#${order}' },
      read: { note: 'N#${note}', total: { N: '${amount*}' } },
      at: 'createdAt',
      on: 'insert',
    },
  },
  metrics: {
    buyers: { of: 'order', measure: 'distinctUsers' },
    orders: { of: 'order', measure: 'countPerUser', title: 'Orders' },
    revenue: { of: 'order', measure: { sum: 'total' } },
  },
});

const issuesOf = (input: unknown): readonly InputIssue[] => {
  try {
    parseDefinition(input, 'daytally.json');
  } catch (error) {
    if (error instanceof InvalidInput) return error.issues;
    throw error;
  }
  return [];
};

/** The definition with something else in a place; undefined takes away what stands there. */
function having(path: string, value: unknown): Anything {
  const definition = shop();
  const keys = path.split('.');
  const last = keys.pop() as string;
  const parent = keys.reduce((inside, key) => inside[key], definition);
  if (value === undefined) delete parent[last];
  else Object.defineProperty(parent, last, { value, enumerable: true, writable: true, configurable: true });
  return definition;
}

const proto = (value: unknown): Anything => JSON.parse(`{"__proto__":${JSON.stringify(value)}}`);
const many = (count: number, value: unknown): Anything =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, value]));

const ORDER = 'activities.order';
const aName = 'a name: a letter, then up to 63 letters and digits';
const aCondition =
  'a template, or one of {"startsWith"}, {"oneOf"}, {"exists"}, {"BOOL"}, {"N"}, {"not"} with its value';
const aTime = 'an attribute, {"attribute", "as"} or {"hole", "as"}, where "as" is one of auto, epochSeconds';
const aChange = '"put", "insert", "delete" or {"becomes": conditions by attribute}';
const aMeasure = '"distinctUsers", "countPerUser", "count" or {"sum": attribute}';

describe('a definition that is wrong in one place', () => {
  it('is right before', () => expect(issuesOf(shop())).toEqual([]));

  it.each<[what: string, input: unknown, path: string, expected: string, found: string]>([
    ['is nothing', null, '(whole)', 'an object', 'null'],
    ['is a list', [], '(whole)', 'an object', '[]'],
    ['is a text', 'games', '(whole)', 'an object', '"games"'],
    ['is a function, from a module', () => shop(), '(whole)', 'an object', 'a function'],
    ['has a number that JSON has not', having('version', 2n), 'version', '1, the only version there is', '"2n"'],
    ['has another version', having('version', 2), 'version', '1, the only version there is', '2'],
    ['has no version', having('version', undefined), 'version', '1, the only version there is', 'nothing'],
    ['has a misspelt key', having('seperator', '#'), 'seperator', 'did you mean "separator"?', '"#"'],
    ['has an unknown key', having('tables', []), 'tables', 'no other keys than $schema, version, separator', '[]'],
    ['has __proto__ for a key', { ...shop(), ...proto({}) }, '__proto__', 'no other keys than', '{}'],
    ['has a schema that is none', having('$schema', 5), '$schema', 'a text', '5'],
    ['has an empty separator', having('separator', ''), 'separator', 'a text that is not empty', '""'],
    ['has too long a separator', having('separator', '-'.repeat(17)), 'separator', '16 characters at most', '"----'],
    ['requires no list', having('required', 'PK'), 'required', 'a list of attributes', '"PK"'],
    ['requires nameless', having('required', ['PK', '']), 'required.1', 'a text that is not empty', '""'],
    ['has a path with a gap', having('required', ['a..b']), 'required.0', 'names with dots between', '"a..b"'],
    ['has a reserved app', having('app', '#run'), 'app', 'does not begin with # and has 255 bytes at most', '"#run"'],
    ['has too long an app', having('app', 'é'.repeat(128)), 'app', '255 bytes at most', '"ééé'],
    ['has no activities', having('activities', undefined), 'activities', 'an object of activities', 'nothing'],
    ['has a list of activities', having('activities', []), 'activities', 'an object of activities by name', '[]'],
    ['has an activity that is none', having(ORDER, null), ORDER, 'an object', 'null'],
    ['has a misspelt key in it', having(`${ORDER}.att`, 'x'), `${ORDER}.att`, 'did you mean "at"?', '"x"'],
    [
      'names one by two words',
      having('activities.my order', { is: { PK: 'x' } }),
      'activities.my order',
      aName,
      '{"is"',
    ],
    [
      'names one __proto__',
      having('activities.__proto__', { is: { PK: 'x' } }),
      'activities.__proto__',
      aName,
      '{"is"',
    ],
    ['has no "is"', having(`${ORDER}.is`, undefined), `${ORDER}.is`, 'an object of conditions by attribute', 'nothing'],
    ['has an empty "read" of no name', having(`${ORDER}.read`, { '': 'x' }), `${ORDER}.read.`, 'not empty', '"x"'],
    ['has a number for a condition', having(`${ORDER}.is.SK`, 5), `${ORDER}.is.SK`, aCondition, '5'],
    [
      'has a misspelt one',
      having(`${ORDER}.is.SK`, { startWith: 'x' }),
      `${ORDER}.is.SK`,
      'did you mean "startsWith"?',
      '{',
    ],
    [
      'has two in one',
      having(`${ORDER}.is.SK`, { startsWith: 'x', N: '3' }),
      `${ORDER}.is.SK`,
      aCondition,
      '{"startsWith"',
    ],
    [
      'has an empty beginning',
      having(`${ORDER}.is.SK`, { startsWith: '' }),
      `${ORDER}.is.SK.startsWith`,
      'not empty',
      '""',
    ],
    ['has one of none', having(`${ORDER}.is.SK`, { oneOf: [] }), `${ORDER}.is.SK.oneOf`, 'at least one text', '[]'],
    ['has one of a number', having(`${ORDER}.is.SK`, { oneOf: ['x', 3] }), `${ORDER}.is.SK.oneOf.1`, 'a text', '3'],
    ['has a maybe', having(`${ORDER}.is.SK`, { exists: 'yes' }), `${ORDER}.is.SK.exists`, 'true or false', '"yes"'],
    ['has a number for its digits', having(`${ORDER}.is.SK`, { N: 3 }), `${ORDER}.is.SK.N`, 'a text', '3'],
    [
      'has a wrong "not"',
      having(`${ORDER}.is.SK`, { not: { exist: true } }),
      `${ORDER}.is.SK.not`,
      '"exists"?',
      '{"exist"',
    ],
    [
      'takes in a "not"',
      having(`${ORDER}.is.SK`, { not: 'X#${x}' }),
      `${ORDER}.is.SK.not`,
      'without holes',
      '"X#${x}"',
    ],
    [
      'takes two "not" deep',
      having(`${ORDER}.is.SK`, { not: { not: '${x}' } }),
      `${ORDER}.is.SK.not.not`,
      'without',
      '"${x}"',
    ],
    [
      'has two holes side by side',
      having(`${ORDER}.is.PK`, '${user}${x}'),
      `${ORDER}.is.PK`,
      'literal text between',
      '"${user}',
    ],
    ['has a hole that does not end', having(`${ORDER}.is.PK`, '${user'), `${ORDER}.is.PK`, '(not ${user)', '"${user"'],
    [
      'has such a hole where it reads',
      having(`${ORDER}.read.total`, { N: '${a b}' }),
      `${ORDER}.read.total`,
      '(not ${a b})',
      '"${a b}"',
    ],
    [
      'has half a character',
      having(`${ORDER}.is.PK`, 'USER#\ud800${user}'),
      `${ORDER}.is.PK`,
      'half of a surrogate',
      '"USER#',
    ],
    [
      'has a prototype with a wrong condition',
      having(`${ORDER}.is`, proto({ exists: 1 })),
      `${ORDER}.is.__proto__.exists`,
      'true',
      '1',
    ],
    [
      'reads another type',
      having(`${ORDER}.read.total`, { S: 'x' }),
      `${ORDER}.read.total`,
      'a template, or {"N"',
      '{"S":"x"}',
    ],
    ['has a number for a time', having(`${ORDER}.at`, 5), `${ORDER}.at`, aTime, '5'],
    [
      'has a misspelt form',
      having(`${ORDER}.at`, { attribute: 'x', as: 'epochMilis' }),
      `${ORDER}.at.as`,
      '"epochMillis"?',
      '"epochMilis"',
    ],
    [
      'has a hole without a form',
      having(`${ORDER}.at`, { hole: 'order' }),
      `${ORDER}.at.as`,
      'one of epochSeconds',
      'nothing',
    ],
    [
      'has a hole of any form',
      having(`${ORDER}.at`, { hole: 'order', as: 'auto' }),
      `${ORDER}.at.as`,
      'one of epochSeconds',
      '"auto"',
    ],
    [
      'has a hole that is nowhere',
      having(`${ORDER}.at`, { hole: 'odrer', as: 'ulid' }),
      `${ORDER}.at.hole`,
      '(user, order, note, amount); did you mean "order"?',
      '"odrer"',
    ],
    ['has another change', having(`${ORDER}.on`, 'update'), `${ORDER}.on`, aChange, '"update"'],
    ['has a misspelt change', having(`${ORDER}.on`, 'inserts'), `${ORDER}.on`, 'did you mean "insert"?', '"inserts"'],
    ['becomes nothing', having(`${ORDER}.on`, { becomes: {} }), `${ORDER}.on.becomes`, 'at least one attribute', '{}'],
    [
      'becomes what is no condition',
      having(`${ORDER}.on`, { becomes: { s: 1 } }),
      `${ORDER}.on.becomes.s`,
      aCondition,
      '1',
    ],
    [
      'takes what it becomes',
      having(`${ORDER}.on`, { becomes: { s: '${x}' } }),
      `${ORDER}.on.becomes`,
      'without holes',
      '${x}',
    ],
    ['has no metrics', having('metrics', {}), 'metrics', 'at least one of the metrics', '{}'],
    [
      'names a metric by a digit',
      having('metrics.1st', { of: 'order', measure: 'count' }),
      'metrics.1st',
      aName,
      '{"of"',
    ],
    [
      'measures an unknown activity',
      having('metrics.orders.of', 'oder'),
      'metrics.orders.of',
      '(order); did you mean "order"?',
      '"oder"',
    ],
    [
      'measures __proto__',
      having('metrics.orders.of', '__proto__'),
      'metrics.orders.of',
      'one of the activities (order)',
      '"__proto__"',
    ],
    ['measures otherwise', having('metrics.orders.measure', 'counts'), 'metrics.orders.measure', aMeasure, '"counts"'],
    ['has an empty title', having('metrics.orders.title', ''), 'metrics.orders.title', 'not empty', '""'],
    [
      'stores in the place of the app',
      having('metrics.orders.stored', 'app'),
      'metrics.orders.stored',
      'records do not use',
      '"app"',
    ],
    [
      'stores two in one place',
      having('metrics.orders.stored', 'buyersIds'),
      'metrics.orders.stored',
      'than that of buyers',
      '"buyersIds"',
    ],
    [
      'publishes two as one',
      having('metrics.orders.cloudWatch', 'Buyers'),
      'metrics.orders.cloudWatch',
      'than that of buyers',
      '"Buyers"',
    ],
    [
      'publishes under a colon',
      having('metrics.orders.cloudWatch', ':x'),
      'metrics.orders.cloudWatch',
      'do not begin with a colon',
      '":x"',
    ],
    [
      'publishes what the search of a graph could not name',
      having('metrics.orders.cloudWatch', 'Say "orders"'),
      'metrics.orders.cloudWatch',
      'no quotes or backslashes',
      '"Say \\"orders\\""',
    ],
    [
      'adds up states',
      having(`${ORDER}.on`, 'put'),
      'metrics.revenue.measure',
      'of "put" a sum would add up states',
      '"put"',
    ],
    [
      'adds up more than it may',
      having('metrics.revenue.measure', { sum: 'total', of: 'x' }),
      'metrics.revenue.measure.of',
      'no other keys than sum',
      '"x"',
    ],
    [
      'has 33 activities',
      having('activities', { order: shop().activities.order, ...many(32, { is: { PK: 'x' } }) }),
      'activities',
      '32 activities at most',
      '{"order"',
    ],
    [
      'has 65 metrics',
      having('metrics', many(65, { of: 'order', measure: 'count' })),
      'metrics',
      '64 metrics at most',
      '{"m0"',
    ],
    [
      'has 17 attributes',
      having(`${ORDER}.is`, { PK: 'USER#${user}', ...many(13, 'x') }),
      '(whole)',
      '16 attributes at most',
      '17: PK, m0, m1',
    ],
  ])('%s', (_what, input, path, expected, found) => {
    const issues = issuesOf(input);
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    expect(issues[0]?.expected).toContain(expected);
    expect(issues[0]?.found.slice(0, found.length)).toBe(found);
  });

  it('counts users where there is none', () => {
    const needsUser = '"count", or a hole ${user} in "is" or "read" of order';
    expect(issuesOf(having(`${ORDER}.is.PK`, 'USER#${customer}'))).toEqual([
      { path: 'metrics.buyers.measure', expected: needsUser, found: '"distinctUsers"' },
      { path: 'metrics.orders.measure', expected: needsUser, found: '"countPerUser"' },
    ]);
  });

  it('is told all that is wrong at once, with the name of its file', () => {
    const input = having('version', 3);
    input.metrics.orders.measure = 'counts';
    input.activities.order.is.PK = 3;
    expect(() => parseDefinition(input, 'shop/daytally.json')).toThrow(
      /^shop\/daytally\.json is not valid: version: expected .*; activities\.order\.is\.PK: expected .*; metrics\.orders\.measure: expected .*, found "counts"$/,
    );
  });

  it('may have gone through no editor that knows JSON', () => {
    expect(() => parseDefinitionJson('{"version": 1,}', 'daytally.json')).toThrow(
      /^daytally\.json is not valid: \(whole\): expected JSON, found ".*" \(.*double-quoted property name.*\)$/,
    );
  });
});

describe('a definition at its limits is right', () => {
  it.each<[what: string, input: unknown]>([
    ['32 activities', having('activities', { order: shop().activities.order, ...many(31, { is: { PK: 'x' } }) })],
    ['64 metrics', having('metrics', many(64, { of: 'order', measure: 'count' }))],
    ['16 attributes', having(`${ORDER}.is`, { PK: 'USER#${user}', ...many(12, 'x') })],
    ['a name of 64 letters', having(`metrics.${'a'.repeat(64)}`, { of: 'order', measure: 'count' })],
    ['an app of 255 bytes', having('app', `${'é'.repeat(127)}a`)],
    ['an empty "read"', having(`${ORDER}.read`, {})],
    ['an empty text for a condition', having(`${ORDER}.is.SK`, '')],
  ])('%s', (_what, input) => expect(issuesOf(input)).toEqual([]));

  it('has prototype names for attributes, activities, metrics, holes and apps', () => {
    const text = JSON.stringify({
      version: 1,
      app: '__proto__',
      required: ['__proto__'],
      activities: {
        constructor: {
          is: { PLACE: 'U#${constructor}', 'constructor.PLACE': { exists: true } },
          read: { PLACE: 'U#${constructor}', toString: '${user}' },
          at: { hole: 'constructor', as: 'date' },
          on: { becomes: { PLACE: { not: 'x' } } },
        },
      },
      metrics: { valueOf: { of: 'constructor', measure: { sum: '__proto__' } } },
    }).replaceAll('PLACE', '__proto__');
    const { attributes, activities, metrics, app } = parseDefinitionJson(text, 'daytally.json');
    expect(attributes).toEqual([['__proto__'], ['constructor', '__proto__'], ['toString']]);
    expect(activities).toMatchObject([{ id: 'constructor', user: 2, sums: [0], at: { attribute: 0 } }]);
    expect(metrics).toMatchObject([
      { id: 'valueOf', measure: 'sum', sum: 0, stored: 'valueOf', cloudWatch: 'ValueOf' },
    ]);
    expect(app).toBe('__proto__');
  });
});

it('may begin with a byte order mark, as some editors write it', () => {
  expect(parseDefinitionJson(`\ufeff${JSON.stringify(shop())}`, 'daytally.json').app).toBe('shop');
});

describe('the defaults', () => {
  it('are those of the manual', () => {
    const { app, activities, metrics } = parseDefinition(
      {
        version: 1,
        activities: { order: { is: { PK: '${user}' }, at: 'at' } },
        metrics: {
          whoBought: { of: 'order', measure: 'distinctUsers' },
          orders2024: { of: 'order', measure: 'countPerUser' },
          all: {
            of: 'order',
            measure: 'count',
            title: 'All of them',
            description: 'Every one',
            stored: 's',
            cloudWatch: 'c',
          },
        },
      },
      'daytally.json',
    );
    expect(app).toBe('all');
    expect(activities).toMatchObject([{ on: { kind: 'put' }, at: { as: 'auto', hole: null }, read: [], app: null }]);
    expect(metrics).toMatchObject([
      { title: 'Who bought', description: '', stored: 'whoBoughtIds', cloudWatch: 'WhoBought', sum: null },
      { title: 'Orders2024', stored: 'orders2024PerUser', cloudWatch: 'Orders2024' },
      { title: 'All of them', description: 'Every one', stored: 's', cloudWatch: 'c' },
    ]);
  });
});

describe('any definition', () => {
  it('is right, made again of its own JSON, and plain data that another thread can be handed', () =>
    fc.assert(
      fc.property(definitions, (table) => {
        const definition = parseDefinition(table, 'one');
        expect(parseDefinitionJson(definition.json, 'the other')).toEqual(definition);
        expect(structuredClone(definition)).toEqual(definition);
      }),
      { numRuns: 300 },
    ));
});

/** The same members in the contrary order, all the way down; lists stay as they are. */
const turned = (value: Anything): Anything =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .map(([key, child]) => [key, turned(child)])
          .reverse(),
      );

const hashOf = (table: unknown): string => parseDefinition(table, 'one').hash;

describe('the hash', () => {
  it('of the preset is the one that stands in records', () => expect(hashOf(games)).toBe('c55f242f20fd78d9'));

  it('is the same in any order of keys', () =>
    fc.assert(
      fc.property(definitions, (table: TableDefinition) => {
        expect(hashOf(turned(table))).toBe(hashOf(table));
      }),
      { numRuns: 300 },
    ));

  it.each<[what: string, change: (table: Anything) => void]>([
    ['its schema', (table) => Object.assign(table, { $schema: 'https://example.com/daytally.schema.json' })],
    ['a title', (table) => Object.assign(table.metrics.orders, { title: 'Bestellungen' })],
    ['a description', (table) => Object.assign(table.metrics.orders, { description: 'All of them' })],
    ['a default that is written out', (table) => Object.assign(table.metrics.orders, { stored: 'ordersPerUser' })],
    [
      'a time that is written out',
      (table) => Object.assign(table.activities.order, { at: { attribute: 'createdAt' } }),
    ],
    ['with its form', (table) => Object.assign(table.activities.order, { at: { attribute: 'createdAt', as: 'auto' } })],
  ])('is the same with another of %s', (_what, change) => {
    const table = shop();
    change(table);
    expect(hashOf(table)).toBe(hashOf(shop()));
  });

  it('is the same where a default is left out', () => {
    const least = {
      version: 1,
      activities: { a: { is: { PK: 'x' }, at: 'at' } },
      metrics: { n: { of: 'a', measure: 'count' } },
    };
    const written = {
      version: 1,
      required: [],
      app: 'all',
      activities: { a: { is: { PK: 'x' }, read: {}, at: { attribute: 'at', as: 'auto' }, on: 'put' } },
      metrics: { n: { of: 'a', measure: 'count', title: 'N', description: '', stored: 'n', cloudWatch: 'N' } },
    };
    expect(hashOf(written)).toBe(hashOf(least));
  });

  const changes: readonly [path: string, value: unknown][] = [
    ['separator', '-'],
    ['required', ['SK']],
    ['app', 'store'],
    [`${ORDER}.is.PK`, 'CUSTOMER#${user}'],
    [`${ORDER}.is.SK`, { startsWith: 'ORDER#' }],
    [`${ORDER}.is.type`, { exists: false }],
    [`${ORDER}.is`, proto('USER#${user}')],
    [`${ORDER}.read.total`, { N: '${amount}' }],
    [`${ORDER}.read.note`, undefined],
    [`${ORDER}.at`, 'updatedAt'],
    [`${ORDER}.at`, { attribute: 'createdAt', as: 'dateTime' }],
    [`${ORDER}.at`, undefined],
    [`${ORDER}.on`, 'delete'],
    [`${ORDER}.on`, { becomes: { status: 'paid' } }],
    ['metrics.orders.measure', 'count'],
    ['metrics.orders', undefined],
    ['metrics.revenue.measure', { sum: 'tax' }],
    ['metrics.orders.stored', 'ordersByUser'],
    ['metrics.orders.cloudWatch', 'AllOrders'],
    ['metrics.more', { of: 'order', measure: 'count' }],
  ];

  it('is another for everything that may change a number, or where one is kept', () => {
    const hashes = [shop(), ...changes.map(([path, value]) => having(path, value))].map(hashOf);
    expect(new Set(hashes).size).toBe(changes.length + 1);
  });
});
