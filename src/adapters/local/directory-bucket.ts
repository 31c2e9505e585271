import { mkdir, open, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { ExportFault, MissingObject } from '../../pipeline/faults.ts';
import type { ByteRange, ExportFiles, PartialFiles } from '../../pipeline/ports.ts';

/** A directory that stands in for a bucket: an object's key is its path below the directory. */
export class DirectoryBucket implements ExportFiles, PartialFiles {
  constructor(
    private readonly directory: string,
    readonly bucket: string = directory,
  ) {}

  /** @throws MissingObject, ExportFault where the key leads out of the directory */
  async stream(key: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array>> {
    const path = this.#pathOf(key);
    const stream = await openFile(path, range);
    if (stream === undefined) throw new MissingObject(this.bucket, key);
    return stream;
  }

  async *list(prefix: string): AsyncGenerator<string> {
    const paths = await readdir(this.directory, { recursive: true, withFileTypes: true });
    for (const entry of paths) {
      if (!entry.isFile()) continue;
      const key = relative(this.directory, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (key.startsWith(prefix)) yield key;
    }
  }

  /** @throws ExportFault where the key leads out of the directory */
  async put(key: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes instanceof Uint8Array ? bytes : Readable.from(bytes));
  }

  #pathOf(key: string): string {
    requireInside(this.bucket, key);
    return join(this.directory, key);
  }
}

/**
 * Keys come from manifests, and a manifest may come from anywhere: none may lead out of its directory.
 * @throws ExportFault
 */
export function requireInside(bucket: string, key: string): void {
  const segments = key.split(/[/\\]/);
  const leaves = segments.includes('..') || segments[0] === '' || /^[A-Za-z]:/.test(key) || key.includes('\0');
  if (!leaves) return;
  throw new ExportFault({
    what: 'a key leads out of the directory',
    where: bucket,
    expected: 'a key below the directory, without ".." and not absolute',
    found: JSON.stringify(key),
    remedy: 'no export of DynamoDB has such keys: do not trust this manifest',
  });
}

/** @returns undefined where there is no such file */
export async function openFile(path: string, range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined> {
  const file = await open(path).catch(undefinedIfAbsent);
  if (file === undefined) return undefined;
  if ((await file.stat()).isFile())
    return file.createReadStream({ highWaterMark: 1 << 18, ...(range && { start: range.from, end: range.to - 1 }) });
  await file.close();
  return undefined;
}

/** @returns undefined where there is no such file */
export async function sizeOfFile(path: string): Promise<number | undefined> {
  const found = await stat(path).catch(undefinedIfAbsent);
  return found?.isFile() ? found.size : undefined;
}

function undefinedIfAbsent(error: unknown): undefined {
  const isAbsence = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
  if (!isAbsence) throw error;
}
