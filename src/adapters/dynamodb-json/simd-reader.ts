import type { RecordReader } from '../../pipeline/ports.ts';
import { gunzip } from './gunzip.ts';
import { withKernel } from './kernel.ts';
import { LineScanner } from './line-scanner.ts';

/**
 * Reads data files nearly as fast as zlib can decompress them. The way of a byte:
 *
 * 1. `gunzip` decompresses to chunks of 1 MB and hashes what it gets.
 * 2. `LineScanner` copies each chunk once, into the kernel's memory, behind what is left of the line before. A raw line
 *    feed cannot stand inside JSON, so all up to the last one is whole lines. Node checks at a stroke that it is UTF-8.
 * 3. The kernel (kernel/, AssemblyScript to WebAssembly) reads these lines, 64 bytes at a time as bit masks. It knows
 *    the one form in which DynamoDB writes: it compares keys as integers, skips values by their brackets alone and
 *    builds nothing. Ignored and deleted records become numbers; an activity becomes a row and its three strings.
 * 4. Every other line (white space, escapes, keys twice, an attribute of another type, anything malformed) becomes a
 *    row that points at it, and goes to `readLine` of the plain reader: `JSON.parse`, which is always right.
 *
 * So the kernel never has to say what is wrong with a line, only to be sure of what it takes. It is lax in one thing:
 * the inside of a value that it skips needs closed strings and matching brackets, and is not looked at further.
 *
 * A kernel that also inflates would take the place of 1 and 2: compressed bytes into its memory, and the window of
 * the last 32 KB before `inputAt`; 3 and 4 would stay as they are.
 */
export const simdReader: RecordReader = {
  read: (gzipped, visitor) =>
    withKernel(async (kernel) => {
      const scanner = new LineScanner(kernel, visitor);
      const digest = await gunzip(gzipped, (chunk) => scanner.push(chunk));
      scanner.end();
      return { ...digest, records: scanner.records, slowPathRecords: scanner.slowPathRecords };
    }),
};
