import stringWidth from 'string-width';

/** Colours for a terminal; {@link plain} where there are none. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const same = (text: string): string => text;

export const plain: Paint = { bold: same, dim: same, red: same, green: same, yellow: same };

/** How text is laid out: in which colours, and in how many columns of a terminal. */
export interface Layout {
  readonly paint: Paint;
  readonly columns: number;
}

/** What fits a terminal of the usual width, or a file. */
export const plainLayout: Layout = { paint: plain, columns: 80 };

/**
 * Makes a name from outside harmless on a terminal: control characters (an escape sequence could move the cursor or set
 * colours) and invisible ones (some change the direction of text) are shown as `\u{1b}`.
 */
export const harmless = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cuts a text to so many columns of a terminal, with an ellipsis where something is lost. */
export function truncate(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (stringWidth(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Fills up with spaces on the right, by columns of a terminal, not by characters. */
export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - stringWidth(text)));

export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;

/** Puts parts on as few lines as their width allows. */
export function wrap(parts: readonly string[], separator: string, columns: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = lines.length === 0 ? undefined : `${lines.at(-1)}${separator}${part}`;
    if (longer === undefined || stringWidth(longer) > columns) lines.push(part);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
