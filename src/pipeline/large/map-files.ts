import type { CountingRules } from '../../domain/counting-rules.ts';
import type { DayWindow } from '../../domain/export-window.ts';
import { ExportCounts } from '../../domain/record-counts.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';
import type { LargeAggregation } from '../../schemas/large-export.ts';
import { countDataFile } from '../count/count-data-file.ts';
import type { ExportFiles, PartialFiles, RecordReader } from '../ports.ts';
import { encodePartial, writePartial } from './partial-tally.ts';

export interface MapPorts {
  readonly files: ExportFiles;
  readonly reader: RecordReader;
  readonly partials: PartialFiles;
}

/**
 * The first step: counts some of an export's data files, each verified against the manifest, and writes the partial of
 * each. One after the other, so that it takes the memory of one. May be repeated.
 * @throws MissingObject, ExportFault
 */
export async function mapFiles(
  ports: MapPorts,
  { manifestKey, partialsPrefix, shards }: LargeAggregation,
  { rules, window }: { readonly rules: CountingRules; readonly window: DayWindow },
  dataFiles: readonly DataFile[],
): Promise<void> {
  for (const file of dataFiles) {
    const counts = new ExportCounts(rules, window);
    const digest = await countDataFile(ports, file, manifestKey, counts);
    const encoded = encodePartial(file.dataFileS3Key, { counts, digest }, shards);
    await writePartial(ports.partials, partialsPrefix, file.dataFileS3Key, encoded);
  }
}
