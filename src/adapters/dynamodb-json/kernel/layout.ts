/** Where things are in the module's memory. */

/** What is known of the four attributes of the record at hand, SLOT_BYTES each: from, end, type. */
export const SLOTS: usize = 0x8000;
export const SLOT_BYTES: usize = 16;

/** Rows of open brackets, u32 each. */
export const RUNS: usize = 0x10000;
export const MAX_RUNS: usize = 0x10000;

/** Results, ROW_BYTES each. */
export const ROWS: usize = 0x50000;
export const ROW_BYTES: usize = 20;
export const MAX_ROWS: usize = 512;

/** The strings of the relevant records, one behind the other. */
export const TEXT: usize = 0x60000;
export const MAX_TEXT: usize = 0x10000;
/** A record with longer strings than this is given back as one of an unexpected shape. */
export const MAX_RECORD_TEXT: usize = 0x1000;

/** Where lines are put. Behind the last byte there must be 64 readable ones. */
export const INPUT: usize = 0x80000;
