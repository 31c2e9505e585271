/**
 * One line, in the form in which DynamoDB writes it: no white space, no escapes in keys, every value an object.
 * Functions give the address behind what they have read, or 0 where it is not of that form.
 */
import { CREATED_AT, forget, hasBackslash, MODEL_ID, OWNER, take, UPDATED_AT } from './attributes';
import { closingQuote, skipValue } from './walk';

/** Whether the line that was read last has an image; one that has none has been deleted. */
export let hasImage: bool = false;
let hasKeys: bool = false;
/** The address of its line feed. */
let lineEnd: usize = 0;

// Keys with their punctuation, as integers in memory order.
const ITEM: u64 = 0x7b3a226d65744922; // "Item":{
const KEYS: u64 = 0x7b3a227379654b22; // "Keys":{
const NEW_IMAG: u64 = 0x67616d4977654e22; // "NewImag
const OLD_IMAG: u64 = 0x67616d49646c4f22; // "OldImag
const E_OBJECT: u32 = 0x7b3a2265; // e":{
const MODEL_I_D: u64 = 0x64496c65646f6d22; // "modelId
const OWNER_IS: u64 = 0x3a2272656e776f22; // "owner":
const CREATED: u64 = 0x6465746165726322; // "created
const UPDATED: u64 = 0x6465746164707522; // "updated
const AT_IS: u32 = 0x3a227441; // At":
const QUOTE_IS: u16 = 0x3a22; // ":
const IS_OBJECT: u16 = 0x7b3a; // :{
const NEXT_KEY: u16 = 0x222c; // ,"
const FIRST_KEY: u16 = 0x227b; // {"
const LAST_BRACE: u16 = 0x0a7d; // } and the line feed
const CLOSE_BRACE: u8 = 0x7d;

/** Whether the line from `at` to its line feed at `end` is of that form. */
export function readLine(at: usize, end: usize): bool {
  hasImage = false;
  hasKeys = false;
  lineEnd = end;
  forget();
  if (load<u16>(at) !== FIRST_KEY) return false;
  do {
    at = readMember(at + 1);
    if (at === 0) return false;
  } while (load<u16>(at) === NEXT_KEY);
  return at + 1 === end && load<u16>(at) === LAST_BRACE && (hasImage || hasKeys);
}

/** A key at the top of the line and its value. */
function readMember(at: usize): usize {
  const key = load<u64>(at);
  if (key === ITEM) return readImage(at + 7);
  if (key === NEW_IMAG && load<u32>(at, 8) === E_OBJECT) return readImage(at + 11);
  if (key === KEYS || (key === OLD_IMAG && load<u32>(at, 8) === E_OBJECT)) hasKeys = true;
  return skipMember(at);
}

function readImage(at: usize): usize {
  if (hasImage || load<u16>(at) !== FIRST_KEY) return 0;
  hasImage = true;
  do {
    at = readAttribute(at + 1);
    if (at === 0) return 0;
  } while (load<u16>(at) === NEXT_KEY);
  return load<u8>(at) === CLOSE_BRACE ? at + 1 : 0;
}

function readAttribute(at: usize): usize {
  const key = load<u64>(at);
  if (key === MODEL_I_D && load<u16>(at, 8) === QUOTE_IS) return take(MODEL_ID, at + 10, lineEnd);
  if (key === OWNER_IS) return take(OWNER, at + 8, lineEnd);
  if (key === CREATED && load<u32>(at, 8) === AT_IS) return take(CREATED_AT, at + 12, lineEnd);
  if (key === UPDATED && load<u32>(at, 8) === AT_IS) return take(UPDATED_AT, at + 12, lineEnd);
  return skipMember(at);
}

function skipMember(at: usize): usize {
  const quote = closingQuote(at + 1);
  if (load<u16>(quote, 1) !== IS_OBJECT || hasBackslash(at + 1, quote)) return 0;
  return skipValue(quote + 2, lineEnd);
}
