import { html, type Markup, trusted } from './markup.ts';
import { styleSheet } from './style/style.ts';

/** `auto` follows what the reader's system prefers. */
export type Theme = 'auto' | 'light' | 'dark';

/** Nothing may be loaded, run or sent: the page is its own picture. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** A whole page in one file: no scripts, no requests. */
export const documentOf = (title: string, theme: Theme, content: Markup): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${theme === 'auto' ? 'light dark' : theme}">
<link rel="icon" href="data:,">
<title>${title}</title>
</head>
<body style="margin:0">
${styled(theme, 'page', html`<main>${content}</main>`)}
</body>
</html>
`.text;

/** What is alone in its document, and what is a part of somebody else's. */
export type Kind = 'page' | 'widget';

export const styled = (theme: Theme, kind: Kind, content: Markup): Markup =>
  html`<style>${trusted(styleSheet)}</style>
<div class="daytally ${kind} ${theme}">
${content}
</div>`;
