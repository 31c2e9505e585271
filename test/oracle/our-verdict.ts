import { DirectoryBucket } from '../../src/adapters/local/directory-bucket.ts';
import { summarize } from '../../src/domain/tally.ts';
import { formatDay } from '../../src/domain/utc-day.ts';
import { countExport } from '../../src/pipeline/count/count-export.ts';
import type { RecordReader } from '../../src/pipeline/ports.ts';
import type { SeededExport } from './seeded-export.ts';

/** What the pipeline makes of an export, in the form of the oracle's answers. */
export async function ourVerdict({ directory, manifestKey }: SeededExport, reader: RecordReader) {
  const { counts } = await countExport({ files: new DirectoryBucket(directory), reader, concurrency: 2 }, manifestKey);
  const { read, ...outcomes } = counts.records;
  const entries = counts.tally.entries().map((entry) => ({ ...entry, date: formatDay(entry.day) }));
  return {
    read,
    outcomes,
    rejects: counts.rejects.map(({ file, line }) => ({ file, line })),
    days: inOrder(entries.map(({ date, app, counts: appDay }) => ({ date, app, ...summarize(appDay) }))),
    users: inOrder(
      entries.flatMap(({ date, app, counts: appDay }) =>
        (['session', 'party'] as const).flatMap((kind) =>
          [...appDay[kind]].map(([user, times]) => ({ date, app, kind, user, times })),
        ),
      ),
    ),
  };
}

export type OurVerdict = Awaited<ReturnType<typeof ourVerdict>>;

/** Rows by date, app, kind and user, whatever order they came in. */
export function inOrder<R extends { date: string; app: string; kind?: string; user?: string }>(
  rows: readonly R[],
): R[] {
  const key = ({ date, app, kind, user }: R) => JSON.stringify([date, app, kind, user]);
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
