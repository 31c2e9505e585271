import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';

/** How much text is compressed at a time: the memory that writing takes beside its result. */
const MEMBER_CHARS = 1 << 20;

/**
 * Compresses lines into a gzip file of as many members as it takes, none for no lines. The fastest level: what is
 * written is read once, minutes later, next door.
 */
export class GzipLines {
  readonly members: Uint8Array[] = [];
  #pending: string[] = [];
  #chars = 0;

  push(line: string): void {
    this.#pending.push(line);
    this.#chars += line.length + 1;
    if (this.#chars >= MEMBER_CHARS) this.#compress();
  }

  /** @returns the members, and how long they are together */
  end(): { readonly members: readonly Uint8Array[]; readonly bytes: number } {
    if (this.#pending.length > 0) this.#compress();
    return { members: this.members, bytes: this.members.reduce((sum, { length }) => sum + length, 0) };
  }

  #compress(): void {
    this.members.push(gzipSync(`${this.#pending.join('\n')}\n`, { level: 1 }));
    this.#pending = [];
    this.#chars = 0;
  }
}

/**
 * Reads lines of a gzip file one by one.
 * @throws Error of zlib where the stream is no gzip, is damaged or is cut off
 */
export async function* readGzipLines(gzipped: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const source = Readable.from(gzipped, { objectMode: false });
  const inflated = createGunzip({ chunkSize: 1 << 18 });
  source.once('error', (error) => inflated.destroy(error));
  let rest = '';
  try {
    for await (const chunk of source.pipe(inflated).setEncoding('utf8')) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    source.destroy();
  }
  if (rest !== '') yield rest;
}
