import type { EventPattern, PatternValue } from '../../schemas/object-created-pattern.ts';

/**
 * Whether an event matches a pattern, as EventBridge decides it: every field of the pattern must be there, and one of
 * its values must fit; fields that the pattern does not name do not matter; where the event has a list, one member must fit.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export const matchesPattern = (pattern: EventPattern, event: unknown): boolean =>
  isObject(event) &&
  Object.entries(pattern).every(([field, expected]) => {
    const found = Object.hasOwn(event, field) ? event[field] : undefined;
    return isList(expected) ? anyFits(expected, found) : matchesPattern(expected, found);
  });

const anyFits = (expected: readonly PatternValue[], found: unknown): boolean =>
  Array.isArray(found)
    ? found.some((member) => anyFits(expected, member))
    : typeof found === 'string' && expected.some((value) => fits(value, found));

const fits = (value: PatternValue, text: string): boolean =>
  typeof value === 'string' ? value === text : wildcardExpression(value.wildcard).test(text);

/** `*` stands for any number of characters, none too; all others for themselves, and case matters. */
const wildcardExpression = (wildcard: string): RegExp =>
  new RegExp(`^${wildcard.split('*').map(escapeRegExp).join('.*')}$`, 's');

const escapeRegExp = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');

const isList = (expected: EventPattern | readonly PatternValue[]): expected is readonly PatternValue[] =>
  Array.isArray(expected);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
