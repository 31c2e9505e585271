import { describe, expect, it } from 'vitest';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { type ExportScope, rulesFor } from '../../src/domain/counting-rules.ts';
import type { Definition } from '../../src/domain/definition.ts';
import { valueAt } from '../../src/schemas/attribute-view.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';
import {
  isMalformed,
  type NumberedParts,
  numberOfApp,
  numberOfUser,
  RecordJudge,
} from '../../src/schemas/export-record.ts';

const day = 20_049;
const oneDay: ExportScope = { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day };
const full: ExportScope = { exportType: 'FULL_EXPORT', hasOldImages: false, day: null };

type Image = Readonly<Record<string, unknown>>;

/** Judges records by a definition, under the names of its activities. */
function judgeOf(definition: Definition, scope = oneDay) {
  const judge = new RecordJudge(rulesFor(definition, scope));
  const project = (image: Image | null) => image && definition.attributes.map((path) => valueAt(image, path));
  return (image: Image | null, old: Image | null = null) => {
    const judged = judge.judge({ image: project(image), old: project(old) });
    if (judged.kind !== 'activities') return judged.kind === 'malformed' ? judged.reason : judged.kind;
    return judged.activities.map(({ activity, ...rest }) => ({
      is: definition.activities[activity]?.id,
      ...rest,
    }));
  };
}

describe('games', () => {
  const judge = judgeOf(gamesDefinition, full);
  const session = { modelId: { S: 'session-sudoku-7f' }, owner: { S: 'user-ada' }, updatedAt: { N: '1732233600' } };
  const party = { modelId: { S: 'party-sudoku-19' }, owner: { S: 'user-ada' }, createdAt: { N: '1732233600' } };
  const member = { modelId: { S: 'member-user-ada' }, owner: { S: 'party-sudoku-19' }, createdAt: { N: '1732233600' } };

  it.each([
    ['a session', session, { is: 'session', app: 'sudoku', userId: 'ada', day }],
    ['a party', party, { is: 'party', app: 'sudoku', userId: 'ada', day }],
    ['a member', member, { is: 'member', app: 'sudoku', userId: 'ada', day }],
    ['an id with hyphens', { ...session, modelId: { S: 'session-sudoku-a-b-' } }, { app: 'sudoku' }],
    ['an id that is a hyphen', { ...session, modelId: { S: 'session-sudoku--' } }, { app: 'sudoku' }],
    ['an app named __proto__', { ...session, modelId: { S: 'session-__proto__-1' } }, { app: '__proto__' }],
    ['an app named constructor', { ...member, owner: { S: 'party-constructor-1' } }, { app: 'constructor' }],
    ['an app with a # inside', { ...party, modelId: { S: 'party-c#-1' } }, { app: 'c#' }],
    ['a user id that holds user-', { ...session, owner: { S: 'user-user-1' } }, { userId: 'user-1' }],
    ['a user id with hyphens', { ...member, modelId: { S: 'member-user-a-b' } }, { userId: 'a-b' }],
    ['a user id of a newline', { ...session, owner: { S: 'user-\n' } }, { userId: '\n' }],
    ['an app with a newline', { ...session, modelId: { S: 'session-a\nb-1' } }, { app: 'a\nb' }],
    ['a time as text', { ...session, updatedAt: { S: '2024-11-21T23:00:00-01:00' } }, { day }],
    ['a time in milliseconds', { ...session, updatedAt: { N: '1732233600000' } }, { day }],
    ['a broken time that does not count', { ...session, createdAt: { N: 'x' } }, { day }],
  ])('counts %s', (_name, image, activity) => expect(judge(image)).toMatchObject([activity]));

  it.each([
    ...['config-sudoku', 'Session-sudoku-1', 'member-party-1', 'member-', 'session', 'user-1', ''],
  ])('ignores the kind of "%s", whatever else it holds', (modelId) => {
    expect(judge({ modelId: { S: modelId }, owner: { BOOL: true }, createdAt: 7 })).toBe('ignored');
  });

  it.each([
    ['modelId.missing', { ...session, modelId: undefined }],
    ['modelId.type', { ...session, modelId: { N: '7' } }],
    ['modelId.type', { ...session, modelId: 'session-sudoku-7f' }],
    ['modelId.type', { ...session, modelId: null }],
    ['modelId.type', { ...session, modelId: { S: 7 } }],
    ['modelId.type', { ...session, modelId: { S: 'session-sudoku-7f', N: '1' } }],
    ['modelId.type', { ...session, modelId: ['session-sudoku-7f'] }],
    ['modelId.format', { ...session, modelId: { S: 'session-sudoku' } }],
    ['modelId.format', { ...session, modelId: { S: 'session-sudoku-' } }],
    ['modelId.format', { ...session, modelId: { S: 'session--1' } }],
    ['modelId.format', { ...session, modelId: { S: 'session-' } }],
    ['modelId.format', { ...member, modelId: { S: 'member-user-' } }],
    ['owner.missing', { ...session, owner: undefined }],
    ['owner.type', { ...session, owner: { NULL: true } }],
    ['owner.format', { ...session, owner: { S: 'user-' } }],
    ['owner.format', { ...session, owner: { S: 'ada' } }],
    ['owner.format', { ...member, owner: { S: 'user-ada' } }],
    ['owner.format', { ...member, owner: { S: 'party-sudoku' } }],
    ['owner.format', { ...member, owner: { S: 'party--1' } }],
    ['updatedAt.missing', { ...session, updatedAt: undefined, createdAt: { N: '1' } }],
    ['createdAt.missing', { ...party, createdAt: undefined, updatedAt: { N: '1' } }],
    ['createdAt.type', { ...party, createdAt: { B: 'MTc=' } }],
    ['createdAt.type', { ...party, createdAt: { N: 1732233600 } }],
    ['createdAt.type', { ...party, createdAt: { N: '1732233600', S: '2024-11-22T00:00:00Z' } }],
    ['createdAt.format', { ...member, createdAt: { N: 'yesterday' } }],
    ['createdAt.format', { ...member, createdAt: { S: '1732233600' } }],
    ['updatedAt.format', { ...session, updatedAt: { N: '-1' } }],
    ['app.reserved', { ...session, modelId: { S: 'session-#run-1' } }],
    ['app.reserved', { ...member, owner: { S: 'party-#-1' } }],
  ])('refuses, for %s, %j', (reason, image) => expect(judge(image)).toBe(reason));
});

