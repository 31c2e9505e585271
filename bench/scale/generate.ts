import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { SeededRandom } from '../../src/adapters/local/seeded-random.ts';

/** What is laid out on disk. */
export interface ScaleData {
  readonly files: number;
  readonly rawBytes: number;
  /** One line of a data file; the smaller, the more is counted a byte. */
  readonly bytesPerRecord: number;
  /** Among so many users each record's is drawn, so that most of them come up on any day and app once. */
  readonly users: number;
}

export const MANIFEST_KEY = 'AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json';

const FIRST_DAY = 20_000;
const DAYS = 30;
const APPS = 20;

/** Writes a full export with 30 days and 20 apps in it. About 100 MB/s; the same seed gives the same bytes. */
export function generate(directory: string, data: ScaleData): { readonly items: number; readonly gzBytes: number } {
  const folder = join(directory, 'AWSDynamoDB/01732233600000-a1b2c3d4');
  mkdirSync(join(folder, 'data'), { recursive: true });
  const itemsPerFile = Math.round(data.rawBytes / data.files / data.bytesPerRecord);
  const entries: string[] = [];
  let gzBytes = 0;
  for (let file = 0; file < data.files; file++) {
    const bytes = gzipSync(dataFile(file, itemsPerFile, data), { level: 1 });
    gzBytes += bytes.length;
    const name = `data/${createHash('sha256').update(`${file}`).digest('hex').slice(0, 26)}.json.gz`;
    writeFileSync(join(folder, name), bytes);
    const md5Checksum = createHash('md5').update(bytes).digest('base64');
    const dataFileS3Key = `AWSDynamoDB/01732233600000-a1b2c3d4/${name}`;
    entries.push(JSON.stringify({ itemCount: itemsPerFile, md5Checksum, etag: 'x-1', dataFileS3Key }));
  }
  writeFileSync(join(folder, 'manifest-files.json'), `${entries.join('\n')}\n`);
  const items = itemsPerFile * data.files;
  writeFileSync(join(folder, 'manifest-summary.json'), JSON.stringify(summary(items, data.rawBytes)));
  return { items, gzBytes };
}

function dataFile(file: number, items: number, { bytesPerRecord, users }: ScaleData): string {
  const random = new SeededRandom(file);
  const lines: string[] = [];
  for (let index = 0; index < items; index++) {
    const second = (FIRST_DAY + random.int(0, DAYS - 1)) * 86_400 + random.int(0, 86_399);
    const user = random
      .int(0, users - 1)
      .toString(16)
      .padStart(12, '0');
    const id = `${file}-${index}`;
    const counted = `"modelId":{"S":"session-app${random.int(0, APPS - 1)}-${id}"},"owner":{"S":"user-7f3ac1d2-90b4-4e6c-8a55-${user}"},"updatedAt":{"N":"${second}"}`;
    const rest = Math.max(1, bytesPerRecord - counted.length - 28);
    const from = random.int(0, FILLER_CHARS - rest);
    lines.push(`{"Item":{${counted},"board":{"S":"${filler.slice(from, from + rest)}"}}}`);
  }
  return `${lines.join('\n')}\n`;
}

const FILLER_CHARS = 1 << 20;

/** What else an item holds: text that compresses about as well as a game's state does, five to one. */
const filler = fillerText();

function fillerText(): string {
  const random = new SeededRandom(1);
  const words = Array.from({ length: 64 }, () => `${random.int(0, 1e9).toString(36)}:${random.int(0, 99)},`);
  let text = '';
  while (text.length < FILLER_CHARS) text += words[random.int(0, words.length - 1)];
  return text.slice(0, FILLER_CHARS);
}

const summary = (itemCount: number, rawBytes: number) => ({
  version: '2020-06-30',
  exportArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games/export/01732233600000-a1b2c3d4',
  startTime: '2024-12-22T02:00:00.000Z',
  endTime: '2024-12-22T02:10:00.000Z',
  exportTime: '2024-12-22T02:00:00.000Z',
  s3Bucket: 'bucket',
  s3Prefix: null,
  manifestFilesS3Key: 'AWSDynamoDB/01732233600000-a1b2c3d4/manifest-files.json',
  billedSizeBytes: rawBytes,
  itemCount,
  outputFormat: 'DYNAMODB_JSON',
  exportType: 'FULL_EXPORT',
});
