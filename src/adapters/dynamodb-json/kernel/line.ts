/**
 * One line, in the form in which DynamoDB writes it: no white space, no escapes in keys, every value an object.
 * Functions give the address behind what they have read, or 0 where it is not of that form.
 */
import { Header, Name, Reads } from './codes';
import { forget, IMAGE, KEYS, OLD_IMAGE, take } from './image';
import { PROGRAM } from './layout';
import { closingQuote, enterLine, hasBackslash, hasEscapes, skipValue } from './walk';

/** What the line has that was read last: an image (one that has none has been deleted), an old image, keys. */
export let hasImage: bool = false;
export let hasOldImage: bool = false;
let hasKeys: bool = false;

// Keys with their punctuation, as integers in memory order.
const ITEM: u64 = 0x7b3a226d65744922; // "Item":{
const KEYS_IS: u64 = 0x7b3a227379654b22; // "Keys":{
const NEW_IMAG: u64 = 0x67616d4977654e22; // "NewImag
const OLD_IMAG: u64 = 0x67616d49646c4f22; // "OldImag
const E_OBJECT: u32 = 0x7b3a2265; // e":{
const IS_OBJECT: u16 = 0x7b3a; // :{
const NEXT_KEY: u16 = 0x222c; // ,"
const FIRST_KEY: u16 = 0x227b; // {"
const LAST_BRACE: u16 = 0x0a7d; // } and the line feed
const CLOSE_BRACE: u8 = 0x7d;

/** Whether the line from `at` to its line feed at `end` is of that form. */
export function readLine(at: usize, end: usize, mayHaveEscapes: bool): bool {
  hasImage = false;
  hasOldImage = false;
  hasKeys = false;
  enterLine(end, mayHaveEscapes);
  if (load<u16>(at) !== FIRST_KEY) return false;
  do {
    at = readMember(at + 1);
    if (at === 0) return false;
  } while (load<u16>(at) === NEXT_KEY);
  return at + 1 === end && load<u16>(at) === LAST_BRACE && (hasImage || hasOldImage || hasKeys);
}

/** A key at the top of the line and its value. Of two equal keys the last one counts: left to others. */
function readMember(at: usize): usize {
  const key = load<u64>(at);
  if (key === ITEM) return readNewImage(at + 7);
  if (key === NEW_IMAG && load<u32>(at, 8) === E_OBJECT) return readNewImage(at + 11);
  if (key === OLD_IMAG && load<u32>(at, 8) === E_OBJECT) return readOldImage(at);
  return key === KEYS_IS ? readKeys(at) : skipMember(at);
}

function readNewImage(at: usize): usize {
  if (hasImage) return 0;
  hasImage = true;
  return readImage(at, IMAGE);
}

function readOldImage(at: usize): usize {
  if (hasOldImage) return 0;
  hasOldImage = true;
  return (load<u32>(PROGRAM, Header.READS) & Reads.OLD_IMAGE) === 0 ? skipMember(at) : readImage(at + 11, OLD_IMAGE);
}

function readKeys(at: usize): usize {
  if (hasKeys) return 0;
  hasKeys = true;
  return (load<u32>(PROGRAM, Header.READS) & Reads.KEYS) === 0 ? skipMember(at) : readImage(at + 7, KEYS);
}

/** Items of a kind have their attributes in the same order: so the next name is guessed, and where that fails looked up. */
function readImage(at: usize, image: usize): usize {
  if (load<u16>(at) !== FIRST_KEY) return 0;
  forget(image);
  let last = PROGRAM + Header.FIRST_NAME - Name.FOLLOWER;
  do {
    at += 1;
    let name = PROGRAM + <usize>load<u32>(last, Name.FOLLOWER);
    if (!isName(name, at)) {
      name = nameAt(at);
      if (name === 0) {
        at = skipMember(at);
        continue;
      }
      store<u32>(last, <u32>(name - PROGRAM), Name.FOLLOWER);
    }
    at = take(image, load<u32>(name, Name.COLUMN), at + load<u32>(name, Name.LENGTH));
    last = name;
  } while (load<u16>(at) === NEXT_KEY);
  return load<u8>(at) === CLOSE_BRACE && at !== 0 ? at + 1 : 0;
}

/** The name that stands at `at`, or 0. A key's first four bytes, its opening quote among them, tell which it may be. */
// @ts-ignore: decorator
@inline
function nameAt(at: usize): usize {
  const hash: usize = (load<u32>(at) * load<u32>(PROGRAM, Header.KEY_FACTOR)) >> 24;
  let next: usize = load<u32>(PROGRAM + (hash << 2), Header.KEYS);
  while (next !== 0) {
    if (isName(PROGRAM + next, at)) return PROGRAM + next;
    next = load<u32>(PROGRAM + next, Name.NEXT);
  }
  return 0;
}

// @ts-ignore: decorator
@inline
function isName(name: usize, at: usize): bool {
  if (differs(at, name + Name.BLOCKS)) return false;
  return load<u32>(name, Name.LENGTH) <= 16 || isLongName(name, at);
}

/** As `isName`, behind the first 16 bytes. */
function isLongName(name: usize, at: usize): bool {
  const end = at + <usize>load<u32>(name, Name.LENGTH);
  for (let block = name + Name.BLOCKS + 32; ; block += 32) {
    at += 16;
    if (at >= end) return true;
    if (differs(at, block)) return false;
  }
}

// @ts-ignore: decorator
@inline
function differs(at: usize, block: usize): bool {
  return v128.any_true(v128.and(v128.xor(v128.load(at), v128.load(block)), v128.load(block, 16)));
}

function skipMember(at: usize): usize {
  const quote = closingQuote(at + 1);
  if (load<u16>(quote, 1) !== IS_OBJECT || (hasEscapes && hasBackslash(at + 1, quote))) return 0;
  return skipValue(quote + 2);
}
