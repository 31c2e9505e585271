import type { ConditionInput, ConditionsInput } from '../../../src/domain/define-table.ts';
import { attributeOf, textOf, typedValue } from './item.ts';
import { match, type Taken } from './template.ts';

const nothing: Taken = new Map();

/** What the holes of the conditions take of an image; undefined where not all of them hold. */
export function takenByAll(
  image: unknown,
  conditions: ConditionsInput,
  separator: string | undefined,
): Taken | undefined {
  let taken: Taken | undefined = nothing;
  for (const [path, condition] of Object.entries(conditions)) {
    const attribute = attributeOf(image, path);
    if (typeof condition === 'string') taken = takenBy(attribute, condition, separator, taken);
    else if (!holds(attribute, condition)) return undefined;
    if (taken === undefined) return undefined;
  }
  return taken;
}

function takenBy(
  attribute: unknown,
  template: string,
  separator: string | undefined,
  before: Taken,
): Taken | undefined {
  const text = textOf(attribute, 'S');
  return text === undefined ? undefined : match(template, text, separator, before);
}

/** Whether a condition without holes holds. */
function holds(attribute: unknown, condition: ConditionInput): boolean {
  const text = textOf(attribute, 'S');
  if (typeof condition === 'string') return text === condition;
  if ('not' in condition) return !holds(attribute, condition.not);
  if ('exists' in condition) return condition.exists === (attribute !== undefined);
  if ('startsWith' in condition) return text?.startsWith(condition.startsWith) === true;
  if ('oneOf' in condition) return text !== undefined && condition.oneOf.includes(text);
  if ('BOOL' in condition) return typedValue(attribute, 'BOOL') === condition.BOOL;
  return textOf(attribute, 'N') === condition.N;
}
