import type { Definition } from '../../domain/definition.ts';
import type { ByteWriter } from './byte-writer.ts';
import { Header, KEY_HASHES, NO_COLUMN } from './kernel/codes.ts';

/** Where the kernel puts the attributes of an image: each top-level name has a column. */
export class Columns {
  readonly names: readonly string[];

  constructor(readonly attributes: Definition['attributes']) {
    this.names = [...new Set(attributes.map(([name = '']) => name))];
  }

  isNested(attribute: number): boolean {
    return (this.attributes[attribute]?.length ?? 0) > 1;
  }

  of(attribute: number): number {
    return this.isNested(attribute) ? NO_COLUMN : this.ofMap(attribute);
  }

  /** The column of the outermost map that a nested attribute is in. */
  ofMap(attribute: number): number {
    return this.names.indexOf(this.attributes[attribute]?.[0] ?? '');
  }
}

/** Writes the names as they stand in front of values, and puts into the header how they are found. */
export function writeNames(out: ByteWriter, names: readonly string[]): void {
  const keys = names.map((name) => Buffer.from(`${JSON.stringify(name)}:`));
  const factor = factors.find((candidate) => isPerfect(keys, candidate)) ?? 1;
  const first = out.align(8);
  out.setU32(Header.KEY_FACTOR, factor);
  out.setU32(Header.FIRST_NAME, first);
  const byHash = new Map<number, number>();
  for (const [column, key] of keys.entries()) {
    const hash = hashOf(key, factor);
    const at = out.length;
    out.u32(byHash.get(hash) ?? 0, column, key.length, first);
    writeBlocks(out, key);
    byHash.set(hash, at);
    out.setU32(Header.KEYS + 4 * hash, at);
  }
}

const BLOCK_BYTES = 16;

function writeBlocks(out: ByteWriter, key: Buffer): void {
  for (let at = 0; at < key.length; at += BLOCK_BYTES) {
    const block = key.subarray(at, at + BLOCK_BYTES);
    const padding = Buffer.alloc(BLOCK_BYTES - block.length);
    out.bytes(Buffer.concat([block, padding]));
    out.bytes(Buffer.concat([Buffer.alloc(block.length, 0xff), padding]));
  }
}

/** What first bytes may be multiplied by: odd numbers all over 32 bits. */
const factors = Array.from({ length: 256 }, (_, index) => Math.imul(0x9e3779b1, 2 * index + 1) >>> 0);

/** Of the first four bytes, the quote among them: they are there in the shortest one too. */
const hashOf = (key: Buffer, factor: number): number => Math.imul(key.readUInt32LE(0), factor) >>> (32 - Math.log2(KEY_HASHES));

/** Whether names have a hash in common only where they begin alike. */
function isPerfect(keys: readonly Buffer[], factor: number): boolean {
  const heads = new Set(keys.map((key) => key.readUInt32LE(0)));
  return new Set(keys.map((key) => hashOf(key, factor))).size === heads.size;
}
