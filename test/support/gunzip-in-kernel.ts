import { Gunzip, type Output } from '../../src/adapters/dynamodb-json/gunzip.ts';
import { Kernel } from '../../src/adapters/dynamodb-json/kernel.ts';

const kernel = new Kernel();
const WINDOW = 1 << 15;
const GUARD_BYTES = 64;
const GUARD = 0xa5;

/** Keeps all that is decompressed, gives as little room at a time as it may, and watches what is behind that room. */
class Collector implements Output {
  readonly parts: Buffer[] = [];
  #at = kernel.inputAt;
  #end = kernel.inputAt;

  constructor(readonly roomBytes: number) {
    kernel.reserve(2 * WINDOW + roomBytes + GUARD_BYTES);
  }

  makeRoom() {
    const { bytes, inputAt } = kernel;
    if (this.#at > inputAt + 2 * WINDOW - this.roomBytes) {
      bytes.copyWithin(inputAt, this.#at - WINDOW, this.#at);
      this.#at = inputAt + WINDOW;
    }
    this.#end = this.#at + this.roomBytes;
    bytes.fill(GUARD, this.#end, this.#end + GUARD_BYTES);
    return { at: this.#at, end: this.#end };
  }

  read(written: number): void {
    if (written > this.roomBytes) throw new Error('more was written than there was room for');
    const behind = kernel.bytes.subarray(this.#end, this.#end + GUARD_BYTES);
    if (!behind.every((byte) => byte === GUARD)) throw new Error('something was written behind the room');
    this.parts.push(Buffer.from(kernel.bytes.subarray(this.#at, this.#at + written)));
    this.#at += written;
  }
}

/** Decompresses with the kernel what comes in these chunks; `roomBytes`: from 400 to 32,768. */
export function gunzipInKernel(chunks: readonly Uint8Array[], roomBytes = 1 << 13): Buffer {
  const output = new Collector(roomBytes);
  const gunzip = new Gunzip(kernel, output);
  for (const chunk of chunks) gunzip.push(chunk);
  gunzip.end();
  const bytes = Buffer.concat(output.parts);
  if (bytes.length !== gunzip.bytes) throw new Error('the bytes are not counted right');
  return bytes;
}
