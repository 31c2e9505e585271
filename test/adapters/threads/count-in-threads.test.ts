import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { simdReader } from '../../../src/adapters/dynamodb-json/simd-reader.ts';
import { openDirectoryExport } from '../../../src/adapters/local/directory-export.ts';
import { countInThreads, threadsPay } from '../../../src/adapters/threads/count-in-threads.ts';
import { summarize } from '../../../src/domain/summary.ts';
import { countExport } from '../../../src/pipeline/count/count-export.ts';
import { incrementalLine, placed, shop, visit } from '../../support/another-table.ts';
import { writeExport as layOutFiles } from '../../support/exports.ts';
import { firstGames } from '../../support/first-games.ts';
import { summaryJson } from '../../support/manifests.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const line = (user: number, file: number): string =>
  `{"Item":{"modelId":{"S":"session-a${user % 3}-${file}"},"owner":{"S":"user-${user}"},"updatedAt":{"N":"1732233600"}}}`;

/** An export of five files that share users, with a line in each that is malformed; one may be damaged. */
function writeExport(damaged?: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'daytally-threads-'));
  folders.push(folder);
  const below = 'AWSDynamoDB/01732233600000-a1b2c3d4';
  mkdirSync(join(folder, below, 'data'), { recursive: true });
  const list = [0, 1, 2, 3, 4].map((file) => {
    const bytes = gzipSync([...Array.from({ length: 50 * (file + 1) }, (_, user) => line(user, file)), 'x'].join('\n'));
    const dataFileS3Key = `${below}/data/${file}.json.gz`;
    writeFileSync(join(folder, dataFileS3Key), file === damaged ? bytes.subarray(0, -20) : bytes);
    const md5Checksum = createHash('md5').update(bytes).digest('base64');
    return JSON.stringify({ itemCount: 50 * (file + 1) + 1, md5Checksum, etag: 'e', dataFileS3Key });
  });
  writeFileSync(join(folder, below, 'manifest-files.json'), list.join('\n'));
  writeFileSync(join(folder, below, 'manifest-summary.json'), summaryJson(below, 755));
  return folder;
}

describe('counting in threads', () => {
  it('gives what one thread gives', async () => {
    const directory = writeExport();
    const { files, manifestKey } = await openDirectoryExport(directory);
    const alone = await countExport({ files, reader: simdReader, definition: firstGames, concurrency: 1 }, manifestKey);
    const seen: number[] = [];
    const together = await countInThreads({ directory }, manifestKey, {
      definition: firstGames,
      threads: 2,
      onFile: ({ filesRead }) => seen.push(filesRead),
    });
    expect(together.counts.tally.entries()).toEqual(alone.counts.tally.entries());
    expect(together.counts.totals).toEqual(alone.counts.totals);
    expect(together).toMatchObject({ bytesRead: alone.bytesRead, slowPathRecords: alone.slowPathRecords });
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('adds up exactly, and counts what nobody did, by whatever definition it is handed', async () => {
    const lines = Array.from({ length: 300 }, (_, index) => [
      placed(`user-${index % 7}`, `${index}`, 1_732_190_400, `${index}.${'0'.repeat(20)}1`),
      visit(`app-${index % 2}`, `${index}`),
    ])
      .flat()
      .map(incrementalLine);
    const files = [0, 1, 2, 3].map((file) => lines.filter((_, index) => index % 4 === file));
    const directory = layOutFiles({ files });
    const { files: opened, manifestKey } = await openDirectoryExport(directory);
    const source = { files: opened, reader: simdReader, definition: shop, concurrency: 1 };
    const alone = await countExport(source, manifestKey);
    const together = await countInThreads({ directory }, manifestKey, { definition: shop, threads: 2 });
    expect(together.counts.tally.entries()).toEqual(alone.counts.tally.entries());
    expect(together.counts.tally.entries().map(({ counts }) => summarize(together.counts.rules, counts))).toMatchObject(
      [
        { visits: 150, buyers: 0 },
        { visits: 150, revenue: '0' },
        { visits: 0, buyers: 7, revenue: `44850.${'0'.repeat(18)}3` },
      ],
    );
  });

  it.each([
    ['another thread', 0],
    ['this one', 1],
  ])('throws the fault that %s has met', async (_, damaged) => {
    const directory = writeExport(damaged);
    const { manifestKey } = await openDirectoryExport(directory);
    await expect(
      countInThreads({ directory }, manifestKey, { definition: firstGames, threads: 2 }),
    ).rejects.toMatchObject({
      name: 'ExportFault',
      message: expect.stringContaining(`${damaged}.json.gz`),
    });
  });

  it('pays for many bytes on the disk, whatever the manifest says was billed', async () => {
    const directory = writeExport();
    const opened = await openDirectoryExport(directory);
    expect(await threadsPay(opened)).toBe(false);
    for (const file of [0, 1]) {
      truncateSync(join(directory, `AWSDynamoDB/01732233600000-a1b2c3d4/data/${file}.json.gz`), 45_000_000);
    }
    expect(await threadsPay(opened)).toBe(true);
  });
});
