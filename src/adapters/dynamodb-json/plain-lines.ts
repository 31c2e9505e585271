import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** What the lines of a data file came to. */
export interface LinesDigest {
  /** Base64, of the compressed bytes. */
  readonly md5: string;
  readonly compressedBytes: number;
  /** Decompressed. */
  readonly bytes: number;
  /** Whether it was read to its end. */
  readonly isWhole: boolean;
}

/**
 * Reads a gzipped file line by line, with Node's own means.
 * @param see is given each line, without its line feed; says whether to go on
 */
export async function readLines(
  gzipped: AsyncIterable<Uint8Array>,
  see: (line: Buffer) => boolean,
): Promise<LinesDigest> {
  const md5 = createHash('md5');
  const digest = { compressedBytes: 0, bytes: 0 };
  const tapped = tap(gzipped, (chunk) => {
    md5.update(chunk);
    digest.compressedBytes += chunk.length;
  });
  let isWhole = true;
  for await (const line of splitLines(gunzip(tapped, digest))) {
    isWhole = see(line);
    if (!isWhole) break;
  }
  return { ...digest, md5: md5.digest('base64'), isWhole };
}

async function* tap(chunks: AsyncIterable<Uint8Array>, see: (chunk: Uint8Array) => void) {
  for await (const chunk of chunks) {
    see(chunk);
    yield chunk;
  }
}

async function* gunzip(gzipped: AsyncIterable<Uint8Array>, digest: { bytes: number }): AsyncGenerator<Buffer> {
  const source = Readable.from(gzipped, { objectMode: false });
  const inflated = createGunzip({ chunkSize: 1 << 20 });
  source.once('error', (error) => inflated.destroy(error));
  try {
    for await (const chunk of source.pipe(inflated)) {
      digest.bytes += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
  } finally {
    // Where the rest is not wanted, the file or the connection behind it has to be let go.
    source.destroy();
  }
}

const NEWLINE = 0x0a;

/** Splits at newlines, which cannot stand inside of JSON. A last line without one is a line too. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
