import type { DataFile } from '../../schemas/export-manifest.ts';
import { ExportFault, isZlibError } from '../faults.ts';
import type { DataFileDigest, ExportFiles } from '../ports.ts';
import { openNamed } from './open-object.ts';

/** What a file came to; one that was left before its end cannot be verified. */
type Digest = Pick<DataFileDigest, 'md5' | 'records'> & { readonly isWhole?: boolean };

/**
 * Reads a data file, and verifies it against what the manifest says of it.
 * @throws MissingObject, ExportFault; what was made of it is then of no use
 */
export async function readVerified<D extends Digest>(
  files: ExportFiles,
  { dataFileS3Key, md5Checksum, itemCount }: DataFile,
  manifestKey: string,
  read: (gzipped: AsyncIterable<Uint8Array>) => Promise<D>,
): Promise<D> {
  const where = `${files.bucket}/${dataFileS3Key}`;
  const { chunks } = await openNamed(files, dataFileS3Key, manifestKey);
  const digest = await read(chunks).catch((cause: unknown) => {
    throw isZlibError(cause) ? unreadable(where, cause) : cause;
  });
  if (digest.isWhole === false) return digest;
  verify(where, 'md5Checksum', md5Checksum, digest.md5);
  verify(where, 'itemCount', itemCount, digest.records);
  return digest;
}

function verify(
  where: string,
  field: 'md5Checksum' | 'itemCount',
  expected: string | number,
  found: string | number,
): void {
  if (expected === found) return;
  throw new ExportFault({
    what: `the data file's ${field} is not what the manifest says`,
    where,
    expected: `${expected}`,
    found: `${found}`,
    remedy: 'the file is damaged or not whole: download it again, or export again',
  });
}

const unreadable = (where: string, cause: Error): ExportFault =>
  new ExportFault({
    what: 'the data file cannot be decompressed',
    where,
    expected: 'a whole gzip file',
    found: cause.message,
    remedy: 'the file is damaged or not whole: download it again, or export again',
    cause,
  });
