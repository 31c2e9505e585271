import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import type { TableDefinition } from '../../src/domain/define-table.ts';
import type { ExportCounts } from '../../src/domain/record-counts.ts';
import { cases } from './arbitraries/cases.ts';
import { countLines } from './counting.ts';
import { type ExportReading, readExport } from './reading/export.ts';

const readers = { plainReader };

const ours = (counts: ExportCounts) => ({
  records: counts.records,
  rejects: counts.rejects.map(({ line, reason }) => ({ line, reason })),
  users: counts.tally.entries().flatMap(({ day, app, counts: appDay }) =>
    appDay.flatMap((users, activity) => [...users].map(([user, times]) => JSON.stringify([day, app, activity, user, times]))),
  ).sort(),
});

function theirs({ records, rejects, counted }: ExportReading, table: TableDefinition) {
  const times = new Map<string, number>();
  for (const { day, app, activity, user } of counted) {
    const key = JSON.stringify([day, app, Object.keys(table.activities).indexOf(activity), user ?? '']);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return { records, rejects, users: [...times].map(([key, n]) => `${key.slice(0, -1)},${n}]`).sort() };
}

const total: Record<string, number> = {};
describe.each(Object.entries(readers))('%s', (_name, reader) => {
  it('agrees', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ table, manifest, lines: all }) => {
        const counts = await countLines(reader, all, table, manifest);
        for (const [k, v] of Object.entries(counts.records)) total[k] = (total[k] ?? 0) + v;
        for (const [k, v] of counts.rejectsByReason) {const kk = k.replace(/.*\./,''); total[kk] = (total[kk] ?? 0) + v;}
        expect(ours(counts)).toEqual(theirs(readExport(all, table, manifest), table));
      }),
      { numRuns: 1000 },
    );
    console.log(total);
  });
});
