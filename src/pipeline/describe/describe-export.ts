import { describeTable } from '../../domain/describe/describe-table.ts';
import type { TableDescription } from '../../domain/describe/description.ts';
import type { ReadingPlan } from '../../domain/describe/reading-plan.ts';
import { TableStatistics } from '../../domain/describe/table-statistics.ts';
import { type OpenedExport, openExport, verifyTotal } from '../count/count-export.ts';
import { readVerified } from '../count/read-verified.ts';
import type { ItemVisitor } from '../ports.ts';
import { type ItemSource, planReading } from './plan-reading.ts';

export interface DescribeOptions {
  /** Reads so many records of each data file at most, and verifies none that is longer. */
  readonly sample?: number | undefined;
  /** Called from time to time with the share of the export that is done, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Says what is in the table that an export is of: all of it, each file verified against the manifest, or a fault; or what a
 * sample tells.
 * @throws MissingObject, InvalidInput, ExportFault
 */
export async function describeExport(
  source: ItemSource,
  manifestKey: string,
  options: DescribeOptions = {},
): Promise<TableDescription> {
  const opened = await openExport(source.files, manifestKey);
  const plan = await planReading(source, opened, manifestKey);
  const { statistics, records, compressedBytes } = await readAll(source, opened, manifestKey, plan, options);
  if (options.sample === undefined) verifyTotal(opened.manifest, opened.summary, records);
  const { origin, scope } = opened.summary;
  return describeTable(statistics, {
    exportId: origin.exportId,
    exportType: origin.exportType,
    exportTime: Date.parse(origin.exportTime),
    hasOldImages: scope.hasOldImages,
    files: opened.dataFiles.length,
    compressedBytes,
    sample: options.sample ?? null,
  });
}

async function readAll(
  { files, reader }: ItemSource,
  { summary, dataFiles }: OpenedExport,
  manifestKey: string,
  plan: ReadingPlan,
  { sample, onProgress }: DescribeOptions,
) {
  const statistics = new TableStatistics(plan, Date.parse(summary.origin.exportTime));
  const expected = dataFiles.reduce((sum, { itemCount }) => sum + Math.min(itemCount, sample ?? itemCount), 0);
  const visitor = tellingVisitor(statistics, (seen) => onProgress?.(seen / Math.max(1, expected)));
  let [records, compressedBytes] = [0, 0];
  for (const file of dataFiles) {
    const digest = await readVerified(files, file, manifestKey, (gzipped) => reader.read(gzipped, visitor, sample));
    records += digest.records;
    compressedBytes += digest.compressedBytes;
  }
  return { statistics, records, compressedBytes };
}

const RECORDS_BETWEEN_TELLINGS = 4096;

function tellingVisitor(statistics: TableStatistics, tell: (seen: number) => void): ItemVisitor {
  let seen = 0;
  const count = (): void => {
    seen++;
    if (seen % RECORDS_BETWEEN_TELLINGS === 0) tell(seen);
  };
  return {
    record: (record) => {
      statistics.add(record);
      count();
    },
    malformed: () => {
      statistics.addMalformed();
      count();
    },
  };
}
