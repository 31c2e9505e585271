import {
  DescribeContinuousBackupsCommand,
  DescribeExportCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  type ExportDescription,
  ExportTableToPointInTimeCommand,
  ListExportsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { DynamoDbExporter } from '../../../src/adapters/aws/dynamodb-exporter.ts';
import { PipelineFault } from '../../../src/pipeline/faults.ts';

const tableArn = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games';
const DAY = 86_400_000;

function anExporter() {
  const client = new DynamoDBClient({ region: 'eu-west-2' });
  const mock = mockClient(client);
  return { mock, exporter: new DynamoDbExporter({ client, tableArn, bucket: 'daytally-exports' }) };
}

const incremental = {
  exportType: 'INCREMENTAL_EXPORT',
  span: { from: Date.parse('2024-11-21T00:00:00Z'), to: Date.parse('2024-11-22T00:00:00Z') },
  outputView: 'NEW_AND_OLD_IMAGES',
  keyPrefix: 'exports/incremental/2024-11-21/',
  clientToken: 'token',
} as const;
const full = { exportType: 'FULL_EXPORT', keyPrefix: 'exports/backfill/', clientToken: 'token' } as const;

describe('asking for an export', () => {
  const asked = async (order: Parameters<DynamoDbExporter['startExport']>[0], description: ExportDescription = {}) => {
    const { mock, exporter } = anExporter();
    mock
      .on(ExportTableToPointInTimeCommand)
      .resolves({ ExportDescription: { ExportArn: 'arn:export', ExportStatus: 'IN_PROGRESS', ...description } });
    const started = await exporter.startExport(order);
    return { started, input: mock.commandCalls(ExportTableToPointInTimeCommand)[0]?.args[0].input };
  };

  it('of a day gives its exact window, both images and DynamoDB JSON', async () => {
    const { started, input } = await asked(incremental, { StartTime: new Date() });
    expect(started).toEqual({ exportArn: 'arn:export', status: 'IN_PROGRESS', alreadyStarted: false });
    expect(input).toEqual({
      TableArn: tableArn,
      S3Bucket: 'daytally-exports',
      S3Prefix: 'exports/incremental/2024-11-21',
      ExportFormat: 'DYNAMODB_JSON',
      ExportType: 'INCREMENTAL_EXPORT',
      ClientToken: 'token',
      IncrementalExportSpecification: {
        ExportFromTime: new Date('2024-11-21T00:00:00Z'),
        ExportToTime: new Date('2024-11-22T00:00:00Z'),
        ExportViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
  });

  it('of everything gives no window', async () => {
    const { input } = await asked(full);
    expect(input).toMatchObject({ ExportType: 'FULL_EXPORT' });
    expect(input).not.toHaveProperty('IncrementalExportSpecification');
  });

  it('that is to be encrypted names the algorithm and the key', async () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d';
    const { input } = await asked({ ...incremental, kmsKeyArn });
    expect(input).toMatchObject({ S3SseAlgorithm: 'KMS', S3SseKmsKeyId: kmsKeyArn });
    expect((await asked(full)).input).not.toHaveProperty('S3SseAlgorithm');
  });

  it('to the root of the bucket names no prefix, for DynamoDB refuses an empty one', async () => {
    expect((await asked({ ...full, keyPrefix: '' })).input).not.toHaveProperty('S3Prefix');
  });

  it('that was asked for before says so, and how that stands', async () => {
    const StartTime = new Date(Date.now() - 60_000);
    expect((await asked(incremental, { StartTime })).started).toEqual({
      exportArn: 'arn:export',
      status: 'IN_PROGRESS',
      alreadyStarted: true,
    });
    const failed = {
      StartTime,
      ExportStatus: 'FAILED',
      FailureCode: 'S3NoSuchBucket',
      FailureMessage: 'gone',
    } as const;
    expect((await asked(incremental, failed)).started).toEqual({
      exportArn: 'arn:export',
      status: 'FAILED',
      alreadyStarted: true,
      failure: { code: 'S3NoSuchBucket', message: 'gone' },
    });
  });

  it.each([
    [undefined],
    [{ ExportStatus: 'IN_PROGRESS' as const }],
  ])('is a fault where the answer %j names no export', async (ExportDescription) => {
    const { mock, exporter } = anExporter();
    mock.on(ExportTableToPointInTimeCommand).resolves(ExportDescription === undefined ? {} : { ExportDescription });
    await expect(exporter.startExport(incremental)).rejects.toThrow(
      `${tableArn}: DynamoDB has not said that it started an export; expected the ARN of the export; found none; look`,
    );
  });
});

const serviceError = (name: string, message = `${name} message`) =>
  new DynamoDBServiceException({ name, message, $fault: 'client', $metadata: {} });

describe('errors say what to do', () => {
  it.each([
    [
      'PointInTimeRecoveryUnavailableException',
      undefined,
      `aws dynamodb update-continuous-backups --table-name ${tableArn} `,
    ],
    ['ExportConflictException', 'Duplicate request detected', 'nothing was started'],
    ['ExportConflictException', 'Duplicate request detected', 'aws dynamodb list-exports --table-arn'],
    ['TableNotFoundException', undefined, `${tableArn}: there is no such table`],
    ['LimitExceededException', undefined, 'the next nightly run asks again'],
    ['InvalidExportTimeException', undefined, 'inside of point-in-time recovery'],
    ['InvalidExportTimeException', "'to' cannot be greater than the current time", 'for days up to yesterday'],
    ['ValidationException', "'to' cannot be greater than the current time", 'ask again after 00:00 UTC'],
    [
      'AccessDeniedException',
      'User is not authorized: dynamodb:ExportTableToPointInTime',
      'the table may not be exported',
    ],
    ['AccessDeniedException', 'S3 denied access to the bucket', 'daytally-exports: the export may not be written'],
    ['ValidationException', 'The bucket does not exist', 's3:AbortMultipartUpload'],
    [
      'AccessDeniedException',
      'User: arn:aws:sts::111122223333:assumed-role/x is not authorized to perform: kms:GenerateDataKey on this resource',
      'the export may not be encrypted with the KMS key; expected kms:GenerateDataKey and kms:Decrypt',
    ],
  ])('%s (%s): %s', async (name, message, expected) => {
    const { mock, exporter } = anExporter();
    mock.on(ExportTableToPointInTimeCommand).rejects(serviceError(name, message));
    const failure = await exporter.startExport(incremental).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PipelineFault);
    expect((failure as Error).message).toContain(expected);
    expect((failure as Error).cause).toMatchObject({ name });
  });

  it('one that is not known is left as it is', async () => {
    const { mock, exporter } = anExporter();
    mock.on(ExportTableToPointInTimeCommand).rejects(serviceError('InternalServerError'));
    await expect(exporter.startExport(incremental)).rejects.toThrow('InternalServerError message');
  });
});

describe('how far point-in-time recovery reaches back', () => {
  const answer = (earliest: Date | undefined, periodDays?: number) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED' as const,
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: earliest === undefined ? ('DISABLED' as const) : ('ENABLED' as const),
        ...(earliest === undefined ? {} : { EarliestRestorableDateTime: earliest }),
        ...(periodDays === undefined ? {} : { RecoveryPeriodInDays: periodDays }),
      },
    },
  });
  const daysAgo = (days: number) => Date.now() - days * DAY;

  it('is what DynamoDB says of the table, which is asked for by its ARN', async () => {
    const { mock, exporter } = anExporter();
    const earliest = daysAgo(12);
    mock.on(DescribeContinuousBackupsCommand, { TableName: tableArn }).resolves(answer(new Date(earliest), 35));
    await expect(exporter.recovery()).resolves.toEqual({ earliest, periodDays: 35 });
  });

  it('is all that DynamoDB says where it does not tell the period', async () => {
    const { mock, exporter } = anExporter();
    const earliest = daysAgo(40);
    mock.on(DescribeContinuousBackupsCommand).resolves(answer(new Date(earliest)));
    await expect(exporter.recovery()).resolves.toEqual({ earliest, periodDays: 35 });
  });

  it('ends with the period that its owner has chosen, whatever is still there', async () => {
    const { mock, exporter } = anExporter();
    mock.on(DescribeContinuousBackupsCommand).resolves(answer(new Date(daysAgo(30)), 2));
    const { earliest, periodDays } = await exporter.recovery();
    expect(periodDays).toBe(2);
    expect(Math.abs(earliest - daysAgo(2))).toBeLessThan(5000);
  });

  it('is a fault with the command that mends it where it is off', async () => {
    const { mock, exporter } = anExporter();
    mock.on(DescribeContinuousBackupsCommand).resolves(answer(undefined));
    await expect(exporter.recovery()).rejects.toThrow('PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35');
  });

  it('is a fault where there is no such table', async () => {
    const { mock, exporter } = anExporter();
    mock.on(DescribeContinuousBackupsCommand).rejects(serviceError('TableNotFoundException'));
    await expect(exporter.recovery()).rejects.toThrow('there is no such table');
  });
});

