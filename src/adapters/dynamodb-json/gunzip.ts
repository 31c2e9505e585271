import { crc32 } from 'node:zlib';
import { cutOff, GzipError, headerBytes, TRAILER_BYTES, verifyTrailer } from './gzip-format.ts';
import { INFLATE, type Kernel } from './kernel.ts';

/** What comes next in the compressed bytes. `padding`: zeros behind the last member, which mean nothing. */
type Part = 'header' | 'deflate' | 'trailer' | 'padding';

/** Where decompressed bytes go: a place in the kernel's memory that has the last 32 KB in front of it. */
export interface Output {
  /** Where the next bytes are to be put: from `at`, up to `end`. */
  makeRoom(): { readonly at: number; readonly end: number };
  /** Takes the bytes that have been put there. */
  read(bytes: number): void;
}

const damages: Readonly<Record<number, string>> = {
  [INFLATE.BAD_BLOCK]: 'invalid block type',
  [INFLATE.BAD_STORED]: 'invalid stored block lengths',
  [INFLATE.BAD_LENGTHS]: 'invalid code lengths set',
  [INFLATE.BAD_CODE]: 'invalid code',
  [INFLATE.TOO_FAR_BACK]: 'invalid distance too far back',
};

/**
 * Decompresses all members of a gzip file in the kernel, right to where the scanner wants the lines: compressed bytes
 * are given in chunks of any size. As in zlib, each member's CRC and length are verified.
 */
export class Gunzip {
  /** Of decompressed bytes. */
  bytes = 0;
  #part: Part = 'header';
  #isFirst = true;
  /** Compressed bytes that have not been used yet stand at the beginning of their room; so many. */
  #left = 0;
  #crc = 0;
  #memberBytes = 0;

  constructor(
    readonly kernel: Kernel,
    readonly output: Output,
  ) {}

  /** @throws GzipError */
  push(chunk: Uint8Array): void {
    const { gzippedAt, maxGzipped } = this.kernel;
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + maxGzipped - this.#left);
      this.kernel.bytes.set(part, gzippedAt + this.#left);
      this.#left += part.length;
      from += part.length;
      this.#use(false);
      if (this.#left === maxGzipped) throw new GzipError('the header of a member is too long');
    }
  }

  /** To be called when there are no more compressed bytes. @throws GzipError */
  end(): void {
    this.#use(true);
    const isBetweenMembers = this.#part === 'padding' || (this.#part === 'header' && this.#left === 0);
    if (!isBetweenMembers || this.#isFirst) throw cutOff();
  }

  #use(isWhole: boolean): void {
    const { kernel } = this;
    const end = kernel.gzippedAt + this.#left;
    let [at, before, part] = [kernel.gzippedAt, -1, this.#part];
    while (at !== before || part !== this.#part) {
      [before, part] = [at, this.#part];
      at = this.#step(at, end, isWhole);
    }
    kernel.bytes.copyWithin(kernel.gzippedAt, at, end);
    this.#left = end - at;
  }

  /** Reads a part of a member, or as much of it as there is; the address behind what it has used. */
  #step(at: number, end: number, isWhole: boolean): number {
    if (this.#part === 'deflate') return this.#inflate(at, end, isWhole);
    if (at === end) return at;
    if (this.#part === 'trailer') return this.#readTrailer(at, end);
    if (this.#part === 'header' && (this.#isFirst || this.kernel.bytes[at] !== 0)) return this.#readHeader(at, end);
    this.#part = 'padding';
    return end;
  }

  #readHeader(at: number, end: number): number {
    const length = headerBytes(this.kernel.bytes.subarray(at, end));
    if (length === undefined) return at;
    this.kernel.startInflate();
    this.#part = 'deflate';
    this.#isFirst = false;
    this.#crc = 0;
    this.#memberBytes = 0;
    return at + length;
  }

  #readTrailer(at: number, end: number): number {
    if (end - at < TRAILER_BYTES) return at;
    verifyTrailer(this.kernel.bytes.subarray(at, end), this.#crc, this.#memberBytes);
    this.#part = 'header';
    return at + TRAILER_BYTES;
  }

  #inflate(from: number, to: number, isWhole: boolean): number {
    const { kernel, output } = this;
    for (;;) {
      const { at, end } = output.makeRoom();
      const windowFrom = Math.max(kernel.inputAt, at - this.#memberBytes);
      const { result, inAt, outAt } = kernel.inflate(from, to, isWhole, at, end, windowFrom);
      this.#take(kernel.bytes.subarray(at, outAt));
      from = inAt;
      if (result === INFLATE.NEEDS_ROOM) continue;
      if (result === INFLATE.CUT_OFF) throw cutOff();
      if (result === INFLATE.ENDED) this.#part = 'trailer';
      else if (result !== INFLATE.NEEDS_INPUT) throw new GzipError(damages[result] ?? 'damaged');
      return from;
    }
  }

  #take(written: Buffer): void {
    this.#crc = crc32(written, this.#crc);
    this.#memberBytes += written.length;
    this.bytes += written.length;
    this.output.read(written.length);
  }
}
