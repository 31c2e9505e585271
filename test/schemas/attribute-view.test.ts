import { describe, expect, it } from 'vitest';
import { valueAt, viewsOf } from '../../src/schemas/attribute-view.ts';

/** As it stands in a line: `__proto__` is a key like any other. */
const json = (text: string): unknown => JSON.parse(text);

const viewOf = (value: unknown) => viewsOf([value])(0);

describe('an attribute value', () => {
  it.each([
    ['{"S":"ada"}', { type: 'S', text: 'ada' }],
    ['{"S":""}', { type: 'S', text: '' }],
    ['{"N":"12.5"}', { type: 'N', text: '12.5' }],
    ['{"N":"none"}', { type: 'N', text: 'none' }],
    ['{"BOOL":true}', { type: 'BOOL', value: true }],
    ['{"BOOL":false}', { type: 'BOOL', value: false }],
    ['{"S":"first","S":"last"}', { type: 'S', text: 'last' }],
  ])('%s is %j', (text, view) => expect(viewOf(json(text))).toEqual(view));

  it.each([
    '{"S":5}',
    '{"S":null}',
    '{"N":12.5}',
    '{"BOOL":"true"}',
    '{"BOOL":1}',
    '{"S":"ada","N":"1"}',
    '{"S":"ada","BOOL":true}',
    '{"S":"ada","__proto__":{}}',
    '{"__proto__":{"S":"ada"}}',
    '{"s":"ada"}',
    '{"B":"YWRh"}',
    '{"NULL":true}',
    '{"M":{"S":{"S":"ada"}}}',
    '{"L":[]}',
    '{"SS":["ada"]}',
    '{}',
    '[]',
    '["S"]',
    'null',
    '"ada"',
    '5',
    'true',
  ])('%s is of another type', (text) => expect(viewOf(json(text))).toEqual({ type: 'other' }));

  it('that is not there is absent', () => expect(viewOf(undefined)).toEqual({ type: 'absent' }));
});

describe('the value at a path', () => {
  const image = json(
    `{"PK":{"S":"x"},"a.b":{"N":"1"},"data":{"M":{"kind":{"S":"y"},"deep":{"M":{"at":{"N":"2"}}},"__proto__":{"S":"z"}}},
      "__proto__":{"M":{"kind":{"S":"p"}}},"text":{"S":"M"},"two":{"M":{"kind":{"S":"y"}},"S":"x"},
      "list":{"L":[{"M":{"kind":{"S":"y"}}}]},"bad":{"M":[{"S":"y"}]},"none":null}`,
  );

  it.each<[path: string[], value: unknown]>([
    [['PK'], { S: 'x' }],
    [['a.b'], { N: '1' }],
    [['data', 'kind'], { S: 'y' }],
    [['data', 'deep', 'at'], { N: '2' }],
    [['data', '__proto__'], { S: 'z' }],
    [['__proto__', 'kind'], { S: 'p' }],
    [['none'], null],
    [['pk'], undefined],
    [['a', 'b'], undefined],
    [['data', 'nothing'], undefined],
    [['text', 'kind'], undefined],
    [['two', 'kind'], undefined],
    [['list', '0'], undefined],
    [['bad', '0'], undefined],
    [['none', 'kind'], undefined],
    [['constructor'], undefined],
    [['toString'], undefined],
    [['data', 'constructor'], undefined],
    [['data', 'M'], undefined],
  ])('%j is %j', (path, value) => expect(valueAt(image, path)).toEqual(value));

  it.each([[null], [undefined], ['text'], [5], [[]], [['PK']]])('%j holds none', (nothing) => {
    expect(valueAt(nothing, ['PK'])).toBeUndefined();
    expect(valueAt(nothing, ['0'])).toBeUndefined();
    expect(valueAt(nothing, ['length'])).toBeUndefined();
  });
});

it('looks at an attribute once, and at none that it is not asked for', () => {
  let looks = 0;
  const image = [
    {
      get S() {
        looks++;
        return 'x';
      },
    },
    { S: 'y' },
  ];
  const views = viewsOf(image);
  expect(looks).toBe(0);
  expect(views(0)).toEqual({ type: 'S', text: 'x' });
  const before = looks;
  expect(views(0)).toEqual({ type: 'S', text: 'x' });
  expect(looks).toBe(before);
});
