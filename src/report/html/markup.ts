/** Text that is HTML already; only {@link html} and {@link trusted} make it. */
export class Markup {
  constructor(readonly text: string) {}
}

type Part = Markup | string | number | readonly Part[];

/**
 * A template whose values are escaped, so that no name from outside can become markup; markup inside markup stays as it
 * is, and lists are joined.
 */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(strings.reduce((text, string, index) => `${text}${render(parts[index - 1] ?? '')}${string}`));

/** Markup that holds nothing from outside, such as a style sheet. */
export const trusted = (text: string): Markup => new Markup(text);

function render(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'number') return `${part}`;
  return typeof part === 'string' ? escapeHtml(part) : part.map(render).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters and halves of characters are not allowed in HTML: they become U+FFFD. */
const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/(?![\t\n\r])[\p{Cc}\p{Cs}]/gu, '\ufffd');

/** A name from outside: isolated, so that right-to-left text does not reorder what stands around it. */
export const name = (text: string): Markup => html`<bdi>${text}</bdi>`;
