/*
 * What a text is made of: words that may be constant (`USER` in `USER#4711`), and what stands between them, told by its form
 * alone. Where a text has one of `# | ~ : /` it is parted there, for these hardly stand in ids; else at the first of `- _ .`,
 * as long as what comes is words: behind the first thing that is none, ids may have such characters themselves.
 */

/** How a part of a text looks that is not constant. */
export const forms = [
  'uuid',
  'uuidv7',
  'ulid',
  'ksuid',
  'number',
  'hex',
  'date',
  'dateTime',
  'dateTimeWithoutZone',
  'email',
  'word',
  'id',
  'text',
  'bytes',
] as const;

export type Form = (typeof forms)[number];

/** A part of a text. */
export interface Token {
  /** Null where it surely is no constant. */
  readonly word: string | null;
  readonly form: Form;
  /** What stands behind it; null at the end of the text, empty where a word and a number stand side by side. */
  readonly separator: string | null;
}

const STRONG = ['#', '|', '~', ':', '/'];
const WEAK = /[-_.]/;

/** Longer texts are prose, or documents. */
const MAX_LENGTH = 160;
const MAX_TOKENS = 12;

const WORD = /^[A-Za-z$@_]?[A-Za-z_.-]{0,38}\d{0,2}$/;
const PLAIN_WORD = /^[A-Za-z]{1,32}$/;
/** The first word may be a version, or numbered: `v1`, `GSI2`. */
const FIRST_WORD = /^[A-Za-z]{1,32}\d{0,2}$/;
const WORD_AND_NUMBER = /^([A-Za-z]{2,12})(\d{3,})$/;

/** What ids and times with separators of their own look like, wherever they stand in a text. */
const SELF_CONTAINED =
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/iy;

const byPattern: readonly (readonly [Form, RegExp])[] = [
  ['number', /^-?\d+(?:\.\d+)?$/],
  ['uuidv7', /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['dateTime', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i],
  ['dateTimeWithoutZone', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/i],
  ['email', /^[^@\s#|~/:]+@[^@\s#|~/:]+\.[^@\s#|~/:]+$/],
  ['ulid', /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i],
  ['ksuid', /^(?=.*\d)[0-9A-Za-z]{27}$/],
  ['hex', /^(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}$/i],
];

const DIGIT_OR_AT = /[\d@]/;

/** The form of a part as a whole; undefined where it may as well be a word. */
function formOf(part: string): Form | undefined {
  if (!DIGIT_OR_AT.test(part)) return undefined;
  return byPattern.find(([, pattern]) => pattern.test(part))?.[0];
}

const wordToken = (word: string, separator: string | null): Token => ({ word, form: 'word', separator });
const otherToken = (form: Form, separator: string | null): Token => ({ word: null, form, separator });

/** Takes a text apart; the tokens and their separators, put together, are the text. */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH || /\s/.test(text)) return [otherToken(formOf(text) ?? 'text', null)];
  const form = formOf(text);
  if (form !== undefined) return [otherToken(form, null)];
  const strong = STRONG.find((separator) => text.includes(separator));
  if (strong !== undefined) return split(text, strong, text.startsWith('$') ? electroPart : strongPart);
  const weak = WEAK.exec(text);
  if (weak !== null && FIRST_WORD.test(text.slice(0, weak.index))) return split(text, weak[0], weakPart);
  const [, word, number] = WORD_AND_NUMBER.exec(text) ?? [];
  if (word !== undefined && number !== undefined) return [wordToken(word, ''), otherToken('number', null)];
  return [partOf(text, null)];
}

/** What a part between separators is; undefined where it and all behind it are one. */
type PartReading = (part: string, separator: string | null, index: number) => Token[] | undefined;

function partOf(part: string, separator: string | null): Token {
  const form = formOf(part);
  if (form !== undefined) return otherToken(form, separator);
  return WORD.test(part) ? wordToken(part, separator) : otherToken('id', separator);
}

const strongPart: PartReading = (part, separator) => [partOf(part, separator)];

/** ElectroDB writes `$shop#userid_4711`: in front of each value its attribute. */
const electroPart: PartReading = (part, separator) => {
  const [, label, value] = /^(\$?[A-Za-z]+)_(.*)$/.exec(part) ?? [];
  if (label === undefined || value === undefined) return [partOf(part, separator)];
  return [wordToken(label, '_'), partOf(value, separator)];
};

const weakPart: PartReading = (part, separator, index) =>
  (index === 0 ? FIRST_WORD : PLAIN_WORD).test(part) ? [wordToken(part, separator)] : undefined;

function split(text: string, separator: string, read: PartReading): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    const end = endOfPart(text, at, separator);
    const part = text.slice(at, end);
    const behind = end === text.length ? null : separator;
    // What has the separator inside is an id or a time.
    const isOne = part.includes(separator);
    const found = isOne ? [partOf(part, behind)] : read(part, behind, tokens.length);
    if (found === undefined || tokens.length >= MAX_TOKENS - 1)
      return [...tokens, otherToken(formOf(text.slice(at)) ?? 'id', null)];
    tokens.push(...found);
    if (behind === null) return tokens;
    at = end + separator.length;
  }
}

/** Up to the next separator, or the end; but ids and times that have it inside are not parted. */
function endOfPart(text: string, at: number, separator: string): number {
  SELF_CONTAINED.lastIndex = at;
  if (SELF_CONTAINED.test(text)) {
    const end = SELF_CONTAINED.lastIndex;
    if (end === text.length || text.startsWith(separator, end)) return end;
  }
  const next = text.indexOf(separator, at);
  return next === -1 ? text.length : next;
}
