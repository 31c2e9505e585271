import { createHash } from 'node:crypto';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { type AnalyticsRecord, type DetailValue, isExternal } from '../../domain/analytics-record.ts';
import { type Metric, metrics } from '../../domain/metrics.ts';
import { compareText } from '../../domain/text-order.ts';
import type { DetailFiles } from '../../pipeline/ports.ts';

/** A column of the file, beside `userId`: how often each user did a thing. */
interface DetailColumn {
  readonly name: string;
  readonly attribute: string;
}

/**
 * The columns: one for each count per user, `games` for `gamesPerUser` and so on. A list of users needs none of its own
 * where their count of the same activity is there: they are those with a count above zero.
 */
const detailColumns: readonly DetailColumn[] = (metrics as readonly Metric[])
  .filter(({ stored, counts }) =>
    stored.as === 'userIds'
      ? !metrics.some((other) => other.counts === counts && other.stored.as === 'countPerUser')
      : stored.as === 'countPerUser',
  )
  .map(({ stored: { attribute } }) => ({ name: attribute.replace(/PerUser$/, ''), attribute }));

/** Puts a record's per-user detail into a file, and a pointer to it in its place. */
export async function moveDetail(
  record: AnalyticsRecord,
  files: DetailFiles,
  prefix: string,
): Promise<AnalyticsRecord> {
  if (isExternal(record.detail)) return record;
  const counts = detailColumns.map(({ attribute }) => toCounts(record.detail[attribute as never]));
  const users = [...new Set(counts.flatMap((column) => [...column.keys()]))].sort(compareText);
  const key = `${prefix}${record.date}/${fileNameOf(record)}`;
  await files.put(key, toParquet(users, counts));
  return { ...record, detail: { bucket: files.bucket, keys: [key], users: users.length } };
}

const toCounts = (value: DetailValue | undefined): ReadonlyMap<string, number> => {
  if (value instanceof Map) return value;
  return new Map(Array.isArray(value) ? value.map((userId: string) => [userId, 1]) : []);
};

/** Names of apps may hold anything and be long; the hash tells apart what the readable part does not. */
function fileNameOf({ app, exportId }: AnalyticsRecord): string {
  const readable = app.replace(/[^\w.]+/g, '_').slice(0, 40);
  const hash = createHash('sha256').update(app).digest('hex').slice(0, 12);
  return `${readable}-${hash}-${exportId}.parquet`;
}

const toParquet = (users: readonly string[], counts: readonly ReadonlyMap<string, number>[]): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'userId', data: [...users], type: 'STRING' },
        ...detailColumns.map(({ name }, index) => ({
          name,
          data: Int32Array.from(users, (userId) => counts[index]?.get(userId) ?? 0),
          type: 'INT32' as const,
        })),
      ],
    }),
  );
