/** Codes of what is wrong with a whole line or item, and not with one attribute. */
const wholeRecord = new Map([
  ['line.utf8', 'the line is not valid UTF-8'],
  ['line.json', 'the line is not JSON'],
  ['line.object', 'the line is not a JSON object'],
  ['line.length', 'the line is too long'],
  ['image.missing', 'the line has neither an item nor keys'],
  ['image.object', 'the item is not a JSON object'],
  ['app.reserved', 'the app begins with #'],
]);

/** What the last part of a code such as `createdAt.format` says of the attribute before it. */
const ofAttribute = new Map([
  ['missing', 'is missing'],
  ['type', 'is of another type'],
  ['format', 'does not have its form'],
  ['tooLong', 'is too long'],
]);

/** Why a record was malformed, in words: `createdAt does not have its form` for `createdAt.format`. */
export function wordsOfReason(code: string): string {
  const dot = code.lastIndexOf('.');
  const ofOne = ofAttribute.get(code.slice(dot + 1));
  return wholeRecord.get(code) ?? (dot > 0 && ofOne !== undefined ? `${code.slice(0, dot)} ${ofOne}` : code);
}
