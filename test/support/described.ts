import { describeTable } from '../../src/domain/describe/describe-table.ts';
import type { ExportFacts, TableDescription } from '../../src/domain/describe/description.ts';
import { Sample } from '../../src/domain/describe/sample.ts';
import { TableStatistics } from '../../src/domain/describe/table-statistics.ts';
import { observeRecord } from '../../src/schemas/observed-record.ts';

/** An item in DynamoDB JSON. */
export type Item = Readonly<Record<string, unknown>>;

export const NOW = Date.UTC(2026, 10, 22);

export const S = (text: string) => ({ S: text });
export const N = (number: number | string) => ({ N: `${number}` });

const fullExport: ExportFacts = {
  exportId: '01795226400008-b81b5039',
  exportType: 'FULL_EXPORT',
  exportTime: NOW,
  hasOldImages: false,
  files: 1,
  compressedBytes: 0,
  sample: null,
};

export const incrementalExport: ExportFacts = { ...fullExport, exportType: 'INCREMENTAL_EXPORT', hasOldImages: true };

/** The lines of an export described, without files. */
export function describeLines(lines: readonly unknown[], facts: ExportFacts = incrementalExport): TableDescription {
  return describeTable(statisticsOf(lines, sampleOf(lines)), facts);
}

/** A full export of these items described. */
export const describeItems = (items: readonly Item[]): TableDescription =>
  describeLines(
    items.map((item) => ({ Item: item })),
    fullExport,
  );

export function sampleOf(lines: readonly unknown[]): Sample {
  const sample = new Sample();
  for (const record of lines.map(observed)) if (record !== undefined) sample.add(record);
  return sample;
}

export function statisticsOf(lines: readonly unknown[], sample: Sample): TableStatistics {
  const statistics = new TableStatistics(sample.plan(), NOW);
  for (const record of lines.map(observed)) {
    if (record === undefined) statistics.addMalformed();
    else statistics.add(record);
  }
  return statistics;
}

const observed = (line: unknown) => observeRecord(line, JSON.stringify(line).length + 1);
