/*
 * What both sides of the kernel's border go by: the kernel (AssemblyScript), and what writes programs for it and reads its
 * rows (TypeScript). Both import this file.
 *
 * A program is what the kernel is told of a definition: tables, one behind the other, each at a multiple of 8.
 *
 *   Header: at KEYS, by a hash of the first four bytes at a key, where its first name is, u32; 0 where it has none
 *   Names
 *   columns that have to be text, u8 each
 *   Activities, each with its Steps
 *
 * A column is a place for an attribute of an image. A span is where a text is: from where to where, two u32. Members of these enums are places in tables, in bytes, of u32 where
 * nothing else is said; where a table is, is told in bytes from the program's beginning.
 */

export const MAX_COLUMNS = 16;
/** That of what is nested in maps: it is always empty, so that others have to judge who needs it. */
export const NO_COLUMN = 0xff;
export const KEY_HASHES = 256;

export enum Header {
  /** What the first four bytes at a key are multiplied by: the upper 8 bits of the product are its hash. */
  KEY_FACTOR = 0,
  /** {@link Reads}. */
  READS = 4,
  REQUIRED = 8,
  REQUIRED_COUNT = 12,
  ACTIVITIES = 16,
  ACTIVITIES_END = 20,
  /** Where the name is that came first the last time. */
  FIRST_NAME = 24,
  KEYS = 32,
  /** Spans of what holes take: {@link Spans}. */
  SPANS = 1056,
}

/** Flags: whether these are looked into. */
export enum Reads {
  OLD_IMAGE = 1,
  KEYS = 2,
}

export enum Name {
  /** Where the next name of the same hash is, or 0. */
  NEXT = 0,
  COLUMN = 4,
  /** In bytes, with its quotes and the colon. */
  LENGTH = 8,
  /** Where the name is that came behind it the last time: a guess. */
  FOLLOWER = 12,
  /** Each 16 bytes of it, and behind these a mask that has a 1 for each of its bits. */
  BLOCKS = 16,
}

export enum Activity {
  /** How long it is, with its steps. */
  BYTES = 0,
  /** Where in it the steps of `read` begin, and those of `becomes`. */
  READ = 4,
  BECOMES = 8,
  /** Where the span of its time is, if a hole takes it. */
  TIME_HOLE = 12,
  /** Its place in the definition, u8. */
  INDEX = 16,
  /** {@link On}, u8. */
  ON = 17,
  /** {@link Names}, u8. */
  NAMES = 18,
  /** {@link Time}, u8. */
  TIME_FORM = 19,
  /** Of its time, if that is an attribute, u8. */
  TIME_COLUMN = 20,
  /** How many columns are added up, and which, u8 each. */
  SUMS = 21,
  SUMMED = 22,
  /** What a whole number of its time is divided by, u64. */
  TIME_DIVISOR = 40,
  /**
   * What the text of a column must begin with, so that most items that are not the activity cost little: its column and type,
   * u8 each, and a literal of 16 bytes at most.
   */
  GUARD_COLUMN = 38,
  GUARD_TYPE = 39,
  GUARD_LITERAL = 48,
  /** The steps of `is`. */
  IS = 88,
}

/** What must have become of the item. */
export enum On {
  PUT,
  INSERT,
  DELETE,
  BECOMES,
}

/** Flags: which names its holes take. */
export enum Names {
  APP = 1,
  USER = 2,
}

/** Flags. None: there is no time. */
export enum Time {
  /** It is an attribute that may be `{"N"}`; that may be `{"S"}`. */
  OF_N = 1,
  OF_S = 2,
  /** It is what a hole takes. */
  OF_HOLE = 4,
  /** What that text is. None: others read it. */
  IS_NUMBER = 8,
  IS_DATE_TIME = 16,
}

/** Steps that an image has to pass, one after the other. */
export enum Step {
  /** {@link Kind}, u8. */
  KIND = 0,
  /** What is looked at, u8. */
  COLUMN = 1,
  /** {@link Type}, u8: which it must have. */
  TYPE = 2,
  /** 1 where it must not be so, u8. */
  NEGATED = 3,
  /** How long it is. */
  BYTES = 4,
  /** What the text begins with; of ONE_OF, what it may begin with. */
  LITERAL = 8,
  /** Of a HOLE, in the place of column, type and negation: 1 where its span is there already, and the text must be the same. */
  IS_KNOWN = 1,
  /** 1 where its text goes up to the end. */
  IS_LAST = 2,
  /** 1 where the text must end behind the hole's literal. */
  IS_END = 3,
  /** Where the hole's span goes. */
  SPAN = 8,
  /** Where in this step the literal is that the hole's text may not hold; 0: it may hold anything. */
  WITHOUT = 12,
  /** The literal behind the hole. */
  BEHIND = 16,
}

export enum Kind {
  /** The text begins so. */
  BEGINS,
  /** It begins so, and goes on as the HOLEs behind this step say. */
  TEMPLATE,
  HOLE,
  ONE_OF,
  /** The type is all. */
  IS_TYPE,
  /** Never so; but of a map nothing can be said. */
  IN_MAP,
}

/**
 * A text without quotes, or with one at its end: there the text of an attribute ends that equals it. So whatever begins
 * with a literal has all of it.
 */
export enum Literal {
  /** Of its text, in bytes. */
  LENGTH = 0,
  /** How long this table is. */
  BYTES = 4,
  /** The text's first 16 bytes and a mask of them; the others. */
  HEAD = 8,
  MASK = 24,
  REST = 40,
}

export enum Spans {
  APP = 0,
  USER = 8,
  /** Of holes that nobody asks for. */
  ELSE = 16,
  /** Of others that are named twice, or are the time. */
  HOLES = 24,
}

export enum Type {
  ABSENT = 0,
  /** It is there, but others have to say what it is. */
  UNSURE = 1,
  /** Any that nobody looks for. */
  OTHER = 2,
  MAP = 3,
  FALSE = 4,
  TRUE = 5,
  N = 0x4e,
  S = 0x53,
}

/** What is told of an activity of a record. */
export enum Row {
  /** {@link Told}. */
  TOLD = 0,
  /** Of the lines that were classified, from 0. */
  LINE = 4,
  /** The names: their places among the known ones, and their spans. */
  APP = 8,
  USER = 12,
  APP_SPAN = 16,
  USER_SPAN = 24,
  /** The time: a number, f64; its digits, YYYYMMDD and HHMMSSmmm; or its span. */
  TIME = 32,
  /** The address of the spans of what is added up. */
  SUMS = 40,
  BYTES = 48,
  /** Of LINE_ALONE: its span. */
  SPAN = 8,
}

export enum Told {
  /** A line that others have to read. Any other row has its activity's place plus 1, and flags. */
  LINE_ALONE = 0,
  ACTIVITY = 0x3f,
  /** The names are not known: they have to be read. */
  APP = 0x40,
  USER = 0x80,
  /** How the time is told: NUMBER, DATE_TIME, TEXT_OF_NUMBER, TEXT. */
  TIME = 0x300,
  NUMBER = 0,
  DATE_TIME = 0x100,
  TEXT_OF_NUMBER = 0x200,
  TEXT = 0x300,
  /** The next row is of the same record. */
  MORE = 0x400,
}
