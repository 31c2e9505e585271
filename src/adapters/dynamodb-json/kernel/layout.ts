/** Where things are in the module's memory. */

/** Tables of a block's prefix codes, u32 entries: 2^10 and 2^8 and their second tables (1,334 and 402 at most), 2^7. */
export const LITLEN_TABLE: usize = 0x1000;
export const DIST_TABLE: usize = 0x4000;
export const PRE_TABLE: usize = 0x5000;
/** Room to build them: code lengths, how many there are of each, where each begins, symbols in order of their codes. */
export const LENGTHS: usize = 0x6000;
export const COUNTS: usize = 0x6200;
export const OFFSETS: usize = 0x6280;
export const SORTED: usize = 0x6300;

/** 64 bytes of ones and 64 of zeros. */
export const FILTERS: usize = 0x7f00;

/** What is known of the images of the record at hand, IMAGE_BYTES each. */
export const IMAGES: usize = 0x8000;
export const IMAGE_BYTES: usize = 0x100;

/** How deep each open list stands, u32 each. */
export const LISTS: usize = 0x10000;
export const MAX_LISTS: usize = 0xe000;

/** The addresses of line feeds, u32 each. */
export const LINES: usize = 0x48000;
export const MAX_LINES: u32 = 0x2000;
/** Whether there may be a backslash in each, u8. */
export const LINE_ESCAPES: usize = 0x62000;

/** Results: a row for each activity. Behind the end there is room for the 32 of a last record. */
export const ROWS: usize = 0x50000;
export const ROWS_END: usize = 0x56000;

/** Spans of what is added up. Behind the end there is room for the 16 of each of 32 activities. */
export const SUMS: usize = 0x58000;
export const SUMS_END: usize = 0x60000;

/** Compressed bytes. What stands behind them, up to 1 KB, may be read but is never used. */
export const GZIPPED: usize = 0x80000;
export const MAX_GZIPPED: usize = 0x20000;

/** Texts that were told before: slots of 2 bytes that tell their places, and places of 64 bytes, one more in front. */
export const KNOWN_SLOTS: usize = 0xb0000;
export const KNOWN: usize = 0xc0000;
export const KNOWN_PLACES_LOG2: u64 = 15;

/**
 * The program, as long as it may be. Behind it, where whoever has put it there decides, come decompressed bytes: the
 * window, and lines. Behind the last byte there must be 64 readable ones.
 */
export const PROGRAM: usize = 0x2d0000;
