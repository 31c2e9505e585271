/*
 * RFC 4180, but lines end as Unix tools expect. Names come from the table, and so from whoever writes to it: a spreadsheet
 * would take a cell that begins with one of = + - @ for a formula and run it, and so these begin with an apostrophe.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */

/** Cells of one row; numbers are those of decimal digits, and never changed. */
export type CsvRow = readonly string[];

export interface CsvOptions {
  /** For programs: every cell as it is, where only RFC 4180 decides what is quoted. */
  readonly raw: boolean;
}

/** Full-width forms are taken for what they look like. */
const FORMULA = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r]/u;
const NUMBER = /^-?\d+(?:\.\d+)?$/;
const CONTROL = /\p{Cc}/gu;

/** The first row is the header. */
export const csvText = (rows: readonly CsvRow[], { raw }: CsvOptions): string =>
  rows.map((cells) => `${cells.map((cell) => quoted(raw ? cell : neutral(cell))).join(',')}\n`).join('');

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What no spreadsheet runs, and no terminal obeys. */
function neutral(text: string): string {
  if (NUMBER.test(text)) return text;
  const shown = text.replace(CONTROL, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return FORMULA.test(text) ? `'${shown}` : shown;
}
