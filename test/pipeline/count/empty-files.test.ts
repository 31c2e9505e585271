import { describe, expect, it } from 'vitest';
import { plainReader } from '../../../src/adapters/dynamodb-json/plain-reader.ts';
import { simdReader } from '../../../src/adapters/dynamodb-json/simd-reader.ts';
import { countExport } from '../../../src/pipeline/count/count-export.ts';
import { type ExportLayout, layOut } from '../../support/exports.ts';
import { firstGames } from '../../support/first-games.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';

const NO_BYTES = Buffer.alloc(0);
const MD5_OF_NOTHING = '1B2M2Y8AsgTpgAmY7PhCfg==';
const oneDeletion = ['{"Metadata":{"WriteTimestampMicros":{"N":"1732190000000000"}},"Keys":{"modelId":{"S":"x"}}}'];

describe.each([
  { name: 'plain', reader: plainReader },
  { name: 'SIMD', reader: simdReader },
])('files without records, by the $name reader', ({ reader }) => {
  const count = async (layout: ExportLayout) => {
    const objects = layOut(layout);
    const manifestKey = [...objects.keys()].find((key) => key.endsWith('manifest-summary.json')) ?? '';
    const files = new MemoryBucket(objects);
    return await countExport({ files, reader, definition: firstGames, concurrency: 1 }, manifestKey);
  };

  it('may have no bytes at all, where the manifest says so', async () => {
    const { counts } = await count({ files: [NO_BYTES, oneDeletion, NO_BYTES] });
    expect(counts.records).toMatchObject({ read: 1, deleted: 1 });
  });

  it('may not be there: a list of no lines is an export of nothing', async () => {
    expect((await count({ files: [] })).counts.records.read).toBe(0);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['records are promised', { itemCount: 3, md5Checksum: MD5_OF_NOTHING }, 'cannot be decompressed'],
    ['bytes are promised', { itemCount: 0, md5Checksum: 'sQMSpEILNgoQmarvDFonGQ==' }, 'cannot be decompressed'],
  ])('are damaged where they have no bytes and %s', async (_what, entry, message) => {
    await expect(count({ files: [NO_BYTES], entries: [entry] })).rejects.toThrow(message);
  });

  it('are damaged where they have bytes and none are promised', async () => {
    const entries = [{ itemCount: 0, md5Checksum: MD5_OF_NOTHING }];
    await expect(count({ files: [oneDeletion], entries })).rejects.toThrow('md5Checksum is not what the manifest says');
  });

  it('are missed where no line lists them and the summary promises records', async () => {
    await expect(count({ files: [], summary: { itemCount: 2 } })).rejects.toThrow('expected itemCount 2; found 0');
  });
});
