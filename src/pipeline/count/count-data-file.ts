import type { ExportCounts } from '../../domain/record-counts.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';
import { isMalformed, isNumbered, numberOfApp, numberOfUser, RecordJudge } from '../../schemas/export-record.ts';
import type { DataFileDigest, ExportFiles, RecordReader, RecordVisitor } from '../ports.ts';
import { readVerified } from './read-verified.ts';

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
  const refused = { records: 0 };
  const visitor = countingVisitor(counts, file.dataFileS3Key, refused);
  const read = (gzipped: AsyncIterable<Uint8Array>) => reader.read(gzipped, counts.rules, visitor);
  const digest = await readVerified(files, file, manifestKey, read);
  return { ...digest, slowPathRecords: digest.slowPathRecords - refused.records };
}

/**
 * Gives each record to zod and the judgement to the counts.
 * @param refused how many of those that were read the slow way are malformed: those are told as such and not as slow
 */
export function countingVisitor(counts: ExportCounts, file: string, refused = { records: 0 }): RecordVisitor {
  const judge = new RecordJudge(counts.rules);
  const malformed = (line: number, reason: string): false => {
    counts.malformed({ file, line, reason });
    return false;
  };
  const refuse = (line: number, reason: string): void => {
    refused.records++;
    malformed(line, reason);
  };
  /** Whether the record is asked for that lies outside the window: only then can it be told apart from others. */
  const asksForOutside = (): boolean => {
    if (!counts.rules.hasOldImages) counts.outsideWindow();
    return counts.rules.hasOldImages;
  };
  return {
    app: (name) => numberOfApp(counts.tally, name),
    user: (userId) => numberOfUser(counts.tally, userId),
    activity: (parts, line) => {
      const judged = judge.judgeNumbered(parts);
      if (isMalformed(judged)) return malformed(line, judged.reason);
      return !counts.numberedActivity(judged) && asksForOutside();
    },
    activities: (parts, line) => {
      const judged = parts.map((one) => judge.judgeNumbered(one));
      const wrong = judged.find(isMalformed);
      if (wrong !== undefined) return malformed(line, wrong.reason);
      return !counts.numberedActivities(judged.filter(isNumbered)) && asksForOutside();
    },
    outside: (record) => counts.outsideWindow(judge.outside(record)),
    record: (record, line) => {
      const judged = judge.judge(record);
      if (judged.kind === 'malformed') refuse(line, judged.reason);
      else if (judged.kind !== 'activities') counts[judged.kind]();
      else if (!counts.activities(judged.activities)) counts.outsideWindow(judge.outside(record));
    },
    ignored: (records) => counts.ignored(records),
    deleted: (records) => counts.deleted(records),
    malformed: refuse,
  };
}