/** One of each change, and what happens to an order in several ways at once. */
const shop = parseDefinition(
  {
    version: 1,
    separator: '#',
    required: ['PK'],
    activities: {
      order: {
        is: { SK: 'ORDER#${order}', 'meta.kind': { not: 'draft' } },
        read: { PK: 'USER#${user}', 'meta.shop': '${app}' },
        at: { attribute: 'at', as: 'dateTime' },
        on: 'insert',
      },
      paid: { is: { SK: 'ORDER#${order}' }, at: 'at', on: { becomes: { state: 'paid', total: { exists: true } } } },
      gone: { is: { SK: { startsWith: 'ORDER#' } }, read: { PK: 'USER#${user}' }, on: 'delete' },
      touched: { is: { SK: { startsWith: 'ORDER#' } } },
    },
    metrics: {
      orders: { of: 'order', measure: 'count' },
      revenue: { of: 'paid', measure: { sum: 'total' } },
      tax: { of: 'paid', measure: { sum: 'tax' } },
      grossAgain: { of: 'paid', measure: { sum: 'total' } },
      gone: { of: 'gone', measure: 'distinctUsers' },
    },
  },
  'the shop',
);

const order = {
  PK: { S: 'USER#ada' },
  SK: { S: 'ORDER#1' },
  at: { S: '2024-11-22T10:00:00Z' },
  state: { S: 'open' },
  total: { N: '12.50' },
  tax: { N: '2' },
  meta: { M: { kind: { S: 'final' }, shop: { S: 'london' } } },
};
const paid = { ...order, state: { S: 'paid' } };
const meta = (attributes: object) => ({ ...order, meta: { M: { ...order.meta.M, ...attributes } } });
const amounts = [
  { digits: 125n, places: 1 },
  { digits: 2n, places: 0 },
];