describe('what became of exports', () => {
  const now = Date.parse('2024-11-22T02:00:00Z');
  const arnOf = (hours: number) => `${tableArn}/export/0${now - hours * 3_600_000}-a1b2c3d4`;
  const described = (hours: number, more: ExportDescription = {}): [string, ExportDescription] => [
    arnOf(hours),
    {
      ExportArn: arnOf(hours),
      ExportStatus: 'COMPLETED',
      StartTime: new Date(now - hours * 3_600_000),
      S3Bucket: 'daytally-exports',
      S3Prefix: `exports/${hours}`,
      ...more,
    },
  ];

  /** As DynamoDB lists them, the newest first, two a page. */
  function listing(...exports: [string, ExportDescription][]) {
    const { mock, exporter } = anExporter();
    const pages = Array.from({ length: Math.ceil(exports.length / 2) }, (_, page) =>
      exports.slice(2 * page, 2 * page + 2),
    );
    mock.on(ListExportsCommand).callsFake(({ TableArn, NextToken = '0' }) => {
      expect(TableArn).toBe(tableArn);
      const page = Number(NextToken);
      return {
        ExportSummaries: pages[page]?.map(([ExportArn]) => ({ ExportArn })),
        ...(page + 1 < pages.length ? { NextToken: `${page + 1}` } : {}),
      };
    });
    const all = new Map(exports);
    mock
      .on(DescribeExportCommand)
      .callsFake(({ ExportArn }: { ExportArn: string }) => ({ ExportDescription: all.get(ExportArn) }));
    return { mock, exporter };
  }

  it('is told of all since then, page by page, and no others are described', async () => {
    const { mock, exporter } = listing(
      described(1, { ExportStatus: 'IN_PROGRESS' }),
      described(2),
      described(24, { ExportStatus: 'FAILED', FailureCode: 'S3NoSuchBucket', FailureMessage: 'gone' }),
      described(49),
      described(72),
      described(96),
    );
    await expect(exporter.exportsSince(now - 2 * DAY)).resolves.toEqual([
      { exportArn: arnOf(1), status: 'IN_PROGRESS', keyPrefix: 'exports/1/', startedAt: now - 3_600_000 },
      { exportArn: arnOf(2), status: 'COMPLETED', keyPrefix: 'exports/2/', startedAt: now - 2 * 3_600_000 },
      {
        exportArn: arnOf(24),
        status: 'FAILED',
        keyPrefix: 'exports/24/',
        startedAt: now - DAY,
        failure: { code: 'S3NoSuchBucket', message: 'gone' },
      },
    ]);
    expect(mock.commandCalls(DescribeExportCommand)).toHaveLength(4);
    expect(mock.commandCalls(ListExportsCommand)).toHaveLength(2);
  });

  it('leaves out what went to other buckets, and knows one at the root of this', async () => {
    const { exporter } = listing(described(1, { S3Bucket: 'other' }), [
      arnOf(2),
      { ExportArn: arnOf(2), StartTime: new Date(now), S3Bucket: 'daytally-exports' },
    ]);
    await expect(exporter.exportsSince(0)).resolves.toEqual([
      { exportArn: arnOf(2), status: 'IN_PROGRESS', keyPrefix: '', startedAt: now },
    ]);
  });

  it('says so where DynamoDB names no reason', async () => {
    const { exporter } = listing(described(1, { ExportStatus: 'FAILED' }));
    await expect(exporter.exportsSince(0)).resolves.toMatchObject([
      { failure: { code: 'no code', message: 'no message' } },
    ]);
  });

  it('is a fault that names the permissions where it may not look', async () => {
    const { mock, exporter } = anExporter();
    mock.on(ListExportsCommand).rejects(serviceError('AccessDeniedException', 'not authorized: dynamodb:ListExports'));
    await expect(exporter.exportsSince(0)).rejects.toThrow(
      /dynamodb:ListExports on the table, dynamodb:DescribeExport/,
    );
  });
});
