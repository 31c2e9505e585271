import { crc32 } from 'node:zlib';

/** A file that is no gzip, is damaged or is cut off; codes and messages are those of zlib. */
export class GzipError extends Error {
  override readonly name = 'GzipError';

  constructor(
    message: string,
    readonly code: 'Z_DATA_ERROR' | 'Z_BUF_ERROR' = 'Z_DATA_ERROR',
  ) {
    super(message);
  }
}

export const cutOff = (): GzipError => new GzipError('unexpected end of file', 'Z_BUF_ERROR');

/** https://www.rfc-editor.org/rfc/rfc1952#section-2.3 */
const MAGIC = 0x8b1f;
const DEFLATE = 8;
const FLAG = { HEADER_CRC: 2, EXTRA: 4, NAME: 8, COMMENT: 16, RESERVED: 0xe0 } as const;
const FIXED_BYTES = 10;

/**
 * How long the header of a member is that begins with these bytes.
 * @returns undefined where it goes on behind them
 * @throws GzipError
 */
export function headerBytes(bytes: Buffer): number | undefined {
  if (bytes.length < FIXED_BYTES) return undefined;
  if (bytes.readUInt16LE(0) !== MAGIC) throw new GzipError('incorrect header check');
  if (bytes[2] !== DEFLATE) throw new GzipError('unknown compression method');
  const flags = bytes.readUInt8(3);
  if ((flags & FLAG.RESERVED) !== 0) throw new GzipError('unknown header flags set');
  let end: number | undefined = FIXED_BYTES;
  if ((flags & FLAG.EXTRA) !== 0) end = bytes.length < end + 2 ? undefined : end + 2 + bytes.readUInt16LE(end);
  if ((flags & FLAG.NAME) !== 0) end = behindZero(bytes, end);
  if ((flags & FLAG.COMMENT) !== 0) end = behindZero(bytes, end);
  if ((flags & FLAG.HEADER_CRC) !== 0) end = behindCrc(bytes, end);
  return end === undefined || end > bytes.length ? undefined : end;
}

function behindZero(bytes: Buffer, from: number | undefined): number | undefined {
  const zero = from === undefined ? -1 : bytes.indexOf(0, from);
  return zero === -1 ? undefined : zero + 1;
}

function behindCrc(bytes: Buffer, from: number | undefined): number | undefined {
  if (from === undefined || bytes.length < from + 2) return undefined;
  if (bytes.readUInt16LE(from) !== (crc32(bytes.subarray(0, from)) & 0xffff)) {
    throw new GzipError('header crc mismatch');
  }
  return from + 2;
}

/** CRC32 and length of the decompressed bytes. */
export const TRAILER_BYTES = 8;

/** @throws GzipError where a member's trailer does not speak of what was decompressed */
export function verifyTrailer(trailer: Buffer, crc: number, length: number): void {
  if (trailer.readUInt32LE(0) !== crc) throw new GzipError('incorrect data check');
  if (trailer.readUInt32LE(4) !== length % 2 ** 32) throw new GzipError('incorrect length check');
}
