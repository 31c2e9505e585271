import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** What is learned of a gzipped file on the way. */
export interface GzipDigest {
  /** base64 MD5 of the gzipped bytes. */
  readonly md5: string;
  readonly compressedBytes: number;
  readonly bytes: number;
}

/**
 * Each write to zlib and each of its buffers costs a trip to a thread of Node's pool and back: so both are large.
 * More than this gains nothing.
 */
const CHUNK_BYTES = 1 << 20;

/**
 * Decompresses all members of a gzip stream and gives each chunk to `see`.
 * @throws Error of zlib where the stream is no gzip, is damaged or is cut off
 */
export async function gunzip(gzipped: AsyncIterable<Uint8Array>, see: (chunk: Buffer) => void): Promise<GzipDigest> {
  const md5 = createHash('md5');
  let compressedBytes = 0;
  let bytes = 0;
  const hashed = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of inLargeChunks(chunks)) {
      md5.update(chunk);
      compressedBytes += chunk.length;
      yield chunk;
    }
  };
  await pipeline(gzipped, hashed, createGunzip({ chunkSize: CHUNK_BYTES }), async (inflated) => {
    for await (const chunk of inflated as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      see(chunk);
    }
  });
  return { md5: md5.digest('base64'), compressedBytes, bytes };
}

async function* inLargeChunks(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    length += chunk.length;
    if (length < CHUNK_BYTES) continue;
    yield gathered.length === 1 ? chunk : Buffer.concat(gathered, length);
    gathered = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(gathered, length);
}
