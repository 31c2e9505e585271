import { wordsOf } from '../describe/vocabulary.ts';

/** Names of activities, metrics and holes: a letter, then up to 63 letters and digits. Room is left for what is put to them. */
const MAX_NAME = 40;

/** `LINE_ITEM` and `LineItem` become `lineItem`. */
export function camelName(text: string, fallback: string): string {
  const [first = '', ...rest] = wordsOf(text.replace(/[^A-Za-z0-9]+/g, ' '));
  const name = (first + rest.map(capital).join('')).replace(/^\d+/, '').slice(0, MAX_NAME);
  return name === '' ? fallback : name.slice(0, 1).toLowerCase() + name.slice(1);
}

export const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** `lineItem` in words: `line item`. */
export const inWords = (name: string): string => wordsOf(name).join(' ');

/** English, as far as a draft needs it. */
export function pluralOf(word: string): string {
  if (/(?:[^aeiou]y)$/i.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:ss|x|ch|sh|us)$/i.test(word)) return `${word}es`;
  return word.endsWith('s') ? word : `${word}s`;
}

/** A name that is not taken yet, which it then is. */
export function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name}${number}`;
  taken.add(free);
  return free;
}
