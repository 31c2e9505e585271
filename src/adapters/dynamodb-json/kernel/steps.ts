/** Whether an image passes the steps of a program. */
import { Kind, Literal, Step, Type } from './codes';
import { endOf, fromOf, setSpan, spanOf, typeOf } from './image';
import { FILTERS, PROGRAM } from './layout';

/** What steps come to. UNSURE: others have to judge the record. */
export const FAIL: u32 = 0;
export const PASS: u32 = 1;
export const UNSURE: u32 = 2;

/** Whether an image passes all steps up to `end`; UNSURE, where it fails at `needed` or behind it. */
export function run(step: usize, needed: usize, end: usize, image: usize): u32 {
  // What is left of the text at hand.
  let from: usize = 0;
  let to: usize = 0;
  for (; step < end; step += load<u32>(step, Step.BYTES)) {
    const kind: i32 = load<u8>(step);
    if (kind === Kind.HOLE) {
      from = fillHole(step, from, to);
      if (from !== 0 && (from === to || load<u8>(step, Step.IS_END) === 0)) continue;
      return step < needed ? FAIL : UNSURE;
    }
    const column: usize = load<u8>(step, Step.COLUMN);
    const type = typeOf(image, column);
    if (type !== load<u8>(step, Step.TYPE)) {
      if (isUnsure(type, kind, step)) return UNSURE;
      if (load<u8>(step, Step.NEGATED) !== 0) continue;
    } else if (kind === Kind.TEMPLATE) {
      from = fromOf(spanOf(image, column));
      to = endOf(spanOf(image, column));
      if (begins(from, step + Step.LITERAL)) {
        from += load<u32>(step, Step.LITERAL + Literal.LENGTH);
        continue;
      }
    } else if (isSo(kind, step, fromOf(spanOf(image, column))) !== load<bool>(step, Step.NEGATED)) continue;
    return step < needed ? FAIL : UNSURE;
  }
  return PASS;
}

/** Whether more has to be known of an attribute than its type, which is not the one that a step wants. */
// @ts-ignore: decorator
@inline
function isUnsure(type: u32, kind: i32, step: usize): bool {
  if (type === Type.MAP) return kind === Kind.IN_MAP;
  return type === Type.UNSURE && load<u8>(step, Step.TYPE) !== Type.ABSENT;
}

/** Whether a text is as a step says, if it says anything of it but its type. */
function isSo(kind: i32, step: usize, text: usize): bool {
  if (kind === Kind.BEGINS) return begins(text, step + Step.LITERAL);
  return kind === Kind.IS_TYPE || isOneOf(step, text);
}

/** Takes a hole's text from what begins at `from`; where the rest begins, or 0 where it is not of the form. */
// @ts-ignore: decorator
@inline
function fillHole(hole: usize, from: usize, end: usize): usize {
  const literal = hole + Step.BEHIND;
  const to = load<u8>(hole, Step.IS_LAST) !== 0 ? end : find(from, end, literal);
  if (to <= from) return 0;
  const without: usize = load<u32>(hole, Step.WITHOUT);
  if (without !== 0 && find(from, to, hole + without) !== 0) return 0;
  const span = PROGRAM + <usize>load<u32>(hole, Step.SPAN);
  if (load<u8>(hole, Step.IS_KNOWN) === 0) setSpan(span, from, to);
  else if (to - from !== endOf(span) - fromOf(span) || !isEqual(from, fromOf(span), to - from)) return 0;
  return to + <usize>load<u32>(literal, Literal.LENGTH);
}

function isOneOf(step: usize, from: usize): bool {
  const end = step + <usize>load<u32>(step, Step.BYTES);
  for (let literal = step + Step.LITERAL; literal < end; literal += load<u32>(literal, Literal.BYTES)) {
    if (begins(from, literal)) return true;
  }
  return false;
}

/** Whether a text begins with a literal. */
// @ts-ignore: decorator
@inline
function begins(from: usize, literal: usize): bool {
  if (differs(from, literal)) return false;
  const length: usize = load<u32>(literal, Literal.LENGTH);
  return length <= 16 || isEqual(from + 16, literal + Literal.REST, length - 16);
}

/** Whether a text begins otherwise than a literal does, as far as its first 16 bytes say. */
// @ts-ignore: decorator
@inline
export function differs(from: usize, literal: usize): bool {
  const bits = v128.xor(v128.load(from), v128.load(literal, Literal.HEAD));
  return v128.any_true(v128.and(bits, v128.load(literal, Literal.MASK)));
}

/** Where a literal stands first in a text, or 0. */
function find(from: usize, end: usize, literal: usize): usize {
  const length: usize = load<u32>(literal, Literal.LENGTH);
  const first = v128.load8_splat(literal, Literal.HEAD);
  for (; from < end; from += 16) {
    for (let hits = i8x16.bitmask(i8x16.eq(v128.load(from), first)); hits !== 0; hits &= hits - 1) {
      const at = from + <usize>ctz(hits);
      if (at + length > end) return 0;
      if (length === 1 || begins(at, literal)) return at;
    }
  }
  return 0;
}

/** Whether so many bytes, at least one, are the same. */
function isEqual(a: usize, b: usize, length: usize): bool {
  for (; length > 16; length -= 16, a += 16, b += 16) {
    if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) return false;
  }
  return !v128.any_true(v128.and(v128.xor(v128.load(a), v128.load(b)), v128.load(FILTERS + 64 - length)));
}
