import { gzipSync } from 'node:zlib';
import { type ExportScope, rulesFor } from '../../src/domain/counting-rules.ts';
import type { TableDefinition } from '../../src/domain/define-table.ts';
import { type DayWindow, daysBefore, wholeDaysIn } from '../../src/domain/export-window.ts';
import { ExportCounts } from '../../src/domain/record-counts.ts';
import { parseDay } from '../../src/domain/utc-day.ts';
import { countingVisitor } from '../../src/pipeline/count/count-data-file.ts';
import type { RecordReader } from '../../src/pipeline/ports.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';
import type { Manifest } from './reading/manifest.ts';

/** What the pipeline makes of an export of one file. */
export async function countLines(
  reader: RecordReader,
  lines: readonly Uint8Array[],
  table: TableDefinition,
  manifest: Manifest,
): Promise<ExportCounts> {
  const definition = parseDefinition(table, 'the definition');
  const counts = new ExportCounts(rulesFor(definition, scopeOf(manifest)), windowOf(manifest));
  const file = gzipSync(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])), { level: 1 });
  const digest = await reader.read(chunksOf(file), counts.rules, countingVisitor(counts, 'file'));
  if (digest.records !== counts.records.read) throw new Error(`${digest.records} lines, ${counts.records.read} records`);
  return counts;
}

async function* chunksOf(file: Uint8Array) {
  yield file;
}

const DAY = 86_400_000;

const scopeOf = (manifest: Manifest): ExportScope =>
  manifest.exportType === 'FULL_EXPORT'
    ? { exportType: 'FULL_EXPORT', hasOldImages: false, day: null }
    : {
        exportType: 'INCREMENTAL_EXPORT',
        hasOldImages: manifest.outputView === 'NEW_AND_OLD_IMAGES',
        day:
          manifest.exportFromTime % DAY === 0 && manifest.exportToTime - manifest.exportFromTime === DAY
            ? manifest.exportFromTime / DAY
            : null,
      };

const windowOf = (manifest: Manifest): DayWindow =>
  manifest.exportType === 'FULL_EXPORT'
    ? daysBefore(manifest.exportTime, manifest.startDate === undefined ? null : (parseDay(manifest.startDate) ?? null))
    : wholeDaysIn({ from: manifest.exportFromTime, to: manifest.exportToTime });
