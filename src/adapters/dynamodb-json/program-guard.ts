import type { AttributeCondition, Condition } from '../../domain/definition.ts';
import { Literal, NO_COLUMN, Type } from './kernel/codes.ts';
import type { Columns } from './program-columns.ts';
import { beginningOf } from './program-steps.ts';
import { literalOf } from './program-texts.ts';

/** What the text of a column begins with wherever some conditions hold: most items fail here, and cost little. */
export interface Guard {
  readonly column: number;
  readonly type: Type;
  /** 16 bytes at most. */
  readonly literal: Buffer;
  /** The condition of which it says all; undefined where there is none. */
  readonly condition: AttributeCondition | undefined;
}

const MAX_BYTES = Literal.MASK - Literal.HEAD;
/** Lets all items pass: a column that is always absent. */
const open: Guard = { column: NO_COLUMN, type: Type.ABSENT, literal: Buffer.alloc(0), condition: undefined };

export function guardOf(conditions: readonly AttributeCondition[], columns: Columns): Guard {
  const guards = conditions.filter(({ attribute }) => !columns.isNested(attribute)).flatMap((one) => guardBy(one, columns));
  return guards.find(({ condition }) => condition !== undefined) ?? guards[0] ?? open;
}

function guardBy(one: AttributeCondition, columns: Columns): Guard[] {
  const { kind } = one.condition;
  const literal = beginningIn(one.condition);
  if (literal === undefined || literal.length === 0) return [];
  const saysAll = literal.length <= MAX_BYTES && (kind !== 'template' || one.condition.template.parts.length === 1);
  return [
    {
      column: columns.of(one.attribute),
      type: kind === 'number' ? Type.N : Type.S,
      literal: literal.subarray(0, MAX_BYTES),
      condition: saysAll ? one : undefined,
    },
  ];
}

function beginningIn(condition: Condition): Buffer | undefined {
  switch (condition.kind) {
    case 'number':
      return literalOf(condition.digits, true);
    case 'startsWith':
      return literalOf(condition.prefix);
    case 'template':
      return beginningOf(condition.template);
    default:
      return undefined;
  }
}
