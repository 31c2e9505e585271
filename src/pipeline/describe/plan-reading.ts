import type { ReadingPlan } from '../../domain/describe/reading-plan.ts';
import { Sample } from '../../domain/describe/sample.ts';
import type { OpenedExport } from '../count/count-export.ts';
import { readVerified } from '../count/read-verified.ts';
import type { ExportFiles, ItemReader, ItemVisitor } from '../ports.ts';

/** Where whole items are read from, and how. */
export interface ItemSource {
  readonly files: ExportFiles;
  readonly reader: ItemReader;
}

const MAX_FILES = 16;
const MAX_RECORDS = 8192;
/** Of the lines; what is kept of them is far less. */
const MAX_BYTES = 64e6;

/**
 * Looks at the beginnings of some data files, to find out how the table's items are told apart. One file alone could hold
 * nothing but the many items of one key.
 * @throws MissingObject, ExportFault
 */
export async function planReading(
  { files, reader }: ItemSource,
  { dataFiles }: OpenedExport,
  manifestKey: string,
): Promise<ReadingPlan> {
  const sample = new Sample();
  let bytes = 0;
  const visitor: ItemVisitor = {
    record: (record) => {
      bytes += record.jsonBytes;
      if (bytes <= MAX_BYTES) sample.add(record);
    },
    malformed: () => {},
  };
  const chosen = evenly(
    dataFiles.filter(({ itemCount }) => itemCount > 0),
    MAX_FILES,
  );
  const records = Math.ceil(MAX_RECORDS / chosen.length);
  for (const file of chosen) {
    await readVerified(files, file, manifestKey, (gzipped) => reader.read(gzipped, visitor, records));
  }
  return sample.plan();
}

/** So many at most, from all over. */
const evenly = <T>(all: readonly T[], most: number): T[] => {
  const count = Math.min(most, all.length);
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] as T);
};
