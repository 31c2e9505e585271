import { describe, expect, it } from 'vitest';
import { type LargeExportRequest, startIfLarge } from '../../../src/pipeline/large/start-large-export.ts';
import type { LargeExportInput } from '../../../src/schemas/large-export.ts';
import { layOut } from '../../support/exports.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';

const FOLDER = 'exports/AWSDynamoDB/01732233600000-a1b2c3d4';

const request: LargeExportRequest = {
  manifestKey: `${FOLDER}/manifest-summary.json`,
  trigger: '0A1B',
  force: true,
  inline: { memoryMb: 256, timeoutSeconds: 300 },
  maxDays: Number.POSITIVE_INFINITY,
  child: { memoryMb: 1769, timeoutSeconds: 900 },
};

async function start(summary: Record<string, unknown>, changes: Partial<LargeExportRequest> = {}) {
  const asked: { name: string; input: LargeExportInput }[] = [];
  const starter = {
    start: async (name: string, input: LargeExportInput) => {
      asked.push({ name, input });
      return { executionArn: 'arn', alreadyStarted: false };
    },
  };
  const files = new MemoryBucket(layOut({ prefix: 'exports/', files: [['{}'], ['{}']], summary }));
  return { asked, started: await startIfLarge({ files, starter }, { ...request, ...changes }) };
}

describe('a small export of many days, for which a table of one write unit takes long,', () => {
  const full = { exportType: 'FULL_EXPORT', exportTime: '2024-11-22T02:00:00.000Z' };
  const of = (from: string, maxDays: number) => start({ ...full, s3Prefix: `exports/backfill/${from}/r` }, { maxDays });

  it('is left to the function up to as many as it may write', async () => {
    expect((await of('2024-11-08', 14)).started).toBeUndefined();
  });

  it.each(['2024-11-07', '2023-01-01'])('is counted elsewhere from %s on', async (from) => {
    expect((await of(from, 14)).started).toMatchObject({ plan: { mode: 'distributed', shards: 1 } });
    expect((await of(from, Number.POSITIVE_INFINITY)).started).toBeUndefined();
  });
});

describe('an export', () => {
  it('that one function can count is left to it', async () => {
    await expect(start({ billedSizeBytes: 1e9 })).resolves.toEqual({ asked: [], started: undefined });
  });

  it('that is too large is handed over with all that the steps need', async () => {
    const { asked, started } = await start({ billedSizeBytes: 100e9 });
    expect(started).toMatchObject({ exportId: '01732233600000-a1b2c3d4', executionArn: 'arn', alreadyStarted: false });
    const name = '01732233600000-a1b2c3d4-0A1B';
    const input = {
      bucket: 'bucket',
      manifestFilesKey: `${FOLDER}/manifest-files.json`,
      filesPerBatch: 1,
      shardNumbers: [0],
      force: true,
      aggregation: {
        bucket: 'bucket',
        manifestKey: `${FOLDER}/manifest-summary.json`,
        partialsPrefix: `partials/${name}/`,
        shards: 1,
      },
    };
    expect(asked).toEqual([{ name, input }]);
  });

  it('whose manifest leaves out the prefix is handed over with the key at which the list of files really is', async () => {
    const manifestFilesS3Key = 'AWSDynamoDB/01732233600000-a1b2c3d4/manifest-files.json';
    const { asked } = await start({ billedSizeBytes: 100e9, manifestFilesS3Key });
    expect(asked[0]?.input.manifestFilesKey).toBe(`${FOLDER}/manifest-files.json`);
  });

  it('gives its execution a name that Step Functions takes', async () => {
    const { asked } = await start({ billedSizeBytes: 100e9 }, { trigger: 'x'.repeat(200) });
    expect(asked[0]?.name).toMatch(/^[\w-]{80}$/);
  });
});
