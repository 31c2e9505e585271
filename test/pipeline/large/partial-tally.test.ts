import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Activity } from '../../../src/domain/activity.ts';
import { ExportCounts } from '../../../src/domain/record-counts.ts';
import { Tally } from '../../../src/domain/tally.ts';
import { MissingPartial } from '../../../src/pipeline/faults.ts';
import { mergedKey, mergeShard, readMergedShard } from '../../../src/pipeline/large/merge-shard.ts';
import { addRows, toRows, usersOf } from '../../../src/pipeline/large/partial-rows.ts';
import {
  encodePartial,
  partialKey,
  readPartialHeader,
  writePartial,
} from '../../../src/pipeline/large/partial-tally.ts';
import { InvalidInput } from '../../../src/schemas/parse-input.ts';
import { MAX_USERS_A_LINE, parsePartialRows } from '../../../src/schemas/partial-tally.ts';
import { gamesCounts } from '../../support/factories.ts';
import { firstGames, gamesRules, SESSION } from '../../support/first-games.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';
import { anyActivity } from '../../support/records.ts';

const PREFIX = 'partials/e/x/';
const FILE = 'exports/AWSDynamoDB/data/a.json.gz';
const aggregation = { bucket: 'bucket', manifestKey: 'm', partialsPrefix: PREFIX, shards: 3 };
const dataFiles = [{ itemCount: 1, md5Checksum: 'x', dataFileS3Key: FILE }];
const digest = { records: 9, md5: 'x', compressedBytes: 2048, bytes: 21_504, slowPathRecords: 0 };

const countsOf = (activities: readonly Activity[]): ExportCounts => {
  const counts = new ExportCounts(gamesRules, { from: null, to: 40_000 });
  for (const activity of activities) counts.activities([activity]);
  counts.malformed({ file: FILE, line: 4, reason: 'owner.format' });
  return counts;
};
const secrets = Array.from({ length: 50 }, (_, index) => `secret-user-${index}`);
const played = (userId: string): Activity => ({ activity: SESSION, app: 'sudoku', userId, day: 20_000 });

let bucket: MemoryBucket;
let ports: { partials: MemoryBucket; rules: typeof gamesRules; definition: typeof firstGames };
beforeEach(async () => {
  bucket = new MemoryBucket();
  ports = { partials: bucket, rules: gamesRules, definition: firstGames };
  const encoded = encodePartial(FILE, { counts: countsOf(secrets.map(played)), digest }, 3);
  await writePartial(bucket, PREFIX, FILE, encoded);
});

const bodyKey = `${partialKey(PREFIX, FILE)}.jsonl.gz`;
const headerKey = `${partialKey(PREFIX, FILE)}.json`;
const merge = (shard: number) => mergeShard(ports, aggregation, shard, dataFiles);

async function changeHeader(change: (header: Record<string, unknown>) => object): Promise<void> {
  const header = JSON.parse(Buffer.from(bucket.objects.get(headerKey) ?? '').toString());
  await bucket.put(headerKey, Buffer.from(JSON.stringify(change(header))));
}

describe('lines', () => {
  it('give back what was counted, cut at any length, through JSON', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(anyActivity, fc.integer({ min: 1, max: 1e6 }))), (activities) => {
        const tally = new Tally(firstGames);
        for (const [activity, times] of activities) tally.add(activity, times);
        const back = new Tally(firstGames);
        for (const { day, app, counts } of tally.entries()) {
          for (const rows of toRows(day, app, counts, [...usersOf(counts)])) {
            addRows(back, parsePartialRows(JSON.stringify(rows)));
          }
        }
        expect(back.entries()).toEqual(tally.entries());
      }),
      { numRuns: 1_000 },
    ));

  it('are bounded', () => {
    const many = new Map(Array.from({ length: 2 * MAX_USERS_A_LINE + 1 }, (_, index) => [`${index}`, 1]));
    const rows = [...toRows(1, 'a', gamesCounts(many, new Map(), new Map()), [...many.keys()])];
    expect(rows.map(({ users }) => users.length)).toEqual([MAX_USERS_A_LINE, MAX_USERS_A_LINE, 1]);
  });
});

