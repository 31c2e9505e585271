import type { ActivityDefinition, AttributeCondition, Condition, Definition } from './definition.ts';
import { isHole, matchTemplate } from './template.ts';

/** An activity all of whose items are surely another activity too. */
export interface Overlap {
  readonly activity: string;
  readonly within: string;
}

/**
 * Activities that another one's `is` includes, as far as the conditions alone say. Of different changes of an item
 * (`on`), or by different times of it (`at`), both may be meant; else it is likely a mistake, for each such item counts twice.
 */
export const overlapsOf = ({ activities }: Definition): Overlap[] =>
  activities.flatMap((inner) =>
    activities
      .filter((outer) => outer !== inner && isSameEvent(outer, inner) && includes(outer, inner))
      .map((outer) => ({ activity: inner.id, within: outer.id })),
  );

const isSameEvent = (a: ActivityDefinition, b: ActivityDefinition): boolean =>
  a.on.kind === b.on.kind && JSON.stringify(a.at) === JSON.stringify(b.at);

const includes = (outer: ActivityDefinition, inner: ActivityDefinition): boolean =>
  [...outer.is, ...becoming(outer)].every((wanted) =>
    [...inner.is, ...becoming(inner)].some(
      (given) => given.attribute === wanted.attribute && implies(given.condition, wanted.condition),
    ),
  );

const becoming = ({ on }: ActivityDefinition): readonly AttributeCondition[] =>
  on.kind === 'becomes' ? on.conditions : [];

/** The texts that fulfil a condition, where there are but a few. */
function textsOf(condition: Condition): readonly string[] | undefined {
  if (condition.kind === 'oneOf') return condition.texts;
  const isText = condition.kind === 'template' && !condition.template.parts.some(isHole);
  return isText ? [condition.template.text] : undefined;
}

/** Whether what fulfils one condition surely fulfils the other. */
function implies(given: Condition, wanted: Condition): boolean {
  if (JSON.stringify(given) === JSON.stringify(wanted)) return true;
  const texts = textsOf(given);
  switch (wanted.kind) {
    case 'exists':
      return wanted.exists && given.kind !== 'exists' && given.kind !== 'not';
    case 'startsWith':
      return texts?.every((text) => text.startsWith(wanted.prefix)) ?? beginOf(given).startsWith(wanted.prefix);
    case 'oneOf':
      return texts?.every((text) => wanted.texts.includes(text)) ?? false;
    case 'template':
      return texts?.every((text) => matchTemplate(wanted.template, text, new Map()) !== undefined) ?? false;
    default:
      return false;
  }
}

/** What surely begins every text that fulfils a condition. */
function beginOf(condition: Condition): string {
  if (condition.kind === 'startsWith') return condition.prefix;
  const first = condition.kind === 'template' ? condition.template.parts[0] : undefined;
  return typeof first === 'string' ? first : '';
}
