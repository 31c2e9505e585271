import { resolve } from 'node:path';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import { loadDefinition } from '../../src/definitions/load.ts';
import type { Definition } from '../../src/domain/definition.ts';
import { type Summary, summarize } from '../../src/domain/summary.ts';
import { formatDay } from '../../src/domain/utc-day.ts';
import { type CountedExport, countExport } from '../../src/pipeline/count/count-export.ts';
import type { RecordReader } from '../../src/pipeline/ports.ts';
import { layOut } from './exports.ts';
import { MemoryBucket } from './memory-bucket.ts';

/** The file of an example. */
export const exampleFile = (name: string): string => resolve(import.meta.dirname, '../../examples', name);

/** Counts an export that is laid out in memory. */
export const countObjects = (
  objects: Map<string, Uint8Array>,
  definition: Definition,
  reader: RecordReader = simdReader,
): Promise<CountedExport> =>
  countExport({ files: new MemoryBucket(objects), reader, definition, concurrency: 3 }, manifestOf(objects));

export const manifestOf = (objects: ReadonlyMap<string, unknown>): string =>
  [...objects.keys()].find((key) => key.endsWith('manifest-summary.json')) ?? '';

type Json = string | number | boolean | null;

/** An item as a program would write it down: text is `{"S"}`, numbers `{"N"}`, true and false `{"BOOL"}`. */
export type PlainItem = { readonly [attribute: string]: Json | bigint | PlainItem };

const toAttribute = (value: PlainItem[string]): unknown => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  return typeof value === 'object' ? { M: toItem(value) } : { N: `${value}` };
};

const toItem = (item: PlainItem): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([attribute, value]) => [attribute, toAttribute(value)]));

/** What became of an item on 2024-11-21: as it stood when the day began, and when it ended; null where it was not there. */
export type Change = readonly [before: PlainItem | null, after: PlainItem | null];

const toLine = ([before, after]: Change): string =>
  JSON.stringify({
    Metadata: { WriteTimestampMicros: { N: '1732190400000000' } },
    ...(before === null ? {} : { OldImage: toItem(before) }),
    ...(after === null ? {} : { NewImage: toItem(after) }),
  });

/** What an example counts of a day's changes: the numbers by app, and what became of the records. */
export async function countChanges(example: string, changes: readonly Change[]) {
  return resultOf(
    await countObjects(layOut({ files: [changes.map(toLine)] }), await loadDefinition(exampleFile(example))),
  );
}

/** Likewise of a full export of the moment at which 2024-11-22 began. */
export async function countItems(example: string, items: readonly PlainItem[]) {
  const lines = items.map((item) => JSON.stringify({ Item: toItem(item) }));
  const summary = { exportType: 'FULL_EXPORT', exportTime: '2024-11-22T00:00:00.000Z' };
  return resultOf(await countObjects(layOut({ files: [lines], summary }), await loadDefinition(exampleFile(example))));
}

function resultOf({ counts }: CountedExport) {
  const days: Record<string, Record<string, Summary>> = {};
  for (const { day, app, counts: ofApp } of counts.tally.entries()) {
    const apps = days[formatDay(day)] ?? {};
    days[formatDay(day)] = { ...apps, [app]: summarize(counts.rules, ofApp) };
  }
  return { days, records: counts.records, rejects: counts.rejects.map(({ reason }) => reason) };
}
