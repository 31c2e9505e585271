import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { CONTENTS_FILE, type HandlersContents } from '../../scripts/build-handlers.ts';
import { MAX_START_BYTES } from '../../scripts/bundle-handler.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { day } from '../support/factories.ts';
import { scan } from '../support/fake-aws.ts';
import { type HttpAws, startHttpAws } from '../support/http-aws.ts';
import { type Played, putExport } from '../support/small-exports.ts';

/* The functions as the package has them. */

const root = join(import.meta.dirname, '../..');
const { functions } = JSON.parse(readFileSync(join(root, CONTENTS_FILE), 'utf8')) as HandlersContents;
const friday = day('2024-11-22');

let table: EmbeddedTable;
let aws: HttpAws;

const answers: Record<string, unknown> = {
  BatchGetItem: { Responses: {} },
  DescribeContinuousBackups: {
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        EarliestRestorableDateTime: 1_000_000_000,
      },
    },
  },
  ExportTableToPointInTime: { ExportDescription: { ExportArn: 'arn:export' } },
};

beforeAll(async () => {
  table = await openEmbeddedTable();
  aws = await startHttpAws(answers);
});
afterAll(async () => {
  aws.close();
  await table.close();
});

beforeEach(() => {
  for (const [name, value] of Object.entries({
    TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    ANALYTICS_TABLE_NAME: table.tableName,
    BUCKET_NAME: 'daytally-exports',
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_S3: aws.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH: aws.endpoint,
  })) {
    vi.stubEnv(name, value);
  }
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 300_000 };
const load = async (name: string) =>
  await import(/* @vite-ignore */ pathToFileURL(join(root, 'dist/handlers', name, 'index.mjs')).href);

it.each(Object.entries(functions))('%s loads no more than it may at a cold start', (_name, { startBytes }) => {
  expect(startBytes).toBeGreaterThan(100_000);
  expect(startBytes).toBeLessThan(MAX_START_BYTES);
});

it('has an Aggregator Lambda that works', async () => {
  const crowd = Array.from({ length: 9000 }, (_, n): Played => [`${n}`.padStart(36, '0'), 'crowded', friday]);
  putExport(aws.objects, { exportId: '0001-crowd', from: friday, to: friday }, crowd);

  const { handler } = await load('aggregator');
  const result = await handler({ bucket: 'daytally-exports', prefix: 'exports/' }, context);
  expect(result).toMatchObject({ records: { counted: 9000 }, days: [{ outcome: 'written', records: 1 }] });
  const items = await scan(table.client, table.tableName);
  const record = items.find(({ app }) => app?.S === 'crowded');
  expect(record).toMatchObject({ detail: { M: { users: { N: '9000' } } } });
  const key = `${record?.detail?.M?.keys?.L?.[0]?.S}`;
  expect(
    Buffer.from(aws.objects.get(key) ?? [])
      .subarray(0, 4)
      .toString(),
  ).toBe('PAR1');
  expect(aws.asked).toContain('PutMetricData');

  await expect(
    handler({ bucket: 'daytally-exports', key: 'AWSDynamoDB/x/manifest-summary.json' }, context),
  ).rejects.toThrow('daytally-exports/AWSDynamoDB/x/manifest-summary.json: an object is missing');
});

it('has an Export Lambda that works', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', process.env.AWS_ENDPOINT_URL_S3);
  const { handler } = await load('export');
  const { started } = await handler({ mode: 'replay', from: '2024-11-20', to: '2024-11-21' }, context);
  expect(started.map(({ exportArn }: { exportArn: string }) => exportArn)).toEqual(['arn:export', 'arn:export']);
});
