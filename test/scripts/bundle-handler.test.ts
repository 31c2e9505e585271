import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { bundleHandler } from '../../scripts/bundle-handler.ts';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { day } from '../support/factories.ts';
import { scan } from '../support/fake-aws.ts';
import { type Played, putExport } from '../support/small-exports.ts';

const friday = day('2024-11-22');
const objects = new Map<string, Uint8Array>();

let table: EmbeddedTable;
let s3: Server;
let outdir: string;
const asked: string[] = [];

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

/** S3 by path, CloudWatch and DynamoDB's exports, as far as the functions need them. */
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://localhost');
  const key = decodeURIComponent(url.pathname.replace('/daytally-exports', '').slice(1));
  if (request.method === 'POST') {
    const [, operation = ''] = `${request.headers['x-amz-target']}`.split('.');
    asked.push(operation);
    response.setHeader('content-type', 'application/x-amz-json-1.0').end(JSON.stringify(answers[operation] ?? {}));
  } else if (request.method === 'PUT') {
    objects.set(key, Buffer.concat(chunks));
    response.end();
  } else if (url.searchParams.has('list-type')) {
    const keys = [...objects.keys()].map((name) => `<Contents><Key>${name}</Key></Contents>`).join('');
    response.setHeader('content-type', 'application/xml').end(`<ListBucketResult>${keys}</ListBucketResult>`);
  } else {
    const bytes = objects.get(key);
    response.writeHead(bytes === undefined ? 404 : 200, { etag: '"etag"' });
    response.end(bytes ?? '<Error><Code>NoSuchKey</Code><Message>none</Message></Error>');
  }
}

beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'daytally-bundle-'));
  table = await openEmbeddedTable();
  s3 = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => s3.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  s3.closeAllConnections();
  s3.close();
  await table.close();
  await rm(outdir, { recursive: true });
});

beforeEach(() => {
  const endpoint = `http://127.0.0.1:${(s3.address() as AddressInfo).port}`;
  for (const [name, value] of Object.entries({
    TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    ANALYTICS_TABLE_NAME: table.tableName,
    BUCKET_NAME: 'daytally-exports',
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH: endpoint,
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

it('makes an Aggregator Lambda that works, and loads less than 500 kB at a cold start', async () => {
  const { startBytes } = await bundleHandler('aggregator', join(outdir, 'aggregator'));
  expect(startBytes).toBeLessThan(500_000);
  const crowd = Array.from({ length: 9000 }, (_, n): Played => [`${n}`.padStart(36, '0'), 'crowded', friday]);
  putExport(objects, { exportId: '0001-crowd', from: friday, to: friday }, crowd);

  const { handler } = await load('aggregator');
  const result = await handler({ bucket: 'daytally-exports', prefix: 'exports/' }, context);
  expect(result).toMatchObject({ records: { counted: 9000 }, days: [{ outcome: 'written', records: 1 }] });
  const items = await scan(table.client, table.tableName);
  const record = items.find(({ app }) => app?.S === 'crowded');
  expect(record).toMatchObject({ detail: { M: { users: { N: '9000' } } } });
  const key = `${record?.detail?.M?.keys?.L?.[0]?.S}`;
  expect(
    Buffer.from(objects.get(key) ?? [])
      .subarray(0, 4)
      .toString(),
  ).toBe('PAR1');
  expect(asked).toContain('PutMetricData');

  await expect(
    handler({ bucket: 'daytally-exports', key: 'AWSDynamoDB/x/manifest-summary.json' }, context),
  ).rejects.toThrow('daytally-exports/AWSDynamoDB/x/manifest-summary.json: an object is missing');
});

it('makes an Export Lambda that works, and loads less than 500 kB at a cold start', async () => {
  const { startBytes } = await bundleHandler('export', join(outdir, 'export'));
  expect(startBytes).toBeLessThan(500_000);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', process.env.AWS_ENDPOINT_URL_S3);
  const { handler } = await load('export');
  const { started } = await handler({ mode: 'replay', from: '2024-11-20', to: '2024-11-21' }, context);
  expect(started.map(({ exportArn }: { exportArn: string }) => exportArn)).toEqual(['arn:export', 'arn:export']);
});
