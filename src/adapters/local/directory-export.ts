import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { compareText } from '../../domain/text-order.ts';
import { ExportFault, MissingObject } from '../../pipeline/faults.ts';
import type { ExportFiles } from '../../pipeline/ports.ts';
import { DirectoryBucket, openFile, requireInside, sizeOfFile } from './directory-bucket.ts';

const SUMMARY = 'manifest-summary.json';
const TOP = 'AWSDynamoDB';

/** One export on a disk, ready to be counted. */
export interface DirectoryExport {
  readonly files: LocalFiles;
  readonly manifestKey: string;
}

/** Files of an export that are on a disk. */
export interface LocalFiles extends ExportFiles {
  /**
   * Bytes of an object; 0 where it is missing, which is for those to say who read it.
   * @throws ExportFault where the key leads out of the directory
   */
  size(key: string): Promise<number>;
}

/**
 * Opens the export in a directory, or the one whose manifest-summary.json is given. The directory may be a copy of the
 * bucket, or of a part of it that holds the manifest and the data files.
 * @throws ExportFault where there is no such path, or not exactly one export in the directory
 */
export async function openDirectoryExport(path: string): Promise<DirectoryExport> {
  const given = await stat(path).catch((cause: unknown) => {
    throw notThere(path, cause);
  });
  if (given.isDirectory()) return new CopiedExport(path, await findSummary(path)).opened();
  const folder = dirname(path);
  return new CopiedExport(aboveTop(folder) ?? folder, path).opened();
}

/** @throws ExportFault where there is none, or more than one */
async function findSummary(directory: string): Promise<string> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const found = entries
    .filter((entry) => entry.isFile() && entry.name === SUMMARY)
    .map(({ parentPath }) => join(parentPath, SUMMARY));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new ExportFault({
    what: only === undefined ? 'the directory holds no export' : 'the directory holds several exports',
    where: directory,
    expected: `one ${SUMMARY}`,
    found: only === undefined ? 'none' : `${found.length}`,
    remedy:
      only === undefined
        ? `name the directory that an export was copied to, with its ${TOP} folder`
        : `name one of them, such as the newest: ${shortestPath(newestOf(found), found)}`,
  });
}

/** Folders of exports are named by their ids, which begin with the millisecond of the start; other names tell nothing. */
const newestOf = (summaries: readonly string[]): string =>
  summaries.reduce((newest, path) => (compareText(exportIdOf(path), exportIdOf(newest)) > 0 ? path : newest));

const exportIdOf = (summary: string): string => /^\d{14}-/.exec(basename(dirname(summary)))?.input ?? '';

/** The highest directory in which a manifest is the only one. */
function shortestPath(summary: string, all: readonly string[]): string {
  let folder = dirname(summary);
  const isAlone = (path: string) => all.filter((other) => other.startsWith(path + sep)).length === 1;
  if (!isAlone(folder)) return summary;
  while (isAlone(dirname(folder))) folder = dirname(folder);
  return folder;
}

const notThere = (path: string, cause: unknown): ExportFault =>
  new ExportFault({
    what: 'the path cannot be read',
    where: path,
    expected: `a directory with an export, or a ${SUMMARY}`,
    found: cause instanceof Error ? cause.message : 'nothing',
    remedy: 'check the path',
    cause,
  });

/** The folder that holds the innermost `AWSDynamoDB` of a path; undefined where the path has none. */
function aboveTop(path: string): string | undefined {
  for (let folder = resolve(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (basename(folder) === TOP) return dirname(folder);
  }
  return undefined;
}

/** An export's files, wherever they lie in a copy of the bucket. */
class CopiedExport implements LocalFiles {
  readonly #copy: DirectoryBucket;
  readonly #manifestKey: string;
  readonly #folder: string;

  /** @param bucket the directory that keys are relative to, as far as is known */
  constructor(
    readonly bucket: string,
    summaryPath: string,
  ) {
    this.#copy = new DirectoryBucket(bucket);
    this.#folder = dirname(summaryPath);
    this.#manifestKey = relative(bucket, summaryPath).split(sep).join('/');
  }

  opened(): DirectoryExport {
    return { files: this, manifestKey: this.#manifestKey };
  }

  async stream(key: string): Promise<AsyncIterable<Uint8Array>> {
    const stream = await this.#find(key, openFile);
    if (stream !== undefined) return stream;
    throw new MissingObject(
      this.bucket,
      key,
      undefined,
      (await this.#decompressed(key)) ?? {
        found: `nothing at ${this.#candidates(key).join(', ')}`,
        remedy: 'copy this object from the bucket too',
      },
    );
  }

  /** Browsers and people decompress what they download. */
  async #decompressed(key: string): Promise<{ readonly found: string; readonly remedy: string } | undefined> {
    if (!key.endsWith('.gz')) return undefined;
    for (const path of this.#candidates(key).map((compressed) => compressed.slice(0, -'.gz'.length))) {
      if ((await sizeOfFile(path)) === undefined) continue;
      return {
        found: `the decompressed ${path}`,
        remedy: 'download the file as it is, still compressed: the MD5 in the manifest is that of the compressed bytes',
      };
    }
    return undefined;
  }

  async size(key: string): Promise<number> {
    return (await this.#find(key, sizeOfFile)) ?? 0;
  }

  list(prefix: string): AsyncIterable<string> {
    return this.#copy.list(prefix);
  }

  /** What `look` makes of the first path where there is something. */
  async #find<T>(key: string, look: (path: string) => Promise<T | undefined>): Promise<T | undefined> {
    requireInside(this.bucket, key);
    for (const path of this.#candidates(key)) {
      const found = await look(path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Where an object can lie, the likeliest first: prefixes and folders above may be missing from the copy, or all folders. */
  #candidates(key: string): string[] {
    const top = `/${key}`.lastIndexOf(`/${TOP}/`);
    // Behind AWSDynamoDB/<export id>/, or behind AWSDynamoDB/ where it is the data folder that exports share.
    const [, exportId, ...rest] = top === -1 ? [] : key.slice(top).split('/');
    const inFolder = exportId === 'data' ? ['data', ...rest] : rest;
    return [
      ...new Set([
        join(this.bucket, key),
        ...(inFolder.length === 0 ? [] : [join(this.#folder, ...inFolder)]),
        ...(inFolder[0] === 'data' ? [join(this.#folder, '..', ...inFolder)] : []),
        join(this.#folder, basename(key)),
      ]),
    ];
  }
}
