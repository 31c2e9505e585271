import { constants, crc32, deflateRawSync, type ZlibOptions } from 'node:zlib';
import type { SeededRandom } from './seeded-random.ts';

/** Gzip as many tools write it: several members, optional header fields, every deflate strategy and window. */
export function gzipMembers(content: Buffer, random: SeededRandom): Buffer {
  const members: Buffer[] = [];
  for (const part of split(content, random)) members.push(member(part, random));
  return Buffer.concat(members);
}

/** Cuts anywhere, so that lines and characters go on in the next member; some members are empty. */
function split(content: Buffer, random: SeededRandom): Buffer[] {
  const cuts = Array.from({ length: random.pick([0, 0, 1, 3]) }, () => random.int(0, content.length));
  const edges = [0, ...cuts.sort((a, b) => a - b), content.length];
  return edges.slice(1).map((to, i) => content.subarray(edges[i], to));
}

function member(content: Buffer, random: SeededRandom): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return Buffer.concat([header(random), deflateRawSync(content, deflateOptions(random)), trailer]);
}

const deflateOptions = (random: SeededRandom): ZlibOptions => ({
  level: random.pick([0, 1, 6, 9]),
  strategy: random.pick([
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_FILTERED,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ]),
  windowBits: random.int(9, 15),
  memLevel: random.pick([1, 8, 9]),
});

const FLAGS = { headerCrc: 2, extra: 4, name: 8, comment: 16 };

/** https://www.rfc-editor.org/rfc/rfc1952#section-2.3: every optional field, each by chance. */
function header(random: SeededRandom): Buffer {
  const flags = random.chance(0.5) ? 0 : random.int(0, 15) << 1;
  const fixed = Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]);
  const extra = Buffer.from([4, 0, 0x41, 0x42, 0, 0]);
  const fields = [
    fixed,
    ...(flags & FLAGS.extra ? [extra] : []),
    ...(flags & FLAGS.name ? [Buffer.from('data.json\0', 'latin1')] : []),
    ...(flags & FLAGS.comment ? [Buffer.from('written by a test\0', 'latin1')] : []),
  ];
  const bytes = Buffer.concat(fields);
  return flags & FLAGS.headerCrc ? Buffer.concat([bytes, headerChecksum(bytes)]) : bytes;
}

function headerChecksum(bytes: Buffer): Buffer {
  const checksum = Buffer.alloc(2);
  checksum.writeUInt16LE(crc32(bytes) & 0xffff);
  return checksum;
}
