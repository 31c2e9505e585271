import type { AttributeCondition, AttributeRead, Condition } from '../../domain/definition.ts';
import { holesOf, isHole, type Template } from '../../domain/template.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Kind, NO_COLUMN, Step, Type } from './kernel/codes.ts';
import type { Columns } from './program-columns.ts';
import { type HoleWriter, literalOf, writeLiteral } from './program-texts.ts';

/** No attribute is of this one. */
const NO_TYPE = 0xff;

/** Writes steps, in the order in which the kernel makes them. */
export class StepWriter {
  constructor(
    readonly out: ByteWriter,
    readonly columns: Columns,
    readonly holes: HoleWriter,
  ) {}

  /** All have to hold, in any order: so those come first of which the kernel can always tell. */
  conditions(conditions: readonly AttributeCondition[]): void {
    const isNested = ({ attribute }: AttributeCondition): boolean => this.columns.isNested(attribute);
    for (const { attribute, condition } of conditions.filter((one) => !isNested(one))) {
      this.#condition(this.columns.of(attribute), condition);
    }
    for (const { attribute, condition } of conditions.filter(isNested)) {
      this.#step(Kind.IN_MAP, this.columns.ofMap(attribute), NO_TYPE, holdsOfAbsent(condition));
    }
  }

  reads(reads: readonly AttributeRead[]): void {
    for (const { attribute, type, template } of reads) {
      this.#template(this.columns.of(attribute), Type[type], template);
    }
  }

  #condition(column: number, condition: Condition, negated = false): void {
    switch (condition.kind) {
      case 'not':
        return this.#condition(column, condition.condition, !negated);
      case 'exists':
        return this.#step(Kind.IS_TYPE, column, Type.ABSENT, condition.exists !== negated);
      case 'bool':
        return this.#step(Kind.IS_TYPE, column, condition.value ? Type.TRUE : Type.FALSE, negated);
      case 'number':
        return this.#step(Kind.BEGINS, column, Type.N, negated, [literalOf(condition.digits, true)]);
      case 'startsWith':
        return this.#step(Kind.BEGINS, column, Type.S, negated, [literalOf(condition.prefix)]);
      case 'oneOf':
        return this.#step(Kind.ONE_OF, column, Type.S, negated, condition.texts.map((text) => literalOf(text, true)));
      case 'template':
        return this.#template(column, Type.S, condition.template, negated);
    }
  }

  #template(column: number, type: Type, template: Template, negated = false): void {
    const kind = holesOf(template).length === 0 ? Kind.BEGINS : Kind.TEMPLATE;
    this.#step(kind, column, type, negated, [beginningOf(template)]);
    this.holes.write(template);
  }

  #step(kind: Kind, column: number, type: number, negated: boolean, literals: readonly Buffer[] = []): void {
    const { out } = this;
    const at = out.length;
    out.u8(kind, column, type, negated ? 1 : 0);
    out.u32(0);
    for (const literal of literals) writeLiteral(out, literal);
    out.setU32(at + Step.BYTES, out.length - at);
  }
}

/** What stands in front of its first hole. */
export function beginningOf({ parts }: Template): Buffer {
  const [first = ''] = parts;
  return isHole(first) ? Buffer.alloc(0) : literalOf(first, parts.length <= 1);
}

/** Whether a condition holds of what is not there: the `b` of an `a` that is no map. */
const holdsOfAbsent = (condition: Condition): boolean =>
  condition.kind === 'not' ? !holdsOfAbsent(condition.condition) : condition.kind === 'exists' && !condition.exists;
