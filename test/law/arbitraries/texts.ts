import fc from 'fast-check';

/**
 * Names that trip plain objects, encodings and scanners of JSON up. None is a backslash alone: V8 of Node 24 takes the key
 * `"\""` for that one, where an object of the same shape has had it (JSON.parse of `{"\\":1}`, then of `{"\"":1}`).
 */
export const attributeNames = [
  ...['PK', 'SK', 'type', 'status', 'createdAt', 'total', 'pk', 'S', 'N', 'M', 'Item', 'NewImage', 'Keys', 'data'],
  ...['__proto__', 'constructor', 'hasOwnProperty', 'größe', '属性', '😀', 'two words', '1', '"', '\\x', '{', 'tab\t'],
  ...['a\\.b', 'aNameOfMoreThanSixteenBytes', 'aNameOfMoreThanSixteenBytesToo'],
];

/** Some of them are keys of a map: `data.kind` is `kind` in `data`. */
export const attributePaths = [
  ...attributeNames,
  ...['data.kind', 'data.total', 'data.__proto__', 'data.deep.at', 'data.S', 'data.a\\.b', '__proto__.kind'],
];

export const activityIds = ['order', 'Order', 'a', 'constructor', 'toString', 'x9', 'hasOwnProperty'];

/** No two of them are one with a capital, for that is their default name in CloudWatch. */
export const metricIds = ['orders', 'b', 'constructor', 'valueOf', 'x9', 'hasOwnProperty', 'isPrototypeOf'];

export const separators = ['#', '-', '::', '/', '|', 'é', '"', '\\', 'ab'];

const texts = [
  ...['order', 'ORDER', 'Order', 'user', 'paid', 'open', '', ' ', '#', '-', 'é', 'e\u0301', '日本', '😀', '0', '3'],
  ...['__proto__', 'constructor', '"', '\\', '\\"', '{', '}', 'US$1', '$}', '\n', '\u0000', 'a\tb', '\u2028', '\ud800'],
];

/** What may stand in a key: whole words, and pieces that readers might trip over. */
export const words = fc.constantFrom(...texts);

/** Words that a definition may hold. */
export const definedWords = fc.constantFrom(...texts.filter((text) => text.isWellFormed()));

/** Names of users and apps: a few that meet, and some that are on either side of the bounds of 255 and 1,024 bytes. */
const names = fc.constantFrom('ada', 'grace', 'Ada', '__proto__', 'constructor', 'été', '日本', '😀', '1', '01');
const namesThatMayFail = fc.constantFrom(
  ...[
    '#run',
    '#run',
    '#run',
    '#ledger',
    '#',
    'x#y',
    'a-b',
    ' ',
    '\n',
    'a'.repeat(255),
    'a'.repeat(256),
    'é'.repeat(128),
    '日'.repeat(85),
  ],
  ...[
    'a'.repeat(1024),
    'a'.repeat(1025),
    `${'日'.repeat(341)}a`,
    `${'日'.repeat(341)}ab`,
    '😀'.repeat(256),
    '😀'.repeat(257),
  ],
);
const anyText = fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' });

/** What may stand in a hole: nearly always without the separator, and never without surprises. */
export const holeTexts = (separator: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 50, arbitrary: names },
    { weight: 4, arbitrary: namesThatMayFail },
    { weight: 1, arbitrary: words },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: fc.constantFrom(`a${separator}b`, separator, `${separator}a`, `a${separator}`, '') },
  );

/** Makes a text one with a character more, less or another. */
export const oneLetterOff: fc.Arbitrary<(text: string) => string> = fc
  .tuple(fc.nat(), fc.nat(1), fc.constantFrom('', 'a', 'A', '#', '-', 'é', '0', '.', ' ', 'Z', '😀'))
  .map(([place, without, letter]) => (text) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + letter + text.slice(at + without);
  });
