import type { AttributeCondition, Condition } from './definition.ts';
import { matchTemplate } from './template.ts';

/**
 * An attribute as far as a definition looks at it: text, a number's digits, or true and false; `other` is there, but of
 * another type. An attribute value has exactly one type.
 */
export type AttributeView =
  | { readonly type: 'absent' | 'other' }
  | { readonly type: 'S' | 'N'; readonly text: string }
  | { readonly type: 'BOOL'; readonly value: boolean };

/** An item's attributes, by their place in the definition. */
export type ImageView = (attribute: number) => AttributeView;

/** What the holes of templates have taken. */
export type Taken = ReadonlyMap<string, string>;

const nothingTaken: Taken = new Map();

/** Whether all conditions hold of an item: what their templates have taken, or undefined where one does not. */
export function takenBy(conditions: readonly AttributeCondition[], image: ImageView): Taken | undefined {
  let taken: Taken | undefined = nothingTaken;
  for (const { attribute, condition } of conditions) {
    taken = takenByOne(condition, image(attribute), taken);
    if (taken === undefined) return undefined;
  }
  return taken;
}

function takenByOne(condition: Condition, value: AttributeView, taken: Taken): Taken | undefined {
  if (condition.kind !== 'template') return holds(condition, value) ? taken : undefined;
  return value.type === 'S' ? matchTemplate(condition.template, value.text, taken) : undefined;
}

function holds(condition: Condition, value: AttributeView): boolean {
  switch (condition.kind) {
    case 'exists':
      return (value.type !== 'absent') === condition.exists;
    case 'not':
      return takenByOne(condition.condition, value, nothingTaken) === undefined;
    case 'bool':
      return value.type === 'BOOL' && value.value === condition.value;
    case 'number':
      return value.type === 'N' && value.text === condition.digits;
    case 'startsWith':
      return value.type === 'S' && value.text.startsWith(condition.prefix);
    case 'oneOf':
      return value.type === 'S' && condition.texts.includes(value.text);
    case 'template':
      return takenByOne(condition, value, nothingTaken) !== undefined;
  }
}
