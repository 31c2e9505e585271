import type { ExportCounts } from '../../domain/record-counts.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';
import { isMalformed, isNumbered, numberOfApp, numberOfUser, RecordJudge } from '../../schemas/export-record.ts';
import { ExportFault, isZlibError } from '../faults.ts';
import type { DataFileDigest, ExportFiles, RecordReader, RecordVisitor } from '../ports.ts';
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
  const visitor = countingVisitor(counts, file.dataFileS3Key);
  const digest = await reader.read(gzipped, counts.rules, visitor).catch((cause: unknown) => {
    throw isZlibError(cause) ? unreadable(where, cause) : cause;
  });
  verify(where, 'md5Checksum', file.md5Checksum, digest.md5);
  verify(where, 'itemCount', file.itemCount, digest.records);
  return digest;
}

/** Gives each record to zod and the judgement to the counts. */
export function countingVisitor(counts: ExportCounts, file: string): RecordVisitor {
  const judge = new RecordJudge(counts.rules);
  const malformed = (line: number, reason: string): false => {
    counts.malformed({ file, line, reason });
    return false;
  };
  /** Whether the record is asked for that lies outside the window: only then can it be told apart from others. */
  const asksFor = (isInside: boolean): boolean => {
    if (!isInside && !counts.rules.hasOldImages) counts.outsideWindow();
    return !isInside && counts.rules.hasOldImages;
  };
  return {
    app: (name) => numberOfApp(counts.tally, name),
    user: (userId) => numberOfUser(counts.tally, userId),
    activity: (parts, line) => {
      const judged = judge.judgeNumbered(parts);
      if (isMalformed(judged)) return malformed(line, judged.reason);
      return !counts.numberedActivity(judged) && asksFor(false);
    },
    activities: (parts, line) => {
      const judged = parts.map((one) => judge.judgeNumbered(one));
      const wrong = judged.find(isMalformed);
      if (wrong !== undefined) return malformed(line, wrong.reason);
      return asksFor(counts.numberedActivities(judged.filter(isNumbered)));
    },
    outside: (record) => counts.outsideWindow(judge.outside(record)),
    record: (record, line) => {
      const judged = judge.judge(record);
      if (judged.kind === 'malformed') malformed(line, judged.reason);
      else if (judged.kind !== 'activities') counts[judged.kind]();
      else if (!counts.activities(judged.activities)) counts.outsideWindow(judge.outside(record));
    },
    ignored: (records) => counts.ignored(records),
    deleted: (records) => counts.deleted(records),
    malformed,
  };
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
