import type { ExportCounts } from '../../domain/record-counts.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';
import { judgeNumbered, judgeRecord, numberOfApp, numberOfUser } from '../../schemas/export-record.ts';
import { ExportFault, isZlibError } from '../faults.ts';
import type { DataFileDigest, ExportFiles, ProjectedImage, RecordReader, RecordVisitor } from '../ports.ts';
import { openNamed } from './open-object.ts';

/**
 * Adds the records of one data file to the counts, verified against what the manifest says of it.
 * @throws MissingObject, ExportFault; the counts are then of no use
 */
export async function countDataFile(
  { files, reader }: { readonly files: ExportFiles; readonly reader: RecordReader },
  file: DataFile,
  manifestKey: string,
  counts: ExportCounts,
): Promise<DataFileDigest> {
  const where = `${files.bucket}/${file.dataFileS3Key}`;
  const { chunks: gzipped } = await openNamed(files, file.dataFileS3Key, manifestKey);
  const digest = await reader.read(gzipped, countingVisitor(counts, file.dataFileS3Key)).catch((cause: unknown) => {
    throw isZlibError(cause) ? unreadable(where, cause) : cause;
  });
  verify(where, 'md5Checksum', file.md5Checksum, digest.md5);
  verify(where, 'itemCount', file.itemCount, digest.records);
  return digest;
}

/** Gives each record to zod and the judgement to the counts. */
export const countingVisitor = (counts: ExportCounts, file: string): RecordVisitor => ({
  app: (name) => numberOfApp(counts.tally, name),
  user: (userId) => numberOfUser(counts.tally, userId),
  activity: (parts, line) => {
    const judgement = judgeNumbered(parts);
    if (judgement.kind === 'activity') counts.numberedActivity(judgement.activity);
    else counts.malformed({ file, line, reason: judgement.reason });
  },
  image: (image, line) => countRecord(counts, file, image, line),
  ignored: (records) => counts.ignored(records),
  deleted: (records) => counts.deleted(records),
  malformed: (line, reason) => counts.malformed({ file, line, reason }),
});

/** Gives a record's image to zod, and the judgement to the counts. */
export function countRecord(counts: ExportCounts, file: string, image: ProjectedImage, line: number): void {
  const judgement = judgeRecord(image);
  if (judgement.kind === 'activity') counts.activity(judgement.activity);
  else if (judgement.kind === 'ignored') counts.ignored();
  else counts.malformed({ file, line, reason: judgement.reason });
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
