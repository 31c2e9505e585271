/** Bytes that are written one behind the other, in the order in which WebAssembly reads numbers: the lowest byte first. */
export class ByteWriter {
  #bytes = Buffer.alloc(1 << 12);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** A copy of all that was written. */
  get written(): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(0, this.#length));
  }

  u8(...values: readonly number[]): void {
    this.bytes(values);
  }

  u32(...values: readonly number[]): void {
    for (const value of values) this.setU32(this.skip(4), value);
  }

  bytes(values: ArrayLike<number>): void {
    const at = this.skip(values.length);
    this.#bytes.set(values, at);
  }

  /** Writes so many zeros; where they begin. */
  skip(bytes: number): number {
    const at = this.#length;
    this.#length += bytes;
    if (this.#length > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * this.#length);
    return at;
  }

  /** Writes zeros up to a multiple of so many bytes; where they end. */
  align(to: number): number {
    this.skip((to - (this.#length % to)) % to);
    return this.#length;
  }

  /** Puts a number in the place of what was written. */
  setU32(at: number, value: number): void {
    this.#bytes.writeUInt32LE(value, at);
  }
}
