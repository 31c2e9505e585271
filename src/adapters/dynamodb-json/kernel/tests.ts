/** Whether an image is as a program's tests want it. */
import { Hole, Kind, Literal, Test, Type } from './codes';
import { endOf, fromOf, setSpan, spanOf, typeOf } from './image';
import { FILTERS, PROGRAM } from './layout';

/** What tests come to. UNSURE: others have to judge this record. */
export const FAIL: u32 = 0;
export const HOLD: u32 = 1;
export const UNSURE: u32 = 2;

/** Whether all tests up to `end` hold of an image; UNSURE, where only one from `needed` on does not. */
export function check(test: usize, needed: usize, end: usize, image: usize): u32 {
  for (; test < end; test += load<u32>(test, Test.BYTES)) {
    const column: usize = load<u8>(test, Test.COLUMN);
    const type = typeOf(image, column);
    const kind: i32 = load<u8>(test);
    let holds: bool;
    if (kind <= Kind.IS_TYPE) {
      if (type === Type.UNSURE) return UNSURE;
      holds = type === load<u8>(test, Test.TYPE) && (kind === Kind.IS_TYPE || isText(kind, test, spanOf(image, column)));
    } else {
      if (kind === Kind.IN_MAP && (type === Type.MAP || type === Type.UNSURE)) return UNSURE;
      holds = kind === Kind.EXISTS && type !== Type.ABSENT;
    }
    if (<u32>holds === load<u8>(test, Test.NEGATED)) return test < needed ? FAIL : UNSURE;
  }
  return HOLD;
}

// @ts-ignore: decorator
@inline
function isText(kind: i32, test: usize, span: usize): bool {
  const from = fromOf(span);
  const end = endOf(span);
  const literal = test + Test.LITERAL;
  if (kind === Kind.ONE_OF) return isOneOf(literal, test + load<u32>(test, Test.BYTES), from, end);
  if (!startsWith(from, end, literal)) return false;
  if (kind === Kind.STARTS) return true;
  const next = from + load<u32>(literal, Literal.LENGTH);
  if (kind === Kind.EQUALS) return next === end;
  return fillHoles(literal + load<u32>(literal, Literal.BYTES), test + load<u32>(test, Test.BYTES), next, end);
}

function isOneOf(literal: usize, last: usize, from: usize, end: usize): bool {
  for (; literal < last; literal += load<u32>(literal, Literal.BYTES)) {
    if (end - from === load<u32>(literal, Literal.LENGTH) && startsWith(from, end, literal)) return true;
  }
  return false;
}

/** Whether the rest of a text is of the form of a template's rest. */
function fillHoles(hole: usize, last: usize, from: usize, end: usize): bool {
  do {
    const literal = hole + Hole.LITERAL;
    const isLast = load<u8>(hole, Hole.IS_LAST) !== 0;
    const to = isLast ? end : find(from, end, literal);
    if (to <= from) return false;
    const without: usize = load<u32>(hole, Hole.WITHOUT);
    if (without !== 0 && find(from, to, hole + without) !== 0) return false;
    if (!fill(hole, PROGRAM + <usize>load<u32>(hole, Hole.TO), from, to)) return false;
    from = isLast ? end : to + load<u32>(literal, Literal.LENGTH);
    hole += load<u32>(hole, Hole.BYTES);
  } while (hole < last);
  return from === end;
}

// @ts-ignore: decorator
@inline
function fill(hole: usize, span: usize, from: usize, to: usize): bool {
  if (load<u8>(hole, Hole.IS_KNOWN) !== 0) {
    return to - from === endOf(span) - fromOf(span) && isEqual(from, fromOf(span), to - from);
  }
  setSpan(span, from, to);
  return true;
}

/** Whether a text begins with a literal. */
// @ts-ignore: decorator
@inline
function startsWith(from: usize, end: usize, literal: usize): bool {
  const length: usize = load<u32>(literal, Literal.LENGTH);
  if (end - from < length) return false;
  if (((load<u64>(from) ^ load<u64>(literal, Literal.HEAD)) & load<u64>(literal, Literal.MASK)) !== 0) return false;
  return length <= 8 || isEqual(from + 8, literal + Literal.REST, length - 8);
}

/** Where a literal stands first in a text, or 0. */
function find(from: usize, end: usize, literal: usize): usize {
  const length: usize = load<u32>(literal, Literal.LENGTH);
  const first = v128.load8_splat(literal, Literal.HEAD);
  for (; from < end; from += 16) {
    for (let hits = i8x16.bitmask(i8x16.eq(v128.load(from), first)); hits !== 0; hits &= hits - 1) {
      const at = from + <usize>ctz(hits);
      if (at + length > end) return 0;
      if (length === 1 || startsWith(at, end, literal)) return at;
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
