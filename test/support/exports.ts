import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

const exportId = '01732233600000-a1b2c3d4';

/** An export as it is laid out in a bucket; whatever is given takes the place of what would be right. */
export interface ExportLayout {
  /** The lines of each data file; a string is taken as it is, a Buffer as the compressed file. */
  readonly files?: readonly (readonly string[] | Buffer)[];
  readonly prefix?: string;
  readonly summary?: Record<string, unknown>;
  /** Overrides of the lines of manifest-files.json, by file. */
  readonly entries?: readonly Record<string, unknown>[];
  readonly summaryText?: string;
  readonly leaveOut?: (key: string) => boolean;
}

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

/** All objects of an incremental export of 2024-11-21, by key. */
export function layOut(layout: ExportLayout): Map<string, Buffer> {
  const { files = [[]], prefix = '', summary = {}, entries = [] } = layout;
  const folder = `${prefix}AWSDynamoDB/${exportId}`;
  const data = files.map((lines, index) => {
    const bytes = Buffer.isBuffer(lines) ? lines : gzipSync(lines.map((line) => `${line}\n`).join(''));
    const key = `${prefix}AWSDynamoDB/data/file${index}.json.gz`;
    const itemCount = Buffer.isBuffer(lines) ? 0 : lines.length;
    return {
      key,
      bytes,
      entry: { itemCount, md5Checksum: md5(bytes), etag: 'x-1', dataFileS3Key: key, ...entries[index] },
    };
  });
  const fullSummary = {
    version: '2023-08-01',
    exportArn: `arn:aws:dynamodb:eu-west-2:111122223333:table/games/export/${exportId}`,
    startTime: '2024-11-22T02:00:00.000Z',
    endTime: '2024-11-22T02:10:00.000Z',
    tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    exportFromTime: '2024-11-21T00:00:00.000Z',
    exportToTime: '2024-11-22T00:00:00.000Z',
    s3Bucket: 'bucket',
    s3Prefix: prefix === '' ? null : prefix.replace(/\/$/, ''),
    manifestFilesS3Key: `${folder}/manifest-files.json`,
    billedSizeBytes: 0,
    itemCount: data.reduce((sum, { entry }) => sum + Number(entry.itemCount), 0),
    outputFormat: 'DYNAMODB_JSON',
    outputView: 'NEW_AND_OLD_IMAGES',
    exportType: 'INCREMENTAL_EXPORT',
    ...summary,
  };
  const objects = new Map<string, Buffer>(data.map(({ key, bytes }) => [key, bytes]));
  objects.set(
    `${folder}/manifest-files.json`,
    Buffer.from(data.map(({ entry }) => `${JSON.stringify(entry)}\n`).join('')),
  );
  objects.set(`${folder}/manifest-summary.json`, Buffer.from(layout.summaryText ?? JSON.stringify(fullSummary)));
  for (const key of [...objects.keys()]) if (layout.leaveOut?.(key)) objects.delete(key);
  return objects;
}

/** A new directory that is removed when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'daytally-test-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes an export into a directory of its own and gives its path. */
export function writeExport(layout: ExportLayout, directory = temporaryDirectory()): string {
  writeObjects(layOut(layout), directory);
  return directory;
}

export function writeObjects(objects: ReadonlyMap<string, Uint8Array>, directory: string): void {
  for (const [key, bytes] of objects) {
    mkdirSync(dirname(join(directory, key)), { recursive: true });
    writeFileSync(join(directory, key), bytes);
  }
}
