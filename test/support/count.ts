import { numbersOf, toAnalyticsRecord } from '../../src/domain/analytics-record.ts';
import type { CountingRules } from '../../src/domain/counting-rules.ts';
import type { DayWindow } from '../../src/domain/export-window.ts';
import type { Provenance } from '../../src/domain/provenance.ts';
import { ExportCounts } from '../../src/domain/record-counts.ts';
import { nothingCounted } from '../../src/domain/tally.ts';
import { formatDay, type UtcDay } from '../../src/domain/utc-day.ts';
import { countingVisitor } from '../../src/pipeline/count/count-data-file.ts';
import { valueAt } from '../../src/schemas/attribute-view.ts';
import { type ProjectedRecord, RecordJudge, type RecordJudgement } from '../../src/schemas/export-record.ts';
import { gamesRules } from './first-games.ts';

/** An item as it stands in an export, in DynamoDB JSON; undefined is an attribute that is not there. */
export type Image = Readonly<Record<string, unknown>>;

/** What has become of an item: as it is (null where it is gone) and as it was (null where it was not there). */
export interface ImagePair {
  readonly image: Image | null;
  readonly old: Image | null;
}

const inserted = (image: Image): ImagePair => ({ image, old: null });

const project = ({ definition }: CountingRules, { image, old }: ImagePair): ProjectedRecord => {
  const projected = (one: Image | null) => one && definition.attributes.map((path) => valueAt(one, path));
  return { image: projected(image), old: projected(old) };
};

/** What an item counts as that was not there before. */
export const judge = (image: Image, rules: CountingRules = gamesRules): RecordJudgement =>
  new RecordJudge(rules).judge(project(rules, inserted(image)));

export const exactProvenance: Provenance = {
  exportId: '01732233600000-a1b2c3d4',
  exportType: 'INCREMENTAL_EXPORT',
  exportTime: '2024-11-22T00:00:00.000Z',
  quality: 'exact',
  definition: gamesRules.definition.hash,
};

/** Counts records as the pipeline does, in the order given. */
function countRecords(records: readonly ImagePair[], window: DayWindow, rules = gamesRules): ExportCounts {
  const counts = new ExportCounts(rules, window);
  const visitor = countingVisitor(counts, 'file');
  for (const [index, record] of records.entries()) visitor.record(project(rules, record), index + 1);
  return counts;
}

/** As {@link countRecords}, of items that were not there before. */
export const countImages = (images: readonly Image[], window: DayWindow, rules = gamesRules): ExportCounts =>
  countRecords(images.map(inserted), window, rules);

/** The record of one app and day, zeros where nothing was counted. */
export function recordOf({ tally, rules }: ExportCounts, day: UtcDay, app: string) {
  const entry = tally.entries().find((one) => one.day === day && one.app === app);
  return toAnalyticsRecord(
    { date: formatDay(day), app },
    numbersOf(rules, entry?.counts ?? nothingCounted(rules.definition)),
    { ...exactProvenance, definition: rules.definition.hash },
    { writtenAt: new Date('2024-11-22T02:15:00Z'), codeVersion: 'v1' },
  );
}
