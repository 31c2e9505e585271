import { MissingObject } from '../../src/pipeline/faults.ts';
import type { ByteRange, ExportFiles, PartialFiles } from '../../src/pipeline/ports.ts';

/** A bucket in memory. */
export class MemoryBucket implements ExportFiles, PartialFiles {
  readonly bucket = 'bucket';

  constructor(readonly objects = new Map<string, Uint8Array>()) {}

  async stream(key: string, { from, to }: Partial<ByteRange> = {}): Promise<AsyncIterable<Uint8Array>> {
    const bytes = this.objects.get(key);
    if (bytes === undefined) throw new MissingObject(this.bucket, key);
    const part = bytes.subarray(from, to);
    return (async function* () {
      // In pieces, as from a network: lines and characters are cut anywhere.
      for (let start = 0; start < part.length; start += 1000) yield part.subarray(start, start + 1000);
    })();
  }

  async *list(prefix: string): AsyncGenerator<string> {
    for (const key of this.objects.keys()) if (key.startsWith(prefix)) yield key;
  }

  async put(key: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
    this.objects.set(key, bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes));
  }
}