describe('what became of an item', () => {
  const judge = judgeOf(shop);
  const kinds = (image: Image | null, old?: Image | null) => {
    const judged = judge(image, old);
    return typeof judged === 'string' ? judged : judged.map(({ is }) => is);
  };

  it('is inserted where it was not there before', () => {
    expect(judge(order)).toEqual([
      { is: 'order', app: 'london', userId: 'ada', day },
      { is: 'touched', app: 'all', userId: '', day },
    ]);
    expect(kinds(order, order)).toEqual(['touched']);
    expect(kinds(order, {})).toEqual(['touched']);
  });

  it('becomes something where it is that now and was not, or was not there', () => {
    expect(judge(paid, order)).toEqual([
      { is: 'paid', app: 'all', userId: '', day, amounts },
      { is: 'touched', app: 'all', userId: '', day },
    ]);
    expect(kinds(paid)).toEqual(['order', 'paid', 'touched']);
    expect(kinds(paid, { ...paid, total: undefined })).toEqual(['paid', 'touched']);
    expect(kinds(paid, paid)).toEqual(['touched']);
    expect(kinds(order, paid)).toEqual(['touched']);
    expect(kinds({ ...paid, total: undefined }, order)).toEqual(['touched']);
  });

  it('is gone where there is no new image: what it was is looked at, or its keys', () => {
    expect(judge(null, order)).toEqual([{ is: 'gone', app: 'all', userId: 'ada', day }]);
    expect(judge(null, { PK: order.PK, SK: order.SK })).toEqual([{ is: 'gone', app: 'all', userId: 'ada', day }]);
    expect(judge(null, { PK: order.PK, SK: { S: 'CART#1' } })).toBe('deleted');
    expect(judge(null, { SK: order.SK })).toBe('PK.missing');
  });

  it('is nothing where no activity is told', () => {
    expect(judgeOf(shop, full)(paid)).toBe('ignored');
    expect(judgeOf(shop, full)(null, order)).toBe('deleted');
    expect(judgeOf(shop, { ...oneDay, hasOldImages: false })(paid)).toEqual([
      { is: 'touched', app: 'all', userId: '', day },
    ]);
    expect(judgeOf(shop, { ...oneDay, day: null })(null, order)).toBe('deleted');
  });

  it('is not looked at in a condition that does not hold', () => {
    expect(kinds(meta({ kind: { S: 'draft' } }))).toEqual(['touched']);
    expect(kinds(meta({ kind: undefined }))).toEqual(['order', 'touched']);
    expect(kinds({ ...order, SK: { S: 'ORDER#1#2' } })).toEqual(['touched']);
    expect(judge({ ...order, SK: { S: 'CART#1' }, at: 7 })).toBe('ignored');
  });

  it('is malformed as a whole where one activity is', () => {
    expect(judge({ ...paid, tax: { S: '2' } })).toBe('tax.type');
    expect(judge({ ...paid, tax: { N: 'none' } }, order)).toBe('tax.format');
    expect(judge({ ...paid, total: { N: '1e126' } }, order)).toBe('total.format');
  });

  it('is malformed without what every item has, where there is an image', () => {
    expect(judge({ SK: { S: 'CART#1' } })).toBe('PK.missing');
    expect(judge({ PK: { N: '1' }, SK: { S: 'CART#1' } })).toBe('PK.type');
    expect(judge(null, { SK: { S: 'CART#1' } })).toBe('deleted');
  });
});

describe('of several things that are wrong, the one that is told', () => {
  const wrong = {
    'meta.shop is not there': meta({ shop: undefined }),
    'meta is of two types': { ...order, meta: { ...order.meta, S: 'x' } },
    'meta.shop is of another type': meta({ shop: { N: '1' } }),
    'at is not there': { ...order, at: undefined },
    'at is no text': { ...order, at: { N: '1732233600' } },
    'PK is another template’s': { ...order, PK: { S: 'TENANT#ada' } },
    'meta.shop has the separator': meta({ shop: { S: 'lon#don' } }),
    'at is no time': { ...order, at: { S: 'now' } },
    'the app is reserved': meta({ shop: { S: '#run' } }),
    'the app is too long': meta({ shop: { S: 'é'.repeat(128) } }),
    'the user is too long': { ...order, PK: { S: `USER#${'é'.repeat(512)}a` } },
  };
  const judge = judgeOf(shop);

  it.each([
    ['meta.shop is not there', 'meta.shop.missing'],
    ['meta is of two types', 'meta.shop.missing'],
    ['meta.shop is of another type', 'meta.shop.type'],
    ['at is not there', 'at.missing'],
    ['at is no text', 'at.type'],
    ['PK is another template’s', 'PK.format'],
    ['meta.shop has the separator', 'meta.shop.format'],
    ['at is no time', 'at.format'],
    ['the app is too long', 'meta.shop.tooLong'],
    ['the user is too long', 'PK.tooLong'],
  ] as const)('%s: %s', (what, reason) => expect(judge(wrong[what])).toBe(reason));

  it('is a type before any form, in the order of "read", "at" and sums', () => {
    expect(judge({ ...wrong['at is no text'], PK: { S: 'x' } })).toBe('at.type');
    expect(judge({ ...wrong['meta.shop is of another type'], at: undefined })).toBe('meta.shop.type');
    expect(judge({ ...paid, total: { BOOL: true }, at: { S: 'now' } }, order)).toBe('total.type');
    expect(judge({ ...paid, total: { N: 'x' }, at: { S: 'now' } }, order)).toBe('at.format');
  });

  it('is a form before a name, and the app’s before the user’s', () => {
    expect(judge({ ...wrong['the user is too long'], at: { S: 'now' } })).toBe('at.format');
    expect(judge({ ...wrong['the app is too long'], PK: wrong['the user is too long'].PK })).toBe('meta.shop.tooLong');
  });

  it('is that an app is reserved, whatever attribute it stands in', () => {
    const anyApp = parseDefinition(
      {
        version: 1,
        activities: { a: { is: { K: '${app}' }, at: 'at' } },
        metrics: { n: { of: 'a', measure: 'count' } },
      },
      'any app',
    );
    expect(judgeOf(anyApp)({ K: { S: '#run' }, at: { N: '1' } })).toBe('app.reserved');
    expect(judgeOf(anyApp)({ K: { S: '#'.repeat(300) }, at: { N: '1' } })).toBe('app.reserved');
    expect(judgeOf(anyApp)({ K: { S: 'a'.repeat(255) }, at: { N: '1' } })).toMatchObject([{ app: 'a'.repeat(255) }]);
    expect(judgeOf(anyApp)({ K: { S: 'a'.repeat(256) }, at: { N: '1' } })).toBe('K.tooLong');
  });
});

