import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { bundleHandler, MAX_START_BYTES } from '../../scripts/bundle-handler.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { day } from '../support/factories.ts';
import { scan } from '../support/fake-aws.ts';
import { type HttpAws, startHttpAws } from '../support/http-aws.ts';
import { type Played, putExport } from '../support/small-exports.ts';

const friday = day('2024-11-22');

let table: EmbeddedTable;
let aws: HttpAws;
let outdir: string;

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
  outdir = await mkdtemp(join(tmpdir(), 'daytally-bundle-'));
  table = await openEmbeddedTable();
  aws = await startHttpAws(answers);
});
afterAll(async () => {
  aws.close();
  await table.close();
  await rm(outdir, { recursive: true });
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
  await import(/* @vite-ignore */ pathToFileURL(join(outdir, name, 'index.mjs')).href);

it('makes an Aggregator Lambda that works, and loads no more than it may at a cold start', async () => {
  const { startBytes } = await bundleHandler('aggregator', join(outdir, 'aggregator'));
  expect(startBytes).toBeLessThan(MAX_START_BYTES);
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

it('makes an Export Lambda that works, and loads no more than it may at a cold start', async () => {
  const { startBytes } = await bundleHandler('export', join(outdir, 'export'));
  expect(startBytes).toBeLessThan(MAX_START_BYTES);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', process.env.AWS_ENDPOINT_URL_S3);
  const { handler } = await load('export');
  const { started } = await handler({ mode: 'replay', from: '2024-11-20', to: '2024-11-21' }, context);
  expect(started.map(({ exportArn }: { exportArn: string }) => exportArn)).toEqual(['arn:export', 'arn:export']);
});
