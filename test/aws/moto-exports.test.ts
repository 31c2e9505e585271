import type { ExportDescription } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DynamoDbExporter } from '../../src/adapters/aws/dynamodb-exporter.ts';
import { S3Files } from '../../src/adapters/aws/s3-files.ts';
import { plainReader } from '../../src/adapters/dynamodb-json/plain-reader.ts';
import { simdReader } from '../../src/adapters/dynamodb-json/simd-reader.ts';
import { summarize } from '../../src/domain/summary.ts';
import { formatDay } from '../../src/domain/utc-day.ts';
import { countExport } from '../../src/pipeline/count/count-export.ts';
import type { ExportOrder } from '../../src/pipeline/ports.ts';
import { firstGames } from '../support/first-games.ts';
import { type Clients, clientsOf } from './support/clients.ts';
import { REGION, startMoto } from './support/emulators.ts';
import { fillTable, scan } from './support/filled-table.ts';
import { addManifests, finished } from './support/moto-export.ts';
import { type AppDay, plainCount } from './support/plain-count.ts';
import type { ServerProcess } from './support/server-process.ts';

const DAY = 86_400_000;
const ITEMS = 400;
const bucket = 'exports';
const firstDay = Date.UTC(2024, 1, 27);
const dateOf = (day: number) => new Date(firstDay + day * DAY).toISOString().slice(0, 10);

let moto: ServerProcess;
let clients: Clients;
let tableArn: string;

beforeAll(async () => {
  moto = await startMoto();
  clients = clientsOf(moto.endpoint);
  const location = { CreateBucketConfiguration: { LocationConstraint: REGION } as const };
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket, ...location }));
  tableArn = await fillTable(clients, 'games', firstDay, ITEMS);
});

afterAll(async () => await moto?.stop());

/** Has moto export the table, through our own exporter. */
const exported = async (order: ExportOrder): Promise<ExportDescription> => {
  const exporter = new DynamoDbExporter({ client: clients.dynamoDb, tableArn, bucket });
  const { exportArn = '' } = await exporter.startExport(order);
  return await finished(clients, exportArn);
};

const count = async (manifestKey: string, reader = simdReader) => {
  const source = { files: new S3Files(clients.s3, bucket), reader, definition: firstGames, concurrency: 2 };
  const { counts } = await countExport(source, manifestKey);
  const days: AppDay[] = counts.tally
    .entries()
    .map(
      ({ day, app, counts: appDay }) => ({ date: formatDay(day), app, ...summarize(counts.rules, appDay) }) as AppDay,
    )
    .sort((a, b) => (`${a.date} ${a.app}` < `${b.date} ${b.app}` ? -1 : 1));
  return { days, records: counts.records };
};

describe.each(
  Object.entries({ simdReader, plainReader }),
)('files that moto has written, read by %s', (name, reader) => {
  it('give for a full export what a scan of the table gives', async () => {
    const keyPrefix = `exports/backfill/${dateOf(1)}/${name}/`;
    const description = await exported({ exportType: 'FULL_EXPORT', keyPrefix, clientToken: `full-${name}` });
    const window = { exportTime: new Date(firstDay + 3 * DAY).toISOString() };
    const { days, records } = await count(await addManifests(clients, description, window), reader);
    const items = await scan(clients, 'games');
    const expected = plainCount(items, (date) => date >= dateOf(1) && date <= dateOf(2));
    expect(days).toEqual(expected);
    expect(expected.length).toBeGreaterThan(8);
    expect(records.read).toBe(ITEMS);
    expect(records.malformed).toBe(items.filter(({ owner }) => owner?.S === 'nobody').length);
    expect(records.ignored).toBe(items.filter(({ modelId }) => modelId?.S?.startsWith('game-')).length);
  });

  // Moto takes the order of an incremental export, and writes all of the table as it writes a full one.
  it('give for a window of a day what a scan gives for that day', async () => {
    const span = { from: firstDay + DAY, to: firstDay + 2 * DAY };
    const keyPrefix = `exports/incremental/${dateOf(1)}/${name}/`;
    const order = { exportType: 'INCREMENTAL_EXPORT', span, keyPrefix, clientToken: `day-${name}` } as const;
    const window = {
      exportFromTime: new Date(span.from).toISOString(),
      exportToTime: new Date(span.to).toISOString(),
    };
    const { days, records } = await count(await addManifests(clients, await exported(order), window), reader);
    expect(days).toEqual(plainCount(await scan(clients, 'games'), (date) => date === dateOf(1)));
    expect(days.length).toBeGreaterThan(4);
    expect(records.counted).toBe(
      days.reduce((sum, day) => sum + day.gamesPlayed + day.partiesCreated + day.partiesJoined, 0),
    );
  });
});
