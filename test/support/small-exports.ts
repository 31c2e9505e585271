import { layOutExport } from '../../src/adapters/local/export-layout.ts';
import { formatDay, midnightOf, type UtcDay } from '../../src/domain/utc-day.ts';

/** A game played: by whom, in which app, on which day. */
export type Played = readonly [user: string, app: string, day: UtcDay];

export interface SmallExport {
  readonly exportId: string;
  readonly from: UtcDay;
  /** Inclusive. */
  readonly to: UtcDay;
  /** A full export; else an incremental one. */
  readonly full?: boolean;
  readonly partitions?: number;
}

/** Puts an export of some games into a bucket. Returns the manifest's key. */
export function putExport(
  objects: Map<string, Uint8Array>,
  { exportId, from, to, full = false, partitions = 1 }: SmallExport,
  games: readonly Played[],
): string {
  const s3Prefix = full ? `exports/backfill/${formatDay(from)}/request` : `exports/incremental/${formatDay(from)}`;
  const end = new Date(midnightOf(to + 1)).toISOString();
  const summary = {
    version: '2020-06-30',
    exportArn: `arn:aws:dynamodb:eu-west-2:111122223333:table/games/export/${exportId}`,
    startTime: end,
    endTime: new Date(midnightOf(to + 1) + 2.25 * 3_600_000).toISOString(),
    tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    s3Bucket: 'daytally-exports',
    outputFormat: 'DYNAMODB_JSON',
    ...(full
      ? { exportTime: end, exportType: 'FULL_EXPORT' }
      : {
          exportFromTime: new Date(midnightOf(from)).toISOString(),
          exportToTime: end,
          exportType: 'INCREMENTAL_EXPORT',
          outputView: 'NEW_AND_OLD_IMAGES',
        }),
  };
  const records = games.map(([user, app, day], index) => {
    const image = {
      modelId: { S: `session-${app}-${index}` },
      owner: { S: `user-${user}` },
      updatedAt: { N: `${day * 86_400 + index}` },
    };
    const record = full ? { Item: image } : { Keys: { modelId: image.modelId }, NewImage: image };
    return { partitionKey: image.modelId.S, record: record as never };
  });
  const written = layOutExport({ s3Prefix, exportId, sharedData: !full, partitions, summary }, records);
  for (const { key, bytes } of written) objects.set(key, bytes);
  return written.find(({ key }) => key.endsWith('manifest-summary.json'))?.key ?? '';
}
