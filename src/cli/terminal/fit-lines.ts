import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { wrap } from '../../report/terminal-text.ts';

/**
 * Breaks lines that are wider than the terminal, between words. What follows is indented like the line's last column,
 * so that tables of labels and texts stay tables. A command goes on behind a backslash: it can still be copied.
 */
export const fitLines = (text: string, columns: number): string =>
  text
    .split('\n')
    .map((line) => (stringWidth(line) <= columns ? line : fitLine(line, columns)))
    .join('\n');

const COMMAND = /^(?:aws|daytally|npm|npx) /;
const COMMAND_INDENT = 4;

function fitLine(line: string, columns: number): string {
  const { head, rest } = headOf(line, columns);
  const indent = stringWidth(head);
  const isCommand = COMMAND.test(stripVTControlCharacters(rest));
  const [glue, further] = isCommand ? [' \\\n', indent + COMMAND_INDENT] : ['\n', indent];
  const width = columns - further - (isCommand ? 2 : 0);
  return head + wrap(rest.split(' '), ' ', width).join(glue + ' '.repeat(further));
}

/** What every line below begins under: the spaces before the line's last column, or else before the line. */
function headOf(line: string, columns: number): { readonly head: string; readonly rest: string } {
  const heads = [...line.matchAll(/ {2,}(?=\S)/g)].map(({ index, 0: gap }) => line.slice(0, index + gap.length));
  // Words that fit nowhere, such as addresses, are for the terminal to break.
  const words = line.split(' ').map((word) => stringWidth(word));
  const longestWord = Math.max(...words.filter((width) => width <= columns));
  const fits = (head: string) => stringWidth(head) <= Math.min(columns / 2, columns - longestWord);
  const head = heads.findLast(fits) ?? '';
  return { head, rest: line.slice(head.length) };
}
