import fc from 'fast-check';
import type { ConditionInput, ConditionsInput } from '../../../src/domain/define-table.ts';
import { objectOf } from './objects.ts';
import { templates } from './templates.ts';
import { definedWords } from './texts.ts';

const filled = definedWords.filter((text) => text !== '');

const flat: fc.Arbitrary<ConditionInput> = fc.oneof(
  { weight: 2, arbitrary: filled },
  filled.map((startsWith) => ({ startsWith })),
  fc.array(definedWords, { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })),
  fc.boolean().map((exists) => ({ exists })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constantFrom('3', '3.0', '0', '-1e3', 'three').map((N) => ({ N })),
);

const negated: fc.Arbitrary<ConditionInput> = fc.oneof(
  { weight: 3, arbitrary: flat.map((condition) => ({ not: condition })) },
  flat.map((condition) => ({ not: { not: condition } })),
  flat.map((condition) => ({ not: { not: { not: condition } } })),
);

export const conditionsWithoutHoles: fc.Arbitrary<ConditionInput> = fc.oneof({ weight: 3, arbitrary: flat }, negated);

/** What `is` may say: templates for the most part. */
export const conditions = (separator: string, paths: readonly string[]): fc.Arbitrary<ConditionsInput> =>
  objectOf(
    paths,
    fc.oneof({ weight: 3, arbitrary: templates(separator) }, { weight: 2, arbitrary: conditionsWithoutHoles }),
    1,
    3,
  );
