import { type DirectoryExport, openDirectoryExport } from '../adapters/local/directory-export.ts';
import { findNewestManifest } from '../pipeline/count/find-manifest.ts';
import { findWholeExport } from '../pipeline/count/find-whole-export.ts';
import type { ExportFiles } from '../pipeline/ports.ts';
import { UsageError } from './failures.ts';

/** An export that a person named. */
export type NamedExport = LocalExport | BucketExport;

interface LocalExport extends DirectoryExport {
  readonly directory: string;
}

interface BucketExport {
  readonly files: ExportFiles;
  readonly manifestKey: string;
  readonly directory?: undefined;
}

/**
 * Finds the export that a path or an s3:// URL names; of a prefix the newest complete one.
 * @throws PipelineFault where there is none, or a directory holds more than one
 */
export const openNamedExport = async (name: string): Promise<NamedExport> =>
  name.startsWith('s3://') ? openBucketExport(name) : { ...(await openDirectoryExport(name)), directory: name };

async function openBucketExport(url: string): Promise<BucketExport> {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(url) ?? [];
  if (bucket === undefined) throw new UsageError(`${url}: expected s3://<bucket>/<prefix or manifest-summary.json>`);
  // Loaded only here: the SDK takes longer to start than a directory takes to count.
  const [{ s3Client }, { S3Files }] = await Promise.all([
    import('../adapters/aws/clients.ts'),
    import('../adapters/aws/s3-files.ts'),
  ]);
  const files = new S3Files(s3Client(), bucket);
  return { files, manifestKey: key.endsWith('manifest-summary.json') ? key : await findNewestManifest(files, key) };
}

/**
 * The newest export of a deployed stack that still lies whole in its bucket.
 * @throws PipelineFault where there is no such stack, or no such export
 */
export async function openStackExport(
  stackName: string,
  options: { readonly region?: string | undefined },
): Promise<NamedExport> {
  const [{ S3Client }, { clientOptions, exportSettings, findInstallation }, { S3Files }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('../adapters/aws/installation.ts'),
    import('../adapters/aws/s3-files.ts'),
  ]);
  const { ExportBucketName, ExportFunctionName } = await findInstallation(stackName, options);
  const { S3_PREFIX } = await exportSettings(ExportFunctionName, options);
  const files = new S3Files(new S3Client(clientOptions(options)), ExportBucketName);
  return { files, manifestKey: await findWholeExport(files, S3_PREFIX) };
}
