import { compareText } from '../../domain/text-order.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';
import { MissingObject, PipelineFault } from '../faults.ts';
import type { ExportFiles } from '../ports.ts';
import { openExport } from './count-export.ts';
import { exportIdIn } from './find-manifest.ts';
import { prefixOf } from './open-object.ts';

/**
 * The key of the manifest of the newest export under a prefix all of whose files are still there: a bucket that lets go of
 * exports after a while may have let go of some.
 * @throws PipelineFault where there is none
 */
export async function findWholeExport(files: ExportFiles, prefix: string): Promise<string> {
  const keys = new Set<string>();
  for await (const key of files.list(prefix)) keys.add(key);
  const manifests = [...keys]
    .flatMap((key) => ({ key, id: exportIdIn(key) }))
    .filter(({ id }) => id !== undefined)
    .sort((a, b) => compareText(b.id ?? '', a.id ?? ''));
  for (const { key } of manifests) {
    const { dataFiles } = await openExport(files, key).catch((error: unknown) => {
      if (error instanceof MissingObject) return { dataFiles: undefined };
      throw error;
    });
    if (dataFiles?.every((file) => isThere(file, key, keys)) === true) return key;
  }
  throw new PipelineFault({
    what: 'there is no export in the bucket that is still whole',
    where: `s3://${files.bucket}/${prefix}`,
    expected: 'a manifest-summary.json and all of the data files that it names',
    found: manifests.length === 0 ? 'none' : `${manifests.length} whose files are gone in part`,
    remedy: 'the bucket keeps exports for a day unless configured otherwise: daytally replay asks for one',
  });
}

const isThere = ({ dataFileS3Key }: DataFile, manifestKey: string, keys: ReadonlySet<string>): boolean =>
  keys.has(dataFileS3Key) || keys.has(prefixOf(manifestKey) + dataFileS3Key);
