import { nothingCounted, numbersOf, toAnalyticsRecord } from '../../src/domain/analytics-record.ts';
import type { DayWindow } from '../../src/domain/export-window.ts';
import type { Provenance } from '../../src/domain/provenance.ts';
import { ExportCounts } from '../../src/domain/record-counts.ts';
import { formatDay, type UtcDay } from '../../src/domain/utc-day.ts';
import { countRecord } from '../../src/pipeline/count/count-data-file.ts';
import type { ImageAttributes } from '../../src/schemas/export-record.ts';

export const exactProvenance: Provenance = {
  exportId: '01732233600000-a1b2c3d4',
  exportType: 'INCREMENTAL_EXPORT',
  exportTime: '2024-11-22T00:00:00.000Z',
  quality: 'exact',
};

/** Counts images as the pipeline does, in the order given. */
export function countImages(images: readonly ImageAttributes[], window: DayWindow): ExportCounts {
  const counts = new ExportCounts(window);
  images.forEach(({ modelId, owner, createdAt, updatedAt }, index) => {
    countRecord(counts, 'file', { modelId, owner, createdAt, updatedAt }, index + 1);
  });
  return counts;
}

/** The record of one app and day, zeros where nothing was counted. */
export const recordOf = (counts: ExportCounts, day: UtcDay, app: string) =>
  toAnalyticsRecord(
    { date: formatDay(day), app },
    numbersOf(counts.tally.entries().find((entry) => entry.day === day && entry.app === app)?.counts ?? nothingCounted),
    exactProvenance,
    new Date('2024-11-22T02:15:00Z'),
  );
