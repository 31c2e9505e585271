import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchGetItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeExportCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ListExportsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvalidInput } from '../../src/schemas/parse-input.ts';

const dynamoDb = mockClient(DynamoDBClient);
const cloudWatch = mockClient(CloudWatchClient);
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 30_000 };

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ now: new Date('2024-11-22T02:00:00Z'), toFake: ['Date'] });
  vi.stubEnv('TABLE_ARN', 'arn:aws:dynamodb:eu-west-2:111122223333:table/games');
  vi.stubEnv('ANALYTICS_TABLE_NAME', 'daytally-analytics');
  vi.stubEnv('BUCKET_NAME', 'daytally-exports');
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  dynamoDb.reset();
  cloudWatch.reset();
  cloudWatch.on(PutMetricDataCommand).resolves({});
  dynamoDb.on(ListExportsCommand).resolves({ ExportSummaries: [] });
  dynamoDb.on(BatchGetItemCommand).resolves({ Responses: {} });
  dynamoDb.on(ExportTableToPointInTimeCommand).resolves({
    ExportDescription: { ExportArn: 'arn:export', StartTime: new Date('2024-11-22T02:00:00Z') },
  });
  dynamoDb.on(DescribeContinuousBackupsCommand).resolves({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        EarliestRestorableDateTime: new Date('2024-10-18T02:00:00Z'),
      },
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const invoke = async (event: unknown) => (await import('../../src/handlers/export.ts')).handler(event, context);
const prefixes = () => dynamoDb.commandCalls(ExportTableToPointInTimeCommand).map(({ args }) => args[0].input.S3Prefix);

it('asks each night for yesterday and for the days that were never finished', async () => {
  const { started, lost } = await invoke({ mode: 'incremental' });
  expect(prefixes()).toEqual([15, 16, 17, 18, 19, 20, 21].map((date) => `exports/incremental/2024-11-${date}`));
  expect(started.at(-1)).toEqual({
    window: { from: '2024-11-21', to: '2024-11-21' },
    exportArn: 'arn:export',
    keyPrefix: 'exports/incremental/2024-11-21/',
    alreadyStarted: false,
  });
  expect(lost).toEqual([]);
});

it('names the key of its environment in each request', async () => {
  const kmsKeyArn = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  vi.stubEnv('KMS_KEY_ARN', kmsKeyArn);
  await invoke({ mode: 'incremental' });
  for (const { args } of dynamoDb.commandCalls(ExportTableToPointInTimeCommand))
    expect(args[0].input).toMatchObject({ S3SseAlgorithm: 'KMS', S3SseKmsKeyId: kmsKeyArn });
});

it('says each night how many days are not exact, and which exports of the nights before have failed', async () => {
  const ExportArn = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games/export/01732154400000-a1b2c3d4';
  vi.stubEnv('METRICS_NAMESPACE', 'Games');
  dynamoDb.on(ListExportsCommand).resolves({ ExportSummaries: [{ ExportArn }] });
  dynamoDb.on(DescribeExportCommand, { ExportArn }).resolves({
    ExportDescription: {
      ExportArn,
      ExportStatus: 'FAILED',
      StartTime: new Date('2024-11-21T02:00:00Z'),
      S3Bucket: 'daytally-exports',
      S3Prefix: 'exports/incremental/2024-11-20',
      FailureCode: 'S3NoSuchBucket',
      FailureMessage: 'The specified bucket does not exist',
    },
  });
  const { failed } = await invoke({ mode: 'incremental' });
  expect(failed).toMatchObject([
    { from: '2024-11-20', failureCode: 'S3NoSuchBucket', command: expect.stringContaining('daytally replay') },
  ]);
  const logged = vi.mocked(process.stdout.write).mock.calls.join('');
  expect(logged).toContain('"failureCode":"S3NoSuchBucket","failureMessage":"The specified bucket does not exist"');
  const told = cloudWatch.commandCalls(PutMetricDataCommand).map(({ args }) => args[0].input);
  expect(told.map(({ Namespace }) => Namespace)).toEqual(['Games/Operations', 'Games/Operations']);
  expect(told.flatMap(({ MetricData = [] }) => MetricData.map(({ MetricName, Value }) => [MetricName, Value]))).toEqual(
    expect.arrayContaining([
      ['DaysNotExact', 6],
      ['ExportsFailed', 1],
    ]),
  );
});

it('looks back as far as CATCH_UP_DAYS says', async () => {
  vi.stubEnv('CATCH_UP_DAYS', '1');
  await invoke({ mode: 'incremental' });
  expect(prefixes()).toEqual(['exports/incremental/2024-11-21']);
});

it('asks for a full export for a backfill', async () => {
  await invoke({ mode: 'backfill', backfillStartDate: '2024-01-01' });
  expect(prefixes()).toEqual([expect.stringMatching(/^exports\/backfill\/2024-01-01\/[0-9a-f]{12}$/)]);
});

describe.each([
  [{ mode: 'everything' }, 'mode'],
  [{}, 'mode'],
  [{ mode: 'backfill' }, 'backfillStartDate'],
  [{ mode: 'backfill', backfillStartDate: '2024-02-30' }, 'backfillStartDate'],
  [{ mode: 'backfill', backfillStartDate: '2024-11-22' }, 'backfillStartDate'],
  [{ mode: 'replay', from: '2024-11-20', to: '2024-11-19' }, 'from'],
  [{ mode: 'replay', from: '2024-11-20', to: '2024-11-23' }, 'to'],
])('%j', (event, path) => {
  it('is refused before any call', async () => {
    const failure = await invoke(event).catch((error: unknown) => error);
    expect(failure).toHaveProperty('name', InvalidInput.name);
    expect((failure as InvalidInput).issues[0]?.path).toBe(path);
    expect(dynamoDb.calls()).toEqual([]);
  });
});

it('does not start without its environment, and names what is missing', async () => {
  vi.stubEnv('TABLE_ARN', 'games');
  vi.stubEnv('BUCKET_NAME', undefined);
  await expect(invoke({ mode: 'incremental' })).rejects.toThrow(
    'TABLE_ARN: expected the ARN of a DynamoDB table, found "games"; BUCKET_NAME: expected the name of a bucket, found nothing',
  );
});
