import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { FullRecord, IncrementalRecord } from './simulated-table.ts';

/** An object as it is written to the bucket. */
export interface WrittenObject {
  readonly key: string;
  readonly bytes: Buffer;
}

/** Everything about an export that does not follow from its records. */
export interface ExportFacts {
  /** Where it goes in the bucket, without a slash at the end; null where it goes to the root. */
  readonly s3Prefix: string | null;
  readonly exportId: string;
  /** Incremental exports share one data folder. */
  readonly sharedData: boolean;
  /** A file is written for each, be it empty. */
  readonly partitions: number;
  /** The summary's fields but for those that are known only when the data files are. */
  readonly summary: Readonly<Record<string, unknown>>;
}

type ExportRecord = FullRecord | IncrementalRecord;

/** A record and the value of its partition key, which decides the file that it goes to. */
export interface PlacedRecord {
  readonly partitionKey: string;
  readonly record: ExportRecord;
}

/**
 * Lays an export out as DynamoDB does; objects are in the order of their writing. The summary's checksum comes after
 * the summary itself, as it may on AWS.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export function layOutExport(facts: ExportFacts, records: Iterable<PlacedRecord>): WrittenObject[] {
  const root = facts.s3Prefix === null ? 'AWSDynamoDB' : `${facts.s3Prefix}/AWSDynamoDB`;
  const folder = `${root}/${facts.exportId}`;
  const dataFolder = facts.sharedData ? `${root}/data` : `${folder}/data`;
  const files = dataFiles(facts, dataFolder, records);
  const manifestFilesS3Key = `${folder}/manifest-files.json`;
  const summary = {
    ...facts.summary,
    s3Prefix: facts.s3Prefix,
    manifestFilesS3Key,
    billedSizeBytes: files.reduce((sum, { size }) => sum + size, 0),
    itemCount: files.reduce((sum, { entry }) => sum + entry.itemCount, 0),
  };
  return [
    { key: `${folder}/_started`, bytes: Buffer.alloc(0) },
    ...files.map(({ object }) => object),
    ...withChecksum(manifestFilesS3Key, files.map(({ entry }) => `${JSON.stringify(entry)}\n`).join('')),
    ...withChecksum(`${folder}/manifest-summary.json`, JSON.stringify(summary)),
  ];
}

interface LaidOutFile {
  readonly object: WrittenObject;
  /** Bytes before compression. */
  readonly size: number;
  /** Its line in manifest-files.json. */
  readonly entry: { itemCount: number; md5Checksum: string; etag: string; dataFileS3Key: string };
}

function dataFiles(facts: ExportFacts, folder: string, records: Iterable<PlacedRecord>): LaidOutFile[] {
  const partitions = Array.from({ length: facts.partitions }, (): string[] => []);
  for (const { partitionKey, record } of records) {
    partitions[partitionOf(partitionKey, facts.partitions)]?.push(`${JSON.stringify(record)}\n`);
  }
  return partitions.map((lines, partition) => dataFile(`${folder}/${fileName(facts.exportId, partition)}`, lines));
}

function dataFile(key: string, lines: readonly string[]): LaidOutFile {
  const content = Buffer.from(lines.join(''), 'utf8');
  const bytes = gzipSync(content);
  const md5 = createHash('md5').update(bytes).digest();
  return {
    object: { key, bytes },
    size: content.length,
    entry: {
      itemCount: lines.length,
      md5Checksum: md5.toString('base64'),
      // Data files are multipart uploads of one part: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
      etag: `${createHash('md5').update(md5).digest('hex')}-1`,
      dataFileS3Key: key,
    },
  };
}

function withChecksum(key: string, content: string): WrittenObject[] {
  const bytes = Buffer.from(content, 'utf8');
  const md5 = createHash('md5').update(bytes).digest('base64');
  return [
    { key, bytes },
    { key: key.replace(/\.json$/, '.md5'), bytes: Buffer.from(md5) },
  ];
}

/** The upper quarter of the key space stays empty, as after a table has shrunk: exports hold empty files too. */
const partitionOf = (partitionKey: string, partitions: number): number =>
  createHash('md5').update(partitionKey).digest().readUInt32BE() % Math.max(1, Math.ceil(partitions * 0.75));

const BASE_32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Such as `6q2d3kysoe5vvivr3snukrmqhy.json.gz`. */
const fileName = (exportId: string, partition: number): string => {
  const hash = createHash('sha256').update(`${exportId}/${partition}`).digest().subarray(0, 26);
  return `${[...hash].map((byte) => BASE_32.charAt(byte % 32)).join('')}.json.gz`;
};
