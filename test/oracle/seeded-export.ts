import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExportLines } from './export-lines.ts';
import { gzipMembers } from './gzip-writer.ts';
import { RecordLines } from './record-lines.ts';
import { SeededRandom } from './seeded-random.ts';

interface DataFile {
  readonly key: string;
  /** Before compression. */
  readonly content: Buffer;
}

/** What a seed has made, with the facts that its manifest states. */
export interface SeededExport {
  /** The bucket, as a directory. */
  readonly directory: string;
  readonly manifestKey: string;
  readonly dataFileKeys: readonly string[];
  /** Epoch milliseconds, exclusive: the end of an incremental export's window, or a full export's time. */
  readonly until: number;
  /** Epoch milliseconds, inclusive: incremental exports only. */
  readonly since: number | null;
  /** YYYY-MM-DD: full exports only, where one was asked for. */
  readonly startDate: string | null;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const FIRST_DAY = Date.UTC(2024, 1, 27);

/** Writes an export to a directory as DynamoDB lays it out in a bucket: manifests, checksums and gzipped data files. */
export function writeSeededExport(directory: string, seed: number): SeededExport {
  const random = new SeededRandom(seed);
  const facts = seed % 2 === 0 ? incremental(random) : full(random);
  const lines = new ExportLines(
    random,
    new RecordLines(random, instants(facts, random)),
    facts.since === null ? 'Item' : 'NewImage',
  );
  const folder = `${prefixOf(facts)}AWSDynamoDB/${exportId(seed)}`;
  const dataFolder = facts.since === null ? `${folder}/data` : `${prefixOf(facts)}AWSDynamoDB/data`;
  const files = Array.from({ length: random.int(1, 4) }, (_, i) => ({
    key: `${dataFolder}/${seed}-${i}.json.gz`,
    content: fileContent(lines, random),
  }));
  const entries = files.map((file) => writeDataFile(directory, file, random));
  const summary = summaryOf(facts, `${folder}/manifest-files.json`, seed, files);
  write(directory, `${folder}/manifest-files.json`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  write(directory, `${folder}/manifest-summary.json`, JSON.stringify(summary));
  return {
    directory,
    manifestKey: `${folder}/manifest-summary.json`,
    dataFileKeys: files.map(({ key }) => key),
    ...facts,
  };
}

type Facts = Pick<SeededExport, 'until' | 'since' | 'startDate'>;

/** Windows of one whole day, of several, and of parts of days that no day lies in. */
function incremental(random: SeededRandom): Facts {
  const since = FIRST_DAY + random.pick([0, 0, 0, 1, 15 * MINUTE, DAY]);
  return {
    since,
    until: since + random.pick([DAY, DAY, DAY - 1, 3 * DAY, 2 * DAY + MINUTE, 15 * MINUTE]),
    startDate: null,
  };
}

function full(random: SeededRandom): Facts {
  const until = FIRST_DAY + 3 * DAY + random.pick([0, 1, 11 * 60 * MINUTE]);
  return { since: null, until, startDate: random.pick([null, '2024-02-28', '2024-03-05']) };
}

const prefixOf = ({ since, startDate }: Facts): string => {
  if (since !== null) return `exports/incremental/${isoDate(since)}/`;
  return startDate === null ? 'plain/' : `exports/backfill/${startDate}/request-1/`;
};

const isoDate = (millis: number): string => new Date(millis).toISOString().slice(0, 10);

const exportId = (seed: number): string => `01709000000000-${seed.toString(16).padStart(8, '0')}`;

/** Mostly around the window and its midnights, to the millisecond; sometimes far off. */
const instants =
  ({ until }: Facts, random: SeededRandom) =>
  (): number => {
    if (random.chance(0.05)) return random.pick([0, 1, 999, 1e11 - 1, 1e11, 1e11 + 1, Date.UTC(2030, 5, 30)]);
    const day = FIRST_DAY + random.int(-2, Math.ceil((until - FIRST_DAY) / DAY) + 1) * DAY;
    return day + random.pick([0, 1, -1, DAY - 1, random.int(0, DAY), random.int(0, DAY)]);
  };

function fileContent(lines: ExportLines, random: SeededRandom): Buffer {
  if (random.chance(0.1)) return Buffer.alloc(0);
  const hostility = random.pick([0.02, 0.3, 0.9]);
  const parts = Array.from({ length: random.pick([1, 30, 400]) }, () => [
    lines.line(hostility),
    lineEnd(random),
  ]).flat();
  return Buffer.concat(random.chance(0.3) ? parts.slice(0, -1) : parts);
}

const lineEnd = (random: SeededRandom): Buffer => Buffer.from(random.chance(0.1) ? '\r\n' : '\n');

/** Lines with anything but white space on them. */
const recordsIn = (content: Buffer): number =>
  content
    .toString('latin1')
    .split('\n')
    .filter((line) => /[^ \t\r]/.test(line)).length;

function writeDataFile(directory: string, { key, content }: DataFile, random: SeededRandom): object {
  const bytes = gzipMembers(content, random);
  write(directory, key, bytes);
  const md5 = createHash('md5').update(bytes);
  return { itemCount: recordsIn(content), md5Checksum: md5.digest('base64'), etag: 'unused-1', dataFileS3Key: key };
}

function summaryOf(facts: Facts, manifestFilesS3Key: string, seed: number, files: readonly DataFile[]): object {
  const { since, until } = facts;
  const prefix = prefixOf(facts).replace(/\/$/, '');
  const tableArn = 'arn:aws:dynamodb:eu-west-2:123456789012:table/games';
  const iso = (millis: number) => new Date(millis).toISOString();
  const common = {
    version: '2023-08-01',
    exportArn: `${tableArn}/export/${exportId(seed)}`,
    startTime: iso(until),
    endTime: iso(until + MINUTE),
    tableArn,
    tableId: '12345678-abcd-4bcd-8bcd-123456789012',
    s3Bucket: 'exports',
    s3Prefix: seed % 3 === 0 ? null : prefix,
    s3SseAlgorithm: 'AES256',
    s3SseKmsKeyId: null,
    manifestFilesS3Key,
    billedSizeBytes: 0,
    itemCount: files.reduce((sum, { content }) => sum + recordsIn(content), 0),
    outputFormat: 'DYNAMODB_JSON',
  };
  if (since === null)
    return { ...common, exportTime: iso(until), ...(seed % 4 === 1 ? { exportType: 'FULL_EXPORT' } : {}) };
  const span = { exportFromTime: iso(since), exportToTime: iso(until) };
  return { ...common, ...span, outputView: 'NEW_AND_OLD_IMAGES', exportType: 'INCREMENTAL_EXPORT' };
}

function write(directory: string, key: string, content: string | Buffer): void {
  const path = join(directory, key);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