describe('holes', () => {
  const day24 = parseDefinition(
    {
      version: 1,
      separator: '#',
      activities: {
        seen: {
          is: { PK: 'T#${app}#U#${user}' },
          read: { SK: 'DAY#${day}#${user}' },
          at: { hole: 'day', as: 'date' },
        },
      },
      metrics: { users: { of: 'seen', measure: 'distinctUsers' } },
    },
    'days in keys',
  );
  const judge = judgeOf(day24, full);

  it('tell the app, the user and the time', () => {
    expect(judge({ PK: { S: 'T#acme#U#ada' }, SK: { S: 'DAY#2024-11-22#ada' } })).toEqual([
      { is: 'seen', app: 'acme', userId: 'ada', day },
    ]);
  });

  it.each([
    ['DAY#2024-11-31#ada', 'SK.format'],
    ['DAY#2024-11-22#eve', 'SK.format'],
    ['DAY##ada', 'SK.format'],
  ])('that take something else in %s are %s', (SK, reason) => {
    expect(judge({ PK: { S: 'T#acme#U#ada' }, SK: { S: SK } })).toBe(reason);
  });

  it('are told by the attribute in which they come first', () => {
    expect(judge({ PK: { S: `T#acme#U#${'a'.repeat(1025)}` }, SK: { S: `DAY#2024-11-22#${'a'.repeat(1025)}` } })).toBe(
      'PK.tooLong',
    );
  });
});

describe('activities whose names have been numbered', () => {
  const judge = new RecordJudge(rulesFor(shop, oneDay));
  const [isOrder, isPaid, isGone] = [0, 1, 2];
  const parts = (some: Partial<NumberedParts>): NumberedParts => ({
    activity: isOrder,
    app: 3,
    user: 5,
    time: Date.UTC(2024, 10, 22, 10),
    ...some,
  });
  const judged = (some: Partial<NumberedParts>) => {
    const verdict = judge.judgeNumbered(parts(some));
    return isMalformed(verdict) ? verdict.reason : verdict;
  };

  it('are dated by their time, or by the export', () => {
    expect(judged({})).toEqual({ activity: isOrder, app: 3, user: 5, day });
    expect(judged({ activity: isGone, time: undefined })).toEqual({ activity: isGone, app: 3, user: 5, day });
  });

  it('bring the numbers that are added up', () => {
    expect(judged({ activity: isPaid, amounts: ['12.50', '2'] })).toEqual({
      activity: isPaid,
      app: 3,
      user: 5,
      day,
      amounts,
    });
  });

  it.each<[string, Partial<NumberedParts>]>([
    ['at.format', { time: undefined }],
    ['at.format', { time: undefined, app: -1 }],
    ['total.format', { activity: isPaid, amounts: ['x', '2'] }],
    ['tax.format', { activity: isPaid, amounts: ['12.50', '1e400'] }],
    ['tax.format', { activity: isPaid, amounts: ['12.50', '1e400'], app: -1 }],
    ['app.reserved', { activity: isPaid, amounts: ['12.50', '2'], app: -1 }],
  ])('are refused for %s: %j', (reason, some) => expect(judged(some)).toBe(reason));

  it('number no app that is reserved', () => {
    const names = { app: () => 7, user: () => 8 };
    expect(judged({ app: numberOfApp(names, '#run') })).toBe('app.reserved');
    expect(judged({ app: numberOfApp(names, 'london'), user: numberOfUser(names, 'ada') })).toMatchObject({
      app: 7,
      user: 8,
    });
  });
});
