import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { plainReader } from '../../../src/adapters/dynamodb-json/plain-reader.ts';
import { DirectoryBucket } from '../../../src/adapters/local/directory-bucket.ts';
import { openDirectoryExport } from '../../../src/adapters/local/directory-export.ts';
import { playGame } from '../../../src/adapters/local/simulated-game.ts';
import { countExport } from '../../../src/pipeline/count/count-export.ts';
import { temporaryDirectory } from '../../support/exports.ts';
import { firstGames } from '../../support/first-games.ts';
import { lastManifest, nightly, simulatedWorld } from './simulated-world.ts';

const DAY = 20_051;

async function count(path: string) {
  const { files, manifestKey } = await openDirectoryExport(path);
  return (await countExport({ files, reader: plainReader, definition: firstGames, concurrency: 2 }, manifestKey)).counts
    .records;
}

describe('openDirectoryExport', () => {
  let root: string;
  /** The bucket, whole. */
  let bucket: string;
  let manifest: string;
  /** Its folder, as a key. */
  let folder: string;
  const { order, at } = nightly(DAY);
  const full = { exportType: 'FULL_EXPORT', keyPrefix: 'exports/backfill/2024-01-01/r/', clientToken: 'full' } as const;

  async function export_(wanted: typeof order | typeof full): Promise<void> {
    root = temporaryDirectory();
    bucket = join(root, 'bucket');
    const world = simulatedWorld(new DirectoryBucket(bucket));
    playGame(world.table, { seed: 5, players: 30, from: DAY - 1, to: DAY });
    world.clock.now = at;
    await world.exporter.startExport(wanted);
    manifest = lastManifest(world.events);
    folder = dirname(manifest);
  }

  /** Copies a folder of the bucket to a place of its own. */
  async function copy(key: string, to: string): Promise<string> {
    await cp(join(bucket, key), join(root, to), { recursive: true });
    return join(root, to);
  }

  describe.each([
    ['incremental', order],
    ['full', full],
  ])('of an %s export', (_, wanted) => {
    beforeEach(() => export_(wanted));
    const prefix = wanted.keyPrefix.slice(0, -1);

    it.each([
      ['the bucket', async () => bucket],
      ['the prefix', () => copy(prefix, 'copy')],
      ['a folder above the prefix', () => copy('exports', 'copy')],
      ['AWSDynamoDB under its name', () => copy(`${prefix}/AWSDynamoDB`, 'copy/AWSDynamoDB')],
      ['AWSDynamoDB under another name', () => copy(`${prefix}/AWSDynamoDB`, 'copy')],
      ['the manifest in the bucket', async () => join(bucket, manifest)],
      ['the folder of the manifest in the bucket', async () => join(bucket, folder)],
      [
        'the manifest in a copy of the prefix',
        async () => join(await copy(prefix, 'copy'), manifest.slice(prefix.length)),
      ],
    ])('counts it given %s', async (_, place) => {
      const path = await place();
      const whole = await count(bucket);
      expect(whole.counted).toBeGreaterThan(0);
      expect(await count(path)).toEqual(whole);
    });
  });

  it('counts a full export given its own folder under another name', async () => {
    await export_(full);
    expect(await count(await copy(folder, 'copy'))).toEqual(await count(bucket));
  });

  it.each([
    'copy/data',
    'data',
  ])('counts an incremental export given its own folder, with the data in %s', async (data) => {
    await export_(order);
    const path = await copy(folder, 'copy');
    await copy(`${order.keyPrefix}AWSDynamoDB/data`, data);
    expect(await count(path)).toEqual(await count(bucket));
    expect(await count(join(path, 'manifest-summary.json'))).toEqual(await count(bucket));
  });

  it.each([
    ['incremental', order],
    ['full', full],
  ])('counts an %s export whose files lie flat beside their manifest, as one downloads them', async (_, wanted) => {
    await export_(wanted);
    const flat = join(root, 'flat');
    const files = await readdir(bucket, { recursive: true, withFileTypes: true });
    for (const { parentPath, name } of files.filter((entry) => entry.isFile()))
      await cp(join(parentPath, name), join(flat, name));
    expect(await count(flat)).toEqual(await count(bucket));
  });

  it('explains a data file that was decompressed', async () => {
    await export_(order);
    const data = join(bucket, `${order.keyPrefix}AWSDynamoDB/data`);
    const [name = ''] = (await readdir(data)).sort();
    await writeFile(join(data, name.slice(0, -3)), gunzipSync(await readFile(join(data, name))));
    await rm(join(data, name));
    const failure = await count(bucket).catch((error: Error) => error.message);
    expect(failure).toContain(`found the decompressed ${join(data, name.slice(0, -3))}; download the file as it is`);
  });

  it('finds data files whose keys leave the prefix out', async () => {
    await export_(full);
    const files = join(bucket, folder, 'manifest-files.json');
    await writeFile(files, (await readFile(files, 'utf8')).replaceAll(full.keyPrefix, ''));
    const path = await copy('exports', 'copy');
    expect(await count(bucket)).toMatchObject({ read: expect.any(Number) });
    expect(await count(path)).toEqual(await count(bucket));
  });

  it('names a data file that is missing and where it was looked for', async () => {
    await export_(order);
    const path = await copy(folder, 'copy');
    const failure = await count(path).catch((error: Error) => error.message);
    expect(failure).toContain(`${order.keyPrefix}AWSDynamoDB/data/`);
    expect(failure).toContain('an object is missing; expected the object; found nothing at ');
    expect(failure).toContain(join(root, 'data/'));
    expect(failure).toContain('copy this object from the bucket too');
  });

  it.each([
    '../../../outside',
    '/etc/hostname',
    'x/AWSDynamoDB/../../outside',
  ])('refuses a manifest that names %s', async (key) => {
    await export_(full);
    await writeFile(join(root, 'outside'), 'x');
    const entry = { itemCount: 1, md5Checksum: 'x', etag: 'x', dataFileS3Key: key };
    await writeFile(join(bucket, folder, 'manifest-files.json'), JSON.stringify(entry));
    await expect(count(bucket)).rejects.toThrow('a key leads out of the directory');
  });

  it('says so where a directory holds no export', async () => {
    await export_(full);
    await rm(join(bucket, manifest));
    await expect(openDirectoryExport(bucket)).rejects.toThrow(
      `${bucket}: the directory holds no export; expected one manifest-summary.json; found none; name the directory`,
    );
  });

  it('offers the newest where a directory holds several exports, by the shortest path that is its own', async () => {
    root = temporaryDirectory();
    const ids = ['01732500000000-aaaaaaaa', '01732700000000-bbbbbbbb', '01732600000000-cccccccc'];
    const folders = ids.map((id, index) => join(root, `${index}`, 'AWSDynamoDB', id));
    const summaries = [...folders, join(root, 'a-copy')].map((path) => join(path, 'manifest-summary.json'));
    for (const path of summaries) {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, '{}');
    }
    const expected = `expected one manifest-summary.json; found 4; name one of them, such as the newest: ${join(root, '1')}`;
    const failure = await openDirectoryExport(root).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: `${root}: the directory holds several exports; ${expected}` });
  });

  it('says so where there is no such path', async () => {
    const path = join(temporaryDirectory(), 'nowhere');
    await expect(openDirectoryExport(path)).rejects.toThrow(`${path}: the path cannot be read; expected a directory`);
  });
});
