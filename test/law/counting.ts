import { gzipSync } from 'node:zlib';
import { rulesFor } from '../../src/domain/counting-rules.ts';
import type { TableDefinition } from '../../src/domain/define-table.ts';
import { ExportCounts } from '../../src/domain/record-counts.ts';
import { countingVisitor } from '../../src/pipeline/count/count-data-file.ts';
import type { RecordReader } from '../../src/pipeline/ports.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';
import { parseManifestSummary } from '../../src/schemas/export-manifest.ts';
import type { Manifest } from './reading/manifest.ts';

/** Counts of an export of which nothing has been read yet. */
export function nothingCountedYet(table: TableDefinition, manifest: Manifest): ExportCounts {
  const summary = JSON.stringify(summaryOf(manifest));
  const { scope, window } = parseManifestSummary(summary, 'the manifest', 'manifest-summary.json');
  return new ExportCounts(rulesFor(parseDefinition(table, 'the definition'), scope), window);
}

/** What the pipeline counts of an export that has these lines, all in one data file. */
export async function countLines(
  reader: RecordReader,
  lines: readonly Uint8Array[],
  table: TableDefinition,
  manifest: Manifest,
): Promise<ExportCounts> {
  const counts = nothingCountedYet(table, manifest);
  const file = gzipSync(Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])), { level: 1 });
  const { records } = await reader.read(chunksOf(file), counts.rules, countingVisitor(counts, 'file'));
  if (records !== counts.records.read) throw new Error(`${records} records were read and ${counts.records.read} told`);
  return counts;
}

async function* chunksOf(file: Uint8Array) {
  yield file;
}

const iso = (millis: number): string => new Date(millis).toISOString();

/** As DynamoDB writes it. */
function summaryOf(manifest: Manifest): object {
  const common = {
    version: '2023-08-01',
    exportArn: 'arn:aws:dynamodb:eu-west-2:123456789012:table/shop/export/01732320000000-a1b2c3d4',
    startTime: '2024-11-25T02:00:00.000Z',
    endTime: '2024-11-25T02:10:00.000Z',
    tableArn: 'arn:aws:dynamodb:eu-west-2:123456789012:table/shop',
    tableId: '12345678-abcd-4bcd-8bcd-123456789012',
    s3Bucket: 'exports',
    s3SseAlgorithm: 'AES256',
    s3SseKmsKeyId: null,
    manifestFilesS3Key: 'AWSDynamoDB/01732320000000-a1b2c3d4/manifest-files.json',
    billedSizeBytes: 0,
    itemCount: 0,
    outputFormat: 'DYNAMODB_JSON',
  };
  if (manifest.exportType === 'INCREMENTAL_EXPORT') {
    const { exportType, outputView, exportFromTime, exportToTime } = manifest;
    const span = { exportFromTime: iso(exportFromTime), exportToTime: iso(exportToTime) };
    return { ...common, s3Prefix: null, exportType, outputView, ...span };
  }
  const { exportType, exportTime, startDate } = manifest;
  const s3Prefix = startDate === undefined ? null : `exports/backfill/${startDate}/request-1`;
  return { ...common, s3Prefix, exportType, exportTime: iso(exportTime) };
}
