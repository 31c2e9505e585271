import { describe, expect, it } from 'vitest';
import { openExport } from '../../../src/pipeline/count/count-export.ts';
import { requireOwnExport } from '../../../src/pipeline/count/own-export.ts';
import { day } from '../../support/factories.ts';
import { MemoryBucket } from '../../support/memory-bucket.ts';
import { putExport } from '../../support/small-exports.ts';

const friday = day('2024-11-22');
const TABLE_ARN = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games';

/** An export, with what its manifest says changed. */
function changed(change: (summary: Record<string, unknown>) => Record<string, unknown>) {
  const objects = new Map<string, Uint8Array>();
  const key = putExport(objects, { exportId: '01732233600000-a1b2c3d4', from: friday, to: friday }, [
    ['ada', 'chess', friday],
  ]);
  const summary = JSON.parse(Buffer.from(objects.get(key) as Uint8Array).toString());
  objects.set(key, Buffer.from(JSON.stringify(change(summary))));
  return { objects, key, files: new MemoryBucket(objects) };
}

describe('an export of the table', () => {
  it('is taken', async () => {
    const { files, key } = changed((same) => same);
    await expect(requireOwnExport(files, key, TABLE_ARN)).resolves.toBeUndefined();
  });

  it("is known by the export's ARN where the manifest does not name the table", async () => {
    const { files, key } = changed(({ tableArn: _, ...others }) => others);
    await expect(requireOwnExport(files, key, TABLE_ARN)).resolves.toBeUndefined();
  });

  it.each(['games-staging', 'game', 'games2'])('is not one of %s: both are named', async (name) => {
    const other = TABLE_ARN.replace('games', name);
    const { files, key } = changed((summary) => ({ ...summary, tableArn: other }));
    await expect(requireOwnExport(files, key, TABLE_ARN)).rejects.toThrow(
      `the export is of another table; expected ${TABLE_ARN}; found ${other}`,
    );
  });
});

describe('the list of data files', () => {
  it('is not that of another export', async () => {
    const other = 'exports/incremental/2024-11-21/AWSDynamoDB/01732147200000-00000000/manifest-files.json';
    const { files, key } = changed((summary) => ({ ...summary, manifestFilesS3Key: other }));
    await expect(openExport(files, key)).rejects.toThrow('the manifest names the data files of another export');
  });

  it('names no file twice, whatever the total', async () => {
    const { objects, files, key } = changed((summary) => ({ ...summary, itemCount: 2 }));
    const list = key.replace('summary', 'files');
    const line = Buffer.from(objects.get(list) as Uint8Array)
      .toString()
      .trim();
    objects.set(list, Buffer.from(`${line}\n${line}\n`));
    await expect(openExport(files, key)).rejects.toThrow(/expected each data file once; found .*json\.gz twice/);
  });
});
