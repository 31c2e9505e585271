import { stripVTControlCharacters } from 'node:util';

const COLUMNS = 80;

/** What picocolors writes for what `Paint` asks of it. */
const styles: Readonly<Record<string, string>> = {
  1: 'font-weight:700;color:#fff',
  2: 'color:#8b93a3',
  31: 'color:#ff8a80',
  32: 'color:#5fd7a7',
  33: 'color:#f2c14e',
};

/** Lines of a terminal, colours and all, as a page to take a picture of. */
export function terminalPage(lines: readonly string[]): string {
  const tooLong = lines.find((line) => [...stripVTControlCharacters(line)].length > COLUMNS);
  if (tooLong !== undefined) throw new Error(`wider than ${COLUMNS} columns: ${tooLong}`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Terminal</title><style>
body{margin:0;background:#14161a}
pre{display:inline-block;margin:0;padding:20px 24px;width:${COLUMNS}ch;font:15px/1.4 "DejaVu Sans Mono",Menlo,Consolas,monospace;color:#d9dce3}
pre>div{min-height:1.4em;white-space:pre}
</style></head><body><pre>${lines.map((line) => `<div>${coloured(line)}</div>`).join('')}</pre></body></html>`;
}

/** Begins a change of style: `ESC [ number m`. */
const ESCAPE = String.fromCharCode(27);
const STYLE = new RegExp(`${ESCAPE}\\[(\\d+)m`);

const coloured = (line: string): string =>
  line
    .split(STYLE)
    .map((part, index) =>
      index % 2 === 0 ? escapeHtml(part) : styles[part] ? `<span style="${styles[part]}">` : '</span>',
    )
    .join('');

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
