import { PipelineFault } from '../faults.ts';
import type { ExportFiles } from '../ports.ts';

const MANIFEST = /(?:^|\/)AWSDynamoDB\/([^/]+)\/manifest-summary\.json$/;

/** The id of the export that a key is the manifest of; undefined where it is of none. */
export const exportIdIn = (key: string): string | undefined => MANIFEST.exec(key)?.[1];

/**
 * The key of the manifest of the newest complete export under a prefix: the manifest is the last that an export writes,
 * and export ids begin with the millisecond at which they were started.
 * @throws PipelineFault where there is none
 */
export async function findNewestManifest(files: ExportFiles, prefix: string): Promise<string> {
  let newest: { readonly id: string; readonly key: string } | undefined;
  for await (const key of files.list(prefix)) {
    const id = exportIdIn(key);
    if (id !== undefined && (newest === undefined || id > newest.id)) newest = { id, key };
  }
  if (newest !== undefined) return newest.key;
  throw new PipelineFault({
    what: 'there is no complete export here',
    where: `${files.bucket}/${prefix}`,
    expected: 'a key that ends in AWSDynamoDB/<export id>/manifest-summary.json',
    found: 'none',
    remedy: 'check the prefix, or wait until the export is complete',
  });
}
