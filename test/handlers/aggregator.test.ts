import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import { UnfinishedRun } from '../../src/pipeline/publish/publish-export.ts';
import { day } from '../support/factories.ts';
import { clear, fakeCloudWatch, fakeS3, scan } from '../support/fake-aws.ts';
import { putExport } from '../support/small-exports.ts';

const friday = day('2024-11-22');
const objects = new Map<string, Uint8Array>();
const manifest = putExport(objects, { exportId: '01732233600000-a1b2c3d4', from: friday, to: friday }, [
  ['ada-the-user', 'sudoku', friday],
  ['grace-the-user', 'sudoku', friday],
  ['grace-the-user', 'sudoku', friday - 1],
]);

let table: EmbeddedTable;
let cloudWatch: ReturnType<typeof fakeCloudWatch>;
let output: string[];

beforeAll(async () => {
  table = await openEmbeddedTable();
});
afterAll(async () => await table.close());

beforeEach(async () => {
  vi.resetModules();
  await clear(table.client, table.tableName);
  vi.stubEnv('TABLE_ARN', 'arn:aws:dynamodb:eu-west-2:111122223333:table/games');
  vi.stubEnv('ANALYTICS_TABLE_NAME', table.tableName);
  vi.stubEnv('BUCKET_NAME', 'daytally-exports');
  vi.stubEnv('CODE_VERSION', '1.2.3');
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', table.endpoint);
  cloudWatch = fakeCloudWatch();
  vi.spyOn(S3Client.prototype, 'send').mockImplementation(fakeS3(objects).send as never);
  vi.spyOn(CloudWatchClient.prototype, 'send').mockImplementation(cloudWatch.client.send as never);
  output = [];
  const keep = (chunk: unknown): true => output.push(`${chunk}`) > 0 || true;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const invoke = async (event: unknown, remainingMillis = 300_000, awsRequestId = 'request-1') => {
  const end = Date.now() + remainingMillis;
  const context = { awsRequestId, getRemainingTimeInMillis: () => end - Date.now() };
  return await (await import('../../src/handlers/aggregator.ts')).handler(event, context);
};

const objectCreated = {
  source: 'aws.s3',
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'daytally-exports' }, object: { key: manifest } },
};

describe.each([
  ["S3's event", objectCreated],
  ['a direct invocation by key', { bucket: 'daytally-exports', key: manifest }],
  ['a direct invocation by prefix', { bucket: 'daytally-exports', prefix: 'exports/' }],
])('%s', (_name, event) => {
  it('puts the numbers into the table and CloudWatch', async () => {
    const result = await invoke(event);
    expect(result).toMatchObject({
      exportId: '01732233600000-a1b2c3d4',
      records: { read: 3, counted: 2, outsideWindow: 1 },
      outside: { touched: 0, early: 0, older: 0, late: { '2024-11-21': 1 } },
      days: [{ date: '2024-11-22', outcome: 'written', records: 1 }],
    });
    const [counted, ...items] = await scan(table.client, table.tableName);
    expect(counted).toMatchObject({ date: { S: '#definition' }, app: { S: gamesDefinition.hash } });
    expect(items.map(({ app }) => app?.S)).toEqual(['#run', 'sudoku']);
    expect(items[0]).toMatchObject({ codeVersion: { S: '1.2.3' }, runId: { S: 'request-1' } });
    expect(items[0]).toMatchObject({ outside: { M: { late: { M: { '2024-11-21': { N: '1' } } } } } });
    expect(items[1]).toMatchObject({ activeUserIds: { L: [{ S: 'ada-the-user' }, { S: 'grace-the-user' }] } });
    expect(cloudWatch.maxima.get('Daytally/Operations|RunSucceeded||')).toBe(1);
  });
});

it('logs a line of JSON a step, with counts and never a user', async () => {
  await invoke(objectCreated);
  const lines = output
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ message }) => message)).toEqual(['manifest found', 'counted', 'published']);
  for (const line of lines) expect(line).toMatchObject({ service: 'daytally-aggregator', requestId: 'request-1' });
  expect(lines[1]).toMatchObject({ exportId: '01732233600000-a1b2c3d4', records: { counted: 2 } });
  expect(output.join('')).not.toMatch(/ada|grace|session-/);
});

it('logs a failure and throws it on, with nothing published', async () => {
  const damaged = new Map([...objects].map(([key, bytes]) => [key, key.endsWith('.gz') ? bytes.subarray(1) : bytes]));
  vi.mocked(S3Client.prototype.send).mockImplementation(fakeS3(damaged).send as never);
  await expect(invoke(objectCreated)).rejects.toThrow('the data file cannot be decompressed');
  expect(output.join('')).toContain('the data file cannot be decompressed');
  await expect(scan(table.client, table.tableName)).resolves.toEqual([]);
  expect(cloudWatch.maxima.size).toBe(0);
});

it('leaves an export of another table alone, unless it is forced', async () => {
  vi.stubEnv('TABLE_ARN', 'arn:aws:dynamodb:eu-west-2:111122223333:table/staging');
  await expect(invoke(objectCreated)).rejects.toThrow('the export is of another table');
  await expect(scan(table.client, table.tableName)).resolves.toEqual([]);
  await expect(invoke({ bucket: 'daytally-exports', key: manifest, force: true })).resolves.toMatchObject({
    records: { counted: 2 },
  });
});

describe('a table that is throttled without end', () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const reads = `${request.headers['x-amz-target']}`.match(/BatchGetItem|Query/) !== null;
      request.resume();
      response.writeHead(reads ? 200 : 400, { 'content-type': 'application/x-amz-json-1.0' });
      const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
      response.end(JSON.stringify(reads ? { Responses: {}, Items: [] } : { __type: type, message: 'too fast' }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('makes the run fail in time with the list of what is missing', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const startedAt = Date.now();
    const failure = await invoke(objectCreated, 22_000).catch((error: unknown) => error);
    expect(Date.now() - startedAt).toBeLessThan(5000);
    expect(failure).toHaveProperty('name', UnfinishedRun.name);
    expect((failure as UnfinishedRun).missing).toEqual([{ date: '2024-11-22', apps: 1 }]);
    expect((failure as UnfinishedRun).message).toContain("the function's time is up");
    expect(cloudWatch.maxima.size).toBe(0);
  });
});
