import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHole, matchTemplate, parseTemplate, type Template } from '../../src/domain/template.ts';
import { templates } from '../law/arbitraries/templates.ts';
import { holeTexts, separators } from '../law/arbitraries/texts.ts';
import { match } from '../law/reading/template.ts';

const RUNS = { numRuns: 1_000 };

const read = (text: string, separator = ''): Template => {
  const template = parseTemplate(text, separator);
  if (!('parts' in template)) throw new Error(template.expected);
  return template;
};

const taken = (template: Template, text: string, before: Readonly<Record<string, string>> = {}) => {
  const found = matchTemplate(template, text, new Map(Object.entries(before)));
  return found && Object.fromEntries(found);
};

describe('what a template takes of a text', () => {
  it.each<[template: string, text: string, takes: Record<string, string>]>([
    ['USER#${user}', 'USER#ada', { user: 'ada' }],
    ['${user}', 'ada', { user: 'ada' }],
    ['${app}#${id*}', 'chess#7f#3a', { app: 'chess', id: '7f#3a' }],
    ['${app}#${id*}', 'chess##', { app: 'chess', id: '#' }],
    ['${a*}#${b}', 'x#y', { a: 'x', b: 'y' }],
    ['A${a}B${b}C', 'AxByC', { a: 'x', b: 'y' }],
    ['${a}/${b}', '日本/😀', { a: '日本', b: '😀' }],
    ['${a}-${a}', 'x-x', { a: 'x' }],
    ['order', 'order', {}],
    ['', '', {}],
    ['$${price}', '$12', { price: '12' }],
    ['{${a}}', '{x}', { a: 'x' }],
    ['${constructor}', 'x', { constructor: 'x' }],
  ])('%s of %s', (template, text, takes) => expect(taken(read(template, '#'), text)).toEqual(takes));

  it.each([
    ['USER#${user}', 'USER#', 'a hole takes one character or more'],
    ['USER#${user}', 'user#ada', 'letters are what they are'],
    ['USER#${user}', 'USER#ada#1', 'a hole never takes the separator'],
    ['USER#${user}', ' USER#ada', 'it begins where the text begins'],
    ['${app}#${id*}', '#7f', 'nor is the first one empty'],
    ['${app}#${id*}', 'chess#', 'nor the last one'],
    ['${a*}#${b}', '#x#y', 'the first occurrence ends the hole, also where that leaves nothing'],
    ['${a*}#${b}', 'x#y#z', 'there is no second try'],
    ['A${a}B', 'AxBB', 'not even at the end'],
    ['A${a}B', 'AxC', 'the literal behind a hole is not there'],
    ['${a}/${b}', 'x#y/z', 'the separator is none of the hole’s, whatever ends it'],
    ['${a}-${a}', 'x-y', 'a name that comes twice takes the same'],
    ['order', 'orders', 'without a hole it is the very text'],
    ['', 'x', 'also where that is empty'],
  ])('%s does not match %s: %s', (template, text) => expect(taken(read(template, '#'), text)).toBeUndefined());

  it('lets a hole take what it took elsewhere, and nothing else', () => {
    expect(taken(read('${user}#${id}', '#'), 'ada#1', { user: 'ada', app: 'x' })).toEqual({
      user: 'ada',
      app: 'x',
      id: '1',
    });
    expect(taken(read('${user}#${id}', '#'), 'ada#1', { user: 'eve' })).toBeUndefined();
  });

  it('lets a hole take anything where there is no separator', () => {
    expect(taken(read('${a}'), 'x#y-z/ ')).toEqual({ a: 'x#y-z/ ' });
  });

  it('looks for a separator of several characters as a whole', () => {
    expect(taken(read('${a}::${b}', '::'), 'x:y::z')).toEqual({ a: 'x:y', b: 'z' });
    expect(taken(read('${a}', '::'), 'x::y')).toBeUndefined();
  });

  it('leaves what other templates have taken as it was', () => {
    const before = new Map([['a', 'x']]);
    matchTemplate(read('${b}'), 'y', before);
    expect([...before]).toEqual([['a', 'x']]);
  });
});

describe('templates that are none', () => {
  it.each([
    ['${a}${b}', 'literal text between two holes (before ${b})'],
    ['x${a}${a}', 'literal text between two holes (before ${a})'],
    ['${}', '${}'],
    ['${*}', '${*}'],
    ['${1a}', '${1a}'],
    ['${a-b}', '${a-b}'],
    ['${a**}', '${a**}'],
    ['${ a}', '${ a}'],
    ['${größe}', '${größe}'],
    ['${__proto__}', '${__proto__}'],
    [`\${${'a'.repeat(65)}}`, 'up to 63 letters and digits'],
    ['x${a', '${a'],
    ['${', '${'],
    ['${a${b}}', '${a${b}'],
  ])('%s', (text, named) => {
    expect(parseTemplate(text, '#')).toEqual({ expected: expect.stringContaining(named) });
  });

  it('has names of up to 64 letters and digits', () => {
    expect(read(`\${${'a'.repeat(64)}}`).parts).toEqual([{ name: 'a'.repeat(64), without: '' }]);
  });
});

const separatorsAndNone = fc.constantFrom('', ...separators);

describe('any template', () => {
  it('takes apart what is put together of texts that hold neither separator nor literals', () =>
    fc.assert(
      fc.property(
        separatorsAndNone.chain((separator) => fc.tuple(fc.constant(separator), templates(separator))),
        ([separator, text]) => {
          const template = read(text, separator);
          const values = new Map(template.parts.filter(isHole).map(({ name }, index) => [name, `Q${index}Q`]));
          const whole = template.parts.map((part) => (isHole(part) ? values.get(part.name) : part)).join('');
          expect(matchTemplate(template, whole, new Map())).toEqual(values);
        },
      ),
      RUNS,
    ));

  it('takes what the rule says, read letter by letter', () =>
    fc.assert(
      fc.property(
        separatorsAndNone.chain((separator) => {
          const texts = fc.array(fc.oneof(holeTexts(separator || '#'), fc.constantFrom('USER', 'v1', '-', 'é', '$')));
          return fc.tuple(fc.constant(separator), templates(separator), texts);
        }),
        ([separator, text, pieces]) => {
          const before = new Map([['id', 'ada']]);
          const expected = match(text, pieces.join(separator), separator || undefined, before);
          expect(matchTemplate(read(text, separator), pieces.join(separator), before)).toEqual(expected);
        },
      ),
      RUNS,
    ));
});
