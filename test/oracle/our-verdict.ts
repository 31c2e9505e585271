import { DirectoryBucket } from '../../src/adapters/local/directory-bucket.ts';
import { summarize } from '../../src/domain/summary.ts';
import { formatDay } from '../../src/domain/utc-day.ts';
import { countExport } from '../../src/pipeline/count/count-export.ts';
import type { RecordReader } from '../../src/pipeline/ports.ts';
import { firstGames } from '../support/first-games.ts';
import type { SeededExport } from './seeded-export.ts';

/** What the pipeline makes of an export, in the form of the oracle's answers. */
export async function ourVerdict({ directory, manifestKey }: SeededExport, reader: RecordReader) {
  const source = { files: new DirectoryBucket(directory), reader, definition: firstGames, concurrency: 2 };
  const { counts } = await countExport(source, manifestKey);
  const { read, ...outcomes } = counts.records;
  const entries = counts.tally.entries().map((entry) => ({ ...entry, date: formatDay(entry.day) }));
  return {
    read,
    outcomes,
    rejects: counts.rejects.map(({ file, line }) => ({ file, line })),
    days: inOrder(entries.map(({ date, app, counts: appDay }) => ({ date, app, ...summarize(counts.rules, appDay) }))),
    users: inOrder(
      entries.flatMap(({ date, app, counts: appDay }) =>
        kindsWithUsers.flatMap(({ kind, activity }) =>
          [...(appDay[activity]?.users ?? [])].map(([user, times]) => ({ date, app, kind, user, times })),
        ),
      ),
    ),
  };
}

/** The activities of which records keep each user. */
const kindsWithUsers = ['session', 'party'].map((kind) => ({
  kind,
  activity: firstGames.activities.findIndex(({ id }) => id === kind),
}));

export type OurVerdict = Awaited<ReturnType<typeof ourVerdict>>;

/** Rows by date, app, kind and user, whatever order they came in. */
export function inOrder<R extends { date: string; app: string; kind?: string; user?: string }>(
  rows: readonly R[],
): R[] {
  const key = ({ date, app, kind, user }: R) => JSON.stringify([date, app, kind, user]);
  return rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
