import fc from 'fast-check';
import { definedWords, separators } from './texts.ts';

/** `user` and `app` say just that; the others are free. */
const hole = fc
  .tuple(fc.constantFrom('user', 'user', 'app', 'app', 'id', 'id', 'day', 'User', 'x1'), fc.constantFrom('', '', '*'))
  .map(([name, star]) => `\${${name}${star}}`);

/** Literal text that stands between holes, before and behind them. */
const literals = (separator: string): string[] =>
  [
    ...[separator, separator, `USER${separator}`, `${separator}order${separator}`, 'v1', '-', 'é', '日'],
    ...['"', '\\', '$', '{', '}', 'a', `${separator}${separator}`, '__proto__', ' '],
  ].filter((text) => text !== '');

/** Templates with one hole to three. */
function templatesOf(separator: string): fc.Arbitrary<string> {
  const literal = fc.constantFrom(...literals(separator));
  const before = fc.oneof(literal, fc.constant(''));
  const behind = fc.oneof(literal, { weight: 4, arbitrary: fc.constant('') });
  const more = fc.array(fc.tuple(literal, hole), { maxLength: 2 }).map((pairs) => pairs.flat().join(''));
  return fc.tuple(before, hole, more, behind).map((parts) => parts.join(''));
}

const bySeparator = new Map(['', ...separators].map((separator) => [separator, templatesOf(separator)]));

export const templates = (separator: string): fc.Arbitrary<string> =>
  bySeparator.get(separator) ?? templatesOf(separator);

const others: fc.Arbitrary<string | { readonly N: string }> = fc.oneof(
  definedWords,
  fc.constantFrom('${id*}', '${app}', '${x1*}.${id}', '3').map((N) => ({ N })),
);

/** What `read` may say of an attribute. */
export const readTemplates = (separator: string): fc.Arbitrary<string | { readonly N: string }> =>
  fc.oneof({ weight: 3, arbitrary: templates(separator) }, { weight: 1, arbitrary: others });
