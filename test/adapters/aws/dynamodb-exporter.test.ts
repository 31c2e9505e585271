import {
  DescribeContinuousBackupsCommand,
  DynamoDBClient,
  DynamoDBServiceException,
  ExportTableToPointInTimeCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { DynamoDbExporter } from '../../../src/adapters/aws/dynamodb-exporter.ts';
import { PipelineFault } from '../../../src/pipeline/faults.ts';

const tableArn = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games';

function anExporter() {
  const mock = mockClient(new DynamoDBClient({ region: 'eu-west-2' }));
  const exporter = new DynamoDbExporter({
    client: mock as unknown as DynamoDBClient,
    tableArn,
    bucket: 'daytally-exports',
  });
  return { mock, exporter };
}

const incremental = {
  exportType: 'INCREMENTAL_EXPORT',
  span: { from: Date.parse('2024-11-21T00:00:00Z'), to: Date.parse('2024-11-22T00:00:00Z') },
  keyPrefix: 'exports/incremental/2024-11-21/',
  clientToken: 'token',
} as const;

describe('asking for an export', () => {
  it('of a day gives its exact window, both images and DynamoDB JSON', async () => {
    const { mock, exporter } = anExporter();
    mock.on(ExportTableToPointInTimeCommand).resolves({
      ExportDescription: { ExportArn: 'arn:export', ExportStatus: 'IN_PROGRESS', StartTime: new Date() },
    });
    await expect(exporter.startExport(incremental)).resolves.toEqual({
      exportArn: 'arn:export',
      alreadyStarted: false,
    });
    expect(mock.commandCalls(ExportTableToPointInTimeCommand)[0]?.args[0].input).toEqual({
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
    const { mock, exporter } = anExporter();
    mock.on(ExportTableToPointInTimeCommand).resolves({ ExportDescription: { ExportArn: 'arn:export' } });
    await exporter.startExport({ exportType: 'FULL_EXPORT', keyPrefix: 'exports/backfill/', clientToken: 'token' });
    const input = mock.commandCalls(ExportTableToPointInTimeCommand)[0]?.args[0].input;
    expect(input).toMatchObject({ ExportType: 'FULL_EXPORT' });
    expect(input).not.toHaveProperty('IncrementalExportSpecification');
  });

  it('that was asked for before says so', async () => {
    const { mock, exporter } = anExporter();
    const StartTime = new Date(Date.now() - 60_000);
    mock.on(ExportTableToPointInTimeCommand).resolves({ ExportDescription: { ExportArn: 'arn:export', StartTime } });
    await expect(exporter.startExport(incremental)).resolves.toEqual({ exportArn: 'arn:export', alreadyStarted: true });
  });

  it('that was asked for before and has failed is a fault that says why', async () => {
    const { mock, exporter } = anExporter();
    mock.on(ExportTableToPointInTimeCommand).resolves({
      ExportDescription: { ExportStatus: 'FAILED', FailureCode: 'S3NoSuchBucket', FailureMessage: 'no such bucket' },
    });
    await expect(exporter.startExport(incremental)).rejects.toThrow('S3NoSuchBucket: no such bucket');
  });

  it.each(['ExportConflictException', 'ImportConflictException'])('answered by %s is under way', async (name) => {
    const { mock, exporter } = anExporter();
    mock.on(ExportTableToPointInTimeCommand).rejects(serviceError(name));
    await expect(exporter.startExport(incremental)).resolves.toEqual({ exportArn: undefined, alreadyStarted: true });
  });
});

const serviceError = (name: string, message = `${name} message`) =>
  new DynamoDBServiceException({ name, message, $fault: 'client', $metadata: {} });

describe('errors say what to do', () => {
  it.each([
    ['PointInTimeRecoveryUnavailableException', undefined, 'aws dynamodb update-continuous-backups --table-name games'],
    ['TableNotFoundException', undefined, `${tableArn}: there is no such table`],
    ['LimitExceededException', undefined, 'the next nightly run asks again'],
    ['InvalidExportTimeException', undefined, 'inside of point-in-time recovery'],
    [
      'AccessDeniedException',
      'User is not authorized: dynamodb:ExportTableToPointInTime',
      'the table may not be exported',
    ],
    ['AccessDeniedException', 'S3 denied access to the bucket', 'daytally-exports: the export may not be written'],
    ['ValidationException', 'The bucket does not exist', 's3:AbortMultipartUpload'],
  ])('%s (%s)', async (name, message, expected) => {
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
  const answer = (PointInTimeRecoveryStatus: 'ENABLED' | 'DISABLED', EarliestRestorableDateTime?: Date) => ({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED' as const,
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus,
        ...(EarliestRestorableDateTime === undefined ? {} : { EarliestRestorableDateTime }),
      },
    },
  });

  it('is what DynamoDB says of the table', async () => {
    const { mock, exporter } = anExporter();
    mock
      .on(DescribeContinuousBackupsCommand, { TableName: 'games' })
      .resolves(answer('ENABLED', new Date('2024-10-18T12:00:00Z')));
    await expect(exporter.earliestRestorable()).resolves.toBe(Date.parse('2024-10-18T12:00:00Z'));
  });

  it('is a fault with the command that mends it where it is off', async () => {
    const { mock, exporter } = anExporter();
    mock.on(DescribeContinuousBackupsCommand).resolves(answer('DISABLED'));
    await expect(exporter.earliestRestorable()).rejects.toThrow('PointInTimeRecoveryEnabled=true');
  });

  it('is a fault where there is no such table', async () => {
    const { mock, exporter } = anExporter();
    mock.on(DescribeContinuousBackupsCommand).rejects(serviceError('TableNotFoundException'));
    await expect(exporter.earliestRestorable()).rejects.toThrow('there is no such table');
  });
});
