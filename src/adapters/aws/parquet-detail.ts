import { createHash } from 'node:crypto';
import {
  type AnalyticsRecord,
  type DetailValue,
  type ExternalDetail,
  isExternal,
} from '../../domain/analytics-record.ts';
import type { Definition } from '../../domain/definition.ts';
import { compareText } from '../../domain/text-order.ts';
import type { DetailFiles, DetailKey, DetailWriter, UserCounts } from '../../pipeline/ports.ts';

/** A column of the file, beside `userId`: how often each user did a thing. */
interface DetailColumn {
  readonly name: string;
  readonly attribute: string;
  /** The activity. */
  readonly activity: number;
  /** Whether all that is kept of a user is that there is one: 1 for each. */
  readonly isList: boolean;
}

/**
 * The columns: one for each count per user, `orders` for `ordersPerUser` and so on. A list of users needs none of its own
 * where their count of the same activity is there: they are those with a count above zero.
 */
const detailColumns = ({ metrics }: Definition): readonly DetailColumn[] =>
  metrics
    .filter(({ measure, activity }) =>
      measure === 'distinctUsers'
        ? !metrics.some((other) => other.activity === activity && other.measure === 'countPerUser')
        : measure === 'countPerUser',
    )
    .map(({ stored, measure, activity }) => ({
      name: stored.replace(/PerUser$/, ''),
      attribute: stored,
      activity,
      isList: measure === 'distinctUsers',
    }));

/** A user and what stands in each of the columns. */
interface DetailRow {
  readonly userId: string;
  readonly values: readonly number[];
}

/** How many users one file holds: what is in memory at once while it is written. */
const USERS_A_FILE = 1_000_000;

/** Where the files go. */
export interface DetailTarget {
  readonly files: DetailFiles;
  readonly prefix: string;
  /** @default 1,000,000 */
  readonly usersAFile?: number;
}

/** Puts a record's per-user detail into files, and a pointer to them in its place. */
export async function moveDetail(
  record: AnalyticsRecord,
  definition: Definition,
  target: DetailTarget,
): Promise<AnalyticsRecord> {
  const { detail } = record;
  if (isExternal(detail)) return record;
  const names = detailColumns(definition);
  const columns = names.map(({ attribute }) => toCounts(detail.get(attribute)));
  const users = [...new Set(columns.flatMap((column) => [...column.keys()]))].sort(compareText);
  const rows = users.map((userId) => ({ userId, values: columns.map((column) => column.get(userId) ?? 0) }));
  return { ...record, detail: await writeFiles(record, names, rows, target) };
}

const toCounts = (value: DetailValue | undefined): ReadonlyMap<string, number> => {
  if (value instanceof Map) return value;
  return new Map(Array.isArray(value) ? value.map((userId: string) => [userId, 1]) : []);
};

/** Writes detail that was never in memory as a whole, into the files that {@link moveDetail} would have written. */
export function parquetDetailWriter(definition: Definition, target: DetailTarget): DetailWriter {
  const columns = detailColumns(definition);
  return { write: (key, users) => writeFiles(key, columns, toRows(users, columns), target) };
}

async function* toRows(users: AsyncIterable<UserCounts>, columns: readonly DetailColumn[]): AsyncGenerator<DetailRow> {
  for await (const { userId, counts } of users) {
    const values = columns.map(({ activity, isList }) => Math.min(counts[activity] ?? 0, isList ? 1 : Infinity));
    if (values.some((value) => value > 0)) yield { userId, values };
  }
}

async function writeFiles(
  key: DetailKey,
  columns: readonly DetailColumn[],
  rows: Iterable<DetailRow> | AsyncIterable<DetailRow>,
  { files, prefix, usersAFile = USERS_A_FILE }: DetailTarget,
): Promise<ExternalDetail> {
  const keys: string[] = [];
  let users = 0;
  let pending: DetailRow[] = [];
  const flush = async (): Promise<void> => {
    const name = `${prefix}${key.date}/${fileNameOf(key, keys.length)}`;
    await files.put(name, await toParquet(pending, columns));
    keys.push(name);
    users += pending.length;
    pending = [];
  };
  for await (const row of rows) {
    pending.push(row);
    if (pending.length === usersAFile) await flush();
  }
  if (pending.length > 0 || keys.length === 0) await flush();
  return { bucket: files.bucket, keys, users };
}

/** Names of apps may hold anything and be long; the hash tells apart what the readable part does not. */
function fileNameOf({ app, exportId }: DetailKey, part: number): string {
  const readable = app.replace(/[^\w.]+/g, '_').slice(0, 40);
  const hash = createHash('sha256').update(app).digest('hex').slice(0, 12);
  return `${readable}-${hash}-${exportId}${part === 0 ? '' : `-${part}`}.parquet`;
}

async function toParquet(rows: readonly DetailRow[], columns: readonly DetailColumn[]): Promise<Uint8Array> {
  // Only where it is needed: it is much code to load at each cold start, for a rare case.
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const columnData = [
    { name: 'userId', data: rows.map(({ userId }) => userId), type: 'STRING' as const },
    ...columns.map(({ name }, index) => ({
      name,
      data: Int32Array.from(rows, ({ values }) => values[index] ?? 0),
      type: 'INT32' as const,
    })),
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