describe('a partial', () => {
  it('has all of the totals in its header, with the file of each reject', async () => {
    await expect(readPartialHeader(bucket, PREFIX, FILE)).resolves.toMatchObject({
      file: FILE,
      records: { read: 51, counted: 50, malformed: 1 },
      rejectsByReason: new Map([['owner.format', 1]]),
      rejects: [{ file: FILE, line: 4, reason: 'owner.format' }],
      compressedBytes: 2048,
    });
  });

  it('is the very same when it is written again', async () => {
    const before = new Map(bucket.objects);
    const again = encodePartial(FILE, { counts: countsOf(secrets.map(played)), digest }, 3);
    await writePartial(bucket, PREFIX, FILE, again);
    expect(bucket.objects).toEqual(before);
  });

  it.each([headerKey, bodyKey])('says that %s lives for a day, where it is not there, and what to do', async (key) => {
    bucket.objects.delete(key);
    await expect(merge(0)).rejects.toThrow(MissingPartial);
    await expect(merge(0)).rejects.toThrow(/lives for a day.*drop the manifest again/);
  });

  it('is refused where another version has written it', async () => {
    await changeHeader((header) => ({ ...header, version: 1 }));
    await expect(merge(0)).rejects.toThrow(InvalidInput);
    await expect(merge(0)).rejects.toThrow(/version: expected version 2 .*, found 1/);
  });

  it.each([
    ['another number of shards', { sectionBytes: [1, 2] }],
    ['another file', { file: 'other' }],
    ['another definition', { definition: '0123456789abcdef' }],
  ])('is refused where it is of %s', async (_what, change) => {
    await changeHeader((header) => ({ ...header, ...change }));
    await expect(merge(0)).rejects.toThrow('a partial count is not the one that was looked for');
  });

  it("is refused where a section's users are of another shard", async () => {
    const { sectionBytes } = await readPartialHeader(bucket, PREFIX, FILE);
    await changeHeader((header) => ({
      ...header,
      sectionBytes: [0, sectionBytes[0], (sectionBytes[1] ?? 0) + (sectionBytes[2] ?? 0)],
    }));
    await expect(merge(1)).rejects.toThrow('a partial count is not the one that was looked for: shard of its users');
  });

  const line = (change: object) =>
    gzipSync(
      JSON.stringify({
        day: 20_000,
        app: 'sudoku',
        users: ['secret-user-1'],
        counts: [[1], [0], [0]],
        ...change,
      }),
    );

  it.each([
    ['cut off', (bytes: Uint8Array) => bytes.subarray(0, -5)],
    ['damaged', (bytes: Uint8Array) => Uint8Array.from(bytes, (byte, index) => (index === 30 ? byte ^ 255 : byte))],
    ['no JSON', () => gzipSync('{"secret-user-1"')],
    ['of another form', () => line({ counts: [['secret-user-1'], [0], [0]] })],
    ['short of a count', () => line({ counts: [[], [0], [0]] })],
  ])('is refused where a section is %s, without telling of any user', async (_what, change) => {
    const { sectionBytes } = await readPartialHeader(bucket, PREFIX, FILE);
    const bytes = change((bucket.objects.get(bodyKey) ?? Buffer.of()).subarray(0, sectionBytes[0]));
    await bucket.put(bodyKey, bytes);
    await changeHeader((header) => ({ ...header, sectionBytes: [bytes.length, 0, 0] }));
    const error = (await merge(0).catch((error: unknown) => error)) as Error;
    expect(error.message).toContain('a partial count cannot be read');
    expect(JSON.stringify([error.message, error])).not.toContain('secret-user');
  });
});

describe('a merged shard', () => {
  it('holds its users alone, sorted, and what they come to', async () => {
    for (const shard of [0, 1, 2]) await merge(shard);
    const shards = await Promise.all([0, 1, 2].map((shard) => readMergedShard(ports, aggregation, shard)));
    const users = shards.flatMap(({ entries }) => entries.map(({ summary }) => Number(summary.activeUsers)));
    expect(users.reduce((sum, number) => sum + number, 0)).toBe(50);
    expect(Math.min(...users)).toBeGreaterThan(5);
  });

  it('is refused where it is of another cut', async () => {
    await merge(0);
    const key = `${mergedKey(PREFIX, 0)}.json`;
    await expect(readMergedShard(ports, { ...aggregation, shards: 4 }, 0)).rejects.toThrow(
      `bucket/${key}: a partial count is not the one that was looked for: shard; expected 0 of 4; found 0 of 3`,
    );
  });
});
