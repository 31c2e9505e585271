import { describe, expect, it } from 'vitest';
import { itemReader } from '../../../src/adapters/dynamodb-json/item-reader.ts';
import { findWholeExport } from '../../../src/pipeline/count/find-whole-export.ts';
import { describeExport } from '../../../src/pipeline/describe/describe-export.ts';
import { type ExportLayout, layOut } from '../../support/exports.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';
import { putExport } from '../../support/small-exports.ts';

const line = (n: number): string =>
  JSON.stringify({
    Keys: { PK: { S: `USER#${n}` } },
    NewImage: { PK: { S: `USER#${n}` }, at: { N: `${1_732_190_400 + n}` } },
  });
const lines = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, index) => line(from + index));

const FOLDER = 'AWSDynamoDB/01732233600000-a1b2c3d4';

function describeLayout(layout: ExportLayout, options: Parameters<typeof describeExport>[2] = {}) {
  const files = new MemoryBucket(layOut(layout));
  return describeExport({ files, reader: itemReader }, `${FOLDER}/manifest-summary.json`, options);
}

describe('an export', () => {
  const files = [lines(0, 50), [], lines(50, 80)];

  it('is read whole, file by file', async () => {
    expect(await describeLayout({ files })).toMatchObject({
      items: 80,
      malformed: 0,
      jsonBytes: lines(0, 80).join('\n').length + 1,
      export: { exportId: '01732233600000-a1b2c3d4', files: 3, sample: null, exportTime: Date.UTC(2024, 10, 22) },
      kinds: [{ name: 'USER', items: 80 }],
    });
  });

  it('of nothing has no kinds', async () => {
    expect(await describeLayout({ files: [[]] })).toMatchObject({ items: 0, kinds: [], others: null, keys: [] });
  });

  it('tells lines that are none from items that are odd', async () => {
    const odd = ['{', '[]', '{"Keys":{}}', '\t', '{"NewImage":{"PK":7}}', '{"NewImage":[]}'];
    const entries = [{ itemCount: 8 }];
    const summary = { itemCount: 8 };
    const described = await describeLayout({ files: [[...odd, ...lines(0, 3)]], entries, summary });
    expect(described).toMatchObject({ malformed: 3, records: 5 });
  });

  it.each([
    ['a damaged file', { entries: [{ md5Checksum: 'x' }] }, 'md5Checksum'],
    ['a file of fewer items than promised', { entries: [{ itemCount: 51 }] }, 'itemCount'],
    ['fewer items than promised in all', { summary: { itemCount: 81 } }, 'together'],
    [
      'a file that is no gzip',
      { files: [Buffer.from('no gzip'), [], []], entries: [{ itemCount: 1 }] },
      'decompressed',
    ],
    ['a missing file', { leaveOut: (key: string) => key.endsWith('file2.json.gz') }, 'missing'],
  ])('with %s is a fault', async (_, damage, message) => {
    await expect(describeLayout({ files, ...damage })).rejects.toThrow(message);
  });
});

describe('a sample', () => {
  const files = [lines(0, 50), lines(50, 53)];

  it('is of the first records of each file, and says so', async () => {
    expect(await describeLayout({ files }, { sample: 10 })).toMatchObject({
      items: 13,
      export: { sample: 10, files: 2 },
    });
  });

  it('lets go of a file that it does not read to its end', async () => {
    const bucket = new MemoryBucket(layOut({ files: [lines(0, 20_000)] }));
    let open = 0;
    const watched = {
      bucket: 'bucket',
      list: bucket.list.bind(bucket),
      stream: async (key: string) => {
        const chunks = await bucket.stream(key);
        return (async function* () {
          open++;
          try {
            yield* chunks;
          } finally {
            open--;
          }
        })();
      },
    };
    await describeExport({ files: watched, reader: itemReader }, `${FOLDER}/manifest-summary.json`, { sample: 5 });
    await new Promise(setImmediate);
    expect(open).toBe(0);
  });

  it('verifies files that are shorter', async () => {
    const damaged = describeLayout({ files, entries: [{}, { md5Checksum: 'x' }] }, { sample: 10 });
    await expect(damaged).rejects.toThrow('md5Checksum');
  });
});

it('tells how far it is, from nothing to all', async () => {
  const shares: number[] = [];
  await describeLayout({ files: [lines(0, 10_000)] }, { onProgress: (share) => shares.push(share) });
  expect(shares).toEqual([0.4096, 0.8192]);
});

describe('the newest export that is still whole', () => {
  const day = 20_700;

  function bucketOf(...ids: string[]): MemoryBucket {
    const bucket = new MemoryBucket();
    for (const exportId of ids) putExport(bucket.objects, { exportId, from: day, to: day }, [['ada', 'chess', day]]);
    return bucket;
  }

  it('is the newest one', async () => {
    expect(await findWholeExport(bucketOf('01-a', '03-c', '02-b'), 'exports/')).toContain('/03-c/');
  });

  it.each([
    /03-c\/manifest-files\.json$/,
    /data\/.*\.gz$/,
  ])('is one before where some of it is gone: %s', async (gone) => {
    const bucket = bucketOf('01-a', '03-c');
    const kept = new Set([...bucketOf('01-a').objects.keys()]);
    for (const key of bucket.objects.keys()) if (gone.test(key) && !kept.has(key)) bucket.objects.delete(key);
    expect(await findWholeExport(bucket, 'exports/')).toContain('/01-a/');
  });

  it('is none where there is none, with what to do', async () => {
    await expect(findWholeExport(new MemoryBucket(), 'exports/')).rejects.toThrow(/no export .* daytally replay/);
  });
});
