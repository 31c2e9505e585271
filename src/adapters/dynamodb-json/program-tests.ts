import type { AttributeCondition, AttributeRead, Condition } from '../../domain/definition.ts';
import { holesOf, isHole, type Template } from '../../domain/template.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Kind, NO_COLUMN, Test, Type } from './kernel/codes.ts';
import type { Columns } from './program-columns.ts';
import { type TemplateWriter, writeLiteral } from './program-texts.ts';

/** Writes tests of an image, in the order in which the kernel makes them. */
export class TestWriter {
  constructor(
    readonly out: ByteWriter,
    readonly columns: Columns,
    readonly templates: TemplateWriter,
  ) {}

  /** All have to hold, in any order: so those come first of which the kernel can always tell. */
  conditions(conditions: readonly AttributeCondition[]): void {
    const isNested = ({ attribute }: AttributeCondition): boolean => this.columns.isNested(attribute);
    for (const { attribute, condition } of conditions.filter((one) => !isNested(one))) {
      this.#condition(this.columns.of(attribute), condition);
    }
    for (const { attribute, condition } of conditions.filter(isNested)) {
      this.#test(Kind.IN_MAP, this.columns.ofMap(attribute), Type.ABSENT, holdsOfAbsent(condition));
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
        return this.#test(Kind.EXISTS, column, Type.ABSENT, condition.exists === negated);
      case 'bool':
        return this.#test(Kind.IS_TYPE, column, condition.value ? Type.TRUE : Type.FALSE, negated);
      case 'number':
        return this.#test(Kind.EQUALS, column, Type.N, negated, () => writeLiteral(this.out, condition.digits));
      case 'startsWith':
        return this.#test(Kind.STARTS, column, Type.S, negated, () => writeLiteral(this.out, condition.prefix));
      case 'oneOf':
        return this.#test(Kind.ONE_OF, column, Type.S, negated, () => {
          for (const text of condition.texts) writeLiteral(this.out, text);
        });
      case 'template':
        return this.#template(column, Type.S, condition.template, negated);
    }
  }

  #template(column: number, type: Type, template: Template, negated = false): void {
    const kind = holesOf(template).length === 0 ? Kind.EQUALS : Kind.TEMPLATE;
    this.#test(kind, column, type, negated, () => this.templates.write(template));
  }

  #test(kind: Kind, column: number, type: Type, negated = false, writeTexts = (): void => undefined): void {
    const { out } = this;
    const at = out.length;
    out.u8(kind, column, type, negated ? 1 : 0);
    out.u32(0);
    writeTexts();
    out.setU32(at + Test.BYTES, out.length - at);
  }
}

/** Whether a condition holds of what is not there: the `b` of an `a` that is no map. */
const holdsOfAbsent = (condition: Condition): boolean =>
  condition.kind === 'not' ? !holdsOfAbsent(condition.condition) : condition.kind === 'exists' && !condition.exists;

/** What the text of a column begins with, wherever all of some conditions hold; nothing, where that cannot be said. */
export interface Guard {
  readonly column: number;
  readonly type: Type;
  readonly text: string;
}

/** The first one that there is. */
export function guardOf(conditions: readonly AttributeCondition[], columns: Columns): Guard {
  for (const { attribute, condition } of conditions) {
    const text = columns.isNested(attribute) ? '' : beginningOf(condition);
    const type = condition.kind === 'number' ? Type.N : Type.S;
    if (text !== '') return { column: columns.of(attribute), type, text };
  }
  return { column: NO_COLUMN, type: Type.S, text: '' };
}

function beginningOf(condition: Condition): string {
  if (condition.kind === 'number') return condition.digits;
  if (condition.kind === 'startsWith') return condition.prefix;
  const [first = ''] = condition.kind === 'template' ? condition.template.parts : [];
  return isHole(first) ? '' : first;
}
