import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainReader } from '../../../src/adapters/dynamodb-json/plain-reader.ts';
import { DirectoryBucket } from '../../../src/adapters/local/directory-bucket.ts';
import { parseDay } from '../../../src/domain/utc-day.ts';
import { countExport } from '../../../src/pipeline/count/count-export.ts';
import {
  bookRecord,
  dataFile,
  fullSummary,
  incrementalMembers,
  incrementalSummary,
} from '../../fixtures/documented-export.ts';
import { firstGames } from '../../support/first-games.ts';

let directory: string;
let bucket: DirectoryBucket;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'daytally-documented-'));
  bucket = new DirectoryBucket(directory, fullSummary.s3Bucket);
});

afterEach(() => rmSync(directory, { recursive: true }));

const count = (manifestKey: string) =>
  countExport({ files: bucket, reader: plainReader, definition: firstGames, concurrency: 1 }, manifestKey);

/** Puts an export where its prefix says, under the keys that its manifests name. */
async function put(summary: typeof fullSummary | typeof incrementalSummary, records: readonly object[], md5?: string) {
  const bytes = gzipSync(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const prefix = `${summary.s3Prefix}/`;
  const placed = (key: string) => (key.startsWith(prefix) ? key : prefix + key);
  const md5Checksum = md5 ?? createHash('md5').update(bytes).digest('base64');
  const manifestKey = placed(summary.manifestFilesS3Key).replace('manifest-files', 'manifest-summary');
  await bucket.put(placed(dataFile.dataFileS3Key), bytes);
  await bucket.put(
    placed(summary.manifestFilesS3Key),
    Buffer.from(`${JSON.stringify({ ...dataFile, itemCount: records.length, md5Checksum })}\n`),
  );
  await bucket.put(manifestKey, Buffer.from(JSON.stringify({ ...summary, itemCount: records.length })));
  return manifestKey;
}

describe('the full export of the documentation', () => {
  const books = Array(dataFile.itemCount).fill(bookRecord);

  it('is found behind the prefix that its keys leave out, and its books are no activity that can be read', async () => {
    const { summary, counts } = await count(await put(fullSummary, books));
    expect(summary.origin).toEqual({
      exportId: '01234567890123-a1b2c3d4',
      exportType: 'FULL_EXPORT',
      exportTime: '2020-11-04T07:28:34.028Z',
      quality: 'lowerBound',
    });
    expect(summary.window).toEqual({ from: null, to: parseDay('2020-11-03') });
    expect(counts.records).toMatchObject({ read: 8, counted: 0, malformed: 8 });
    expect(counts.rejectsByReason).toEqual(new Map([['modelId.missing', 8]]));
  });

  it('is refused where the data is not what the printed checksum was taken of', async () => {
    const key = await put(fullSummary, books, dataFile.md5Checksum);
    await expect(count(key)).rejects.toThrow(/33334444EXAMPLE.*expected sQMSpEILNgoQmarvDFonGQ==; found/s);
  });
});

describe('the incremental export of the documentation', () => {
  const image = { modelId: { S: 'session-sudoku-1' }, owner: { S: 'user-ada' }, updatedAt: { N: '1695085200' } };
  const parts = { Keys: { modelId: image.modelId }, NewImage: image, OldImage: image };
  // The timestamp is printed as a number attribute on the page, and as bare text in its older editions.
  const stamps = [{ N: '1680109764000000' }, '1680109764000000'];

  it.each(stamps)('counts an insert, an update and a delete, with the write time as %j', async (stamp) => {
    const members = { ...parts, Metadata: { WriteTimestampMicros: stamp } };
    const record = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { ...members }[name]]));
    const key = await put(incrementalSummary, Object.values(incrementalMembers).map(record));
    const { summary, counts } = await count(key);
    expect(summary.origin).toMatchObject({ exportId: '01695097218000-d6299cbd', quality: 'exact' });
    expect(counts.records).toMatchObject({ read: 3, counted: 0, outsideWindow: 2, deleted: 1, malformed: 0 });
  });

  it('speaks for no day, for its eleven hours hold no whole one', async () => {
    const { summary } = await count(await put(incrementalSummary, []));
    expect(summary.window).toEqual({ from: parseDay('2023-09-19'), to: parseDay('2023-09-18') });
  });
});
