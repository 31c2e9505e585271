import { createHash } from 'node:crypto';
import type { RecordReader } from '../../pipeline/ports.ts';
import { Gunzip } from './gunzip.ts';
import { withKernel } from './kernel.ts';
import { LineScanner } from './line-scanner.ts';
import { programOf } from './program.ts';

/**
 * Reads data files in less time than zlib behind a stream needs to decompress them. The way of a byte:
 *
 * 1. `Gunzip` copies each compressed chunk into the kernel's memory, where it is inflated, right behind what is left of
 *    the line before: decompressed bytes are written once and never copied, and the room for them stays in the cache.
 * 2. `LineScanner` finds whole lines: a raw line feed cannot stand inside JSON, so all up to the last one is. Node
 *    checks at a stroke that it is UTF-8.
 * 3. The kernel (kernel/, AssemblyScript to WebAssembly) makes bit masks of them, 64 bytes at a time in one loop, and goes
 *    through the lines by these masks. It knows the one form in which DynamoDB writes: it compares keys as integers,
 *    skips values by their brackets alone and builds nothing. Ignored and deleted records become numbers; so do the
 *    names and the time of an activity, but for names that have not come before.
 * 4. Every other line (white space, escapes, keys twice, an attribute of another type, anything malformed) becomes a
 *    row that points at it, and goes to `readLine` of the plain reader: `JSON.parse`, which is always right.
 *
 * So the kernel never has to say what is wrong with a line, only to be sure of what it takes. It is lax in one thing:
 * the inside of a value that it skips needs closed strings and matching brackets, and is not looked at further.
 */
export const simdReader: RecordReader = {
  read: (gzipped, rules, visitor) =>
    withKernel(programOf(rules), async (kernel) => {
      const md5 = createHash('md5');
      const scanner = new LineScanner(kernel, rules, visitor);
      const gunzip = new Gunzip(kernel, scanner);
      let compressedBytes = 0;
      for await (const chunk of gzipped) {
        md5.update(chunk);
        compressedBytes += chunk.length;
        gunzip.push(chunk);
      }
      gunzip.end();
      scanner.end();
      const { records, slowPathRecords } = scanner;
      return { md5: md5.digest('base64'), compressedBytes, bytes: gunzip.bytes, records, slowPathRecords };
    }),
};
