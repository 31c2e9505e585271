/**
 * The columns of an image: what is known of its attributes that a program looks at. An image is an address: there a type
 * for each column, u8, and behind these a span for each: from where to where its text goes, two u32.
 */
import { MAX_COLUMNS, Type } from './codes';
import { IMAGE_BYTES, IMAGES } from './layout';
import { closingQuote, hasBackslash, hasEscapes, skipRest, skipValue } from './walk';

/** `Item` or `NewImage`; `OldImage`; `Keys`. */
export const IMAGE: usize = IMAGES;
export const OLD_IMAGE: usize = IMAGES + IMAGE_BYTES;
export const KEYS: usize = IMAGES + 2 * IMAGE_BYTES;

const SIX_BYTES: u64 = 0xffffffffffff;
const FIVE_BYTES: u64 = 0xffffffffff;
const SHAPE: u64 = 0x223a2200227b; // {"?":"
const SHAPE_MASK: u64 = 0xffffff00ffff;
const BOOL_VALUE: u64 = 0x3a224c4f4f42227b; // {"BOOL":
const TRUE_END: u64 = 0x7d65757274; // true}
const FALSE_END: u64 = 0x7d65736c6166; // false}
const M_VALUE: u64 = 0x3a224d227b; // {"M":
const L_VALUE: u64 = 0x3a224c227b; // {"L":
const B_VALUE: u64 = 0x3a2242227b; // {"B":
const SS_VALUE: u64 = 0x3a225353227b; // {"SS":
const NS_VALUE: u64 = 0x3a22534e227b; // {"NS":
const BS_VALUE: u64 = 0x3a225342227b; // {"BS":
const NULL_VALUE: u64 = 0x3a224c4c554e227b; // {"NULL":
const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;

// @ts-ignore: decorator
@inline
export function forget(image: usize): void {
  v128.store(image, i64x2.splat(0));
}

// @ts-ignore: decorator
@inline
export function typeOf(image: usize, column: usize): u32 {
  return load<u8>(image + column);
}

// @ts-ignore: decorator
@inline
export function spanOf(image: usize, column: usize): usize {
  return image + MAX_COLUMNS + (column << 3);
}

// @ts-ignore: decorator
@inline
export function fromOf(span: usize): usize {
  return load<u32>(span);
}

// @ts-ignore: decorator
@inline
export function endOf(span: usize): usize {
  return load<u32>(span, 4);
}

// @ts-ignore: decorator
@inline
export function setSpan(span: usize, from: usize, end: usize): void {
  store<u32>(span, <u32>from);
  store<u32>(span, <u32>end, 4);
}

/** Takes the value at `at`; the address behind it, or 0. Of two equal keys the last one counts: left to others. */
export function take(image: usize, column: usize, at: usize): usize {
  if (typeOf(image, column) !== Type.ABSENT) return 0;
  const head = load<u64>(at);
  const letter = <u32>((head >> 16) & 0xff);
  if ((head & SHAPE_MASK) !== SHAPE || (letter !== Type.S && letter !== Type.N)) return takeOther(image + column, at);
  const end = closingQuote(at + 6);
  setSpan(spanOf(image, column), at + 6, end);
  if (load<u8>(end, 1) !== CLOSE_BRACE) {
    store<u8>(image + column, Type.UNSURE);
    return skipRest(end + 1);
  }
  store<u8>(image + column, hasEscapes && hasBackslash(at + 6, end) ? Type.UNSURE : letter);
  return end + 2;
}

/** As `take`, of a value that is neither text nor a number. */
function takeOther(type: usize, at: usize): usize {
  if (load<u8>(at) !== OPEN_BRACE) return 0;
  store<u8>(type, typeAt(at));
  return skipValue(at);
}

/** A value that begins with one of these types is of no other that is looked for, whatever else may stand in it. */
function typeAt(at: usize): u32 {
  const head = load<u64>(at);
  const five = head & FIVE_BYTES;
  const six = head & SIX_BYTES;
  if (five === M_VALUE) return Type.MAP;
  if (five === L_VALUE || five === B_VALUE || head === NULL_VALUE) return Type.OTHER;
  if (six === SS_VALUE || six === NS_VALUE || six === BS_VALUE) return Type.OTHER;
  return head === BOOL_VALUE ? typeOfBool(load<u64>(at, 8)) : Type.UNSURE;
}

function typeOfBool(tail: u64): u32 {
  if ((tail & FIVE_BYTES) === TRUE_END) return Type.TRUE;
  return (tail & SIX_BYTES) === FALSE_END ? Type.FALSE : Type.UNSURE;
}
