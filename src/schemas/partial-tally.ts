import * as z from 'zod';
import type { RecordTotals } from '../domain/record-counts.ts';
import { LAST_DAY } from '../domain/utc-day.ts';

/*
 * What a large aggregation keeps between its steps. All of it is our own, but it may have been written by another
 * version of this code: so each object says its version, and nothing is believed unread.
 */

/** To be raised whenever a reader of the version before would count something else, or the shards are cut differently. */
export const PARTIAL_VERSION = 2;

const count = z.int().min(0);
const version = z.literal(PARTIAL_VERSION, `version ${PARTIAL_VERSION} (drop the manifest again to start over)`);

/** Of the definition by which it was counted. */
const hash = z.string().regex(/^[0-9a-f]{16}$/);

/*
 * The partial of one data file, <sha256 of its key>.json:
 *
 *   { "version": 2, "definition": "c55f242f20fd78d9", "file": "exports/…/data/x.json.gz", "sectionBytes": [812, 0, 790],
 *     "records": { "read": 9, "counted": 7, "ignored": 1, "deleted": 0, "outsideWindow": 0, "malformed": 1 },
 *     "outside": { "touched": 0, "early": 0, "older": 0, "late": [[20047, 3]] }, "rejectsByReason": { "SK.format": 1 }, "rejects": [{ "line": 4, "reason": "SK.format" }],
 *     "compressedBytes": 2048, "bytes": 21504, "slowPathRecords": 0 }
 *
 * `sectionBytes` has a number for each shard: how long its section is in the .jsonl.gz beside it, in order; 0 is none.
 */
export const partialHeader = z
  .strictObject({
    version,
    definition: hash,
    file: z.string().min(1),
    sectionBytes: z.array(count).min(1),
    records: z.strictObject({
      read: count,
      counted: count,
      ignored: count,
      deleted: count,
      outsideWindow: count,
      malformed: count,
    }),
    outside: z.strictObject({
      touched: count,
      early: count,
      older: count,
      late: z.array(z.tuple([z.int(), count])).transform((days) => new Map(days)),
    }),
    rejectsByReason: z.record(z.string(), count).transform((reasons) => new Map(Object.entries(reasons))),
    rejects: z.array(z.strictObject({ line: count, reason: z.string() })),
    compressedBytes: count,
    bytes: count,
    slowPathRecords: count,
  })
  .transform(({ rejects, ...header }) => ({
    ...header,
    rejects: rejects.map((reject) => ({ file: header.file, ...reject })),
  })) satisfies z.ZodType<RecordTotals>;

export type PartialHeader = z.output<typeof partialHeader>;

/** How many users one line names at most: a line is what is held in memory at once. */
export const MAX_USERS_A_LINE = 1_000;

/*
 * One line of a section: users of one app on one day, and how often each did what, by activity. A user is the empty text
 * where the activity names none. What an activity adds up stands on one line of the app and day, in one shard.
 *
 *   { "day": 20048, "app": "sudoku", "users": ["ada", "grace"], "counts": [[3, 1], [1, 0], [0, 1]], "sums": [["12.5"], [], []] }
 */
const partialRows = z
  .strictObject({
    day: z.int().min(0).max(LAST_DAY),
    app: z.string().min(1),
    users: z.array(z.string()).max(MAX_USERS_A_LINE),
    counts: z.array(z.array(count)),
    sums: z.array(z.array(z.string().regex(/^-?\d+(?:\.\d+)?$/))).optional(),
  })
  .refine(
    ({ users, counts }) => counts.every((ofActivity) => ofActivity.length === users.length),
    'as many counts of each activity as users',
  );

export type PartialRows = z.output<typeof partialRows>;

/** A line is not of this form. Says where in the line, and never what stands there: those are users. */
export class MalformedRows extends Error {
  override readonly name = 'MalformedRows';
}

/** @throws MalformedRows */
export function parsePartialRows(line: string): PartialRows {
  const result = partialRows.safeParse(parseJson(line));
  if (result.success) return result.data;
  throw new MalformedRows(result.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join());
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new MalformedRows('no JSON');
  }
}

/** A count, a sum as decimal text, or what the export cannot tell. */
const summary = z.record(z.string(), z.union([count, z.string().regex(/^-?\d+(?:\.\d+)?$/), z.null()]));

/*
 * A merged shard, <shard>.json: for each app and day the numbers of this shard's users, by day, then app.
 *
 *   { "version": 2, "definition": "c55f242f20fd78d9", "shard": 0, "shards": 3, "entries": [{ "day": 20048, "app": "sudoku",
 *     "summary": { "buyers": 2, "orders": 4, "revenue": "12.5", "visits": null },
 *     "detailBytes": 61, "sectionBytes": 143 }] }
 *
 * `sectionBytes`: how long its section is in the .jsonl.gz beside it, in order. The users of a section are sorted.
 */
export const mergedShard = z.strictObject({
  version,
  definition: hash,
  shard: count,
  shards: z.int().min(1),
  entries: z.array(
    z.strictObject({
      day: z.int().min(0).max(LAST_DAY),
      app: z.string().min(1),
      summary,
      detailBytes: count,
      sectionBytes: count,
    }),
  ),
});

export type MergedShard = z.output<typeof mergedShard>;
