import { DescribeExportCommand, paginateListExports } from '@aws-sdk/client-dynamodb';
import { ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Deployment, deploy } from './support/deployment.ts';
import { SOURCE_TABLE } from './support/emulators.ts';
import { daysAgo, nightOf, putExport } from './support/night.ts';
import { PublishedMetrics } from './support/published-metrics.ts';
import { operationsOn, recordedRequests } from './support/recorded-requests.ts';
import { ledgerOf } from './support/stored-items.ts';

const TABLE_ARN = `arn:aws:dynamodb:eu-west-2:000000000000:table/${SOURCE_TABLE}`;

let deployment: Deployment;

beforeEach(async () => {
  deployment = await deploy(inject('synthesizedStack'));
});

afterEach(async () => await deployment?.ministack.stop());

const invoke = async (Payload: string) => {
  const { ExportFunctionName: FunctionName } = deployment.outputs;
  const answer = await deployment.clients.lambda.send(new InvokeCommand({ FunctionName, Payload }));
  const text = Buffer.from(answer.Payload ?? []).toString();
  return { failed: answer.FunctionError !== undefined, text, answer: JSON.parse(text) };
};

/** The exports that the emulator has started, oldest first. */
const exports = async () => {
  const { dynamoDb } = deployment.clients;
  const found = [];
  for await (const { ExportSummaries = [] } of paginateListExports({ client: dynamoDb }, { TableArn: TABLE_ARN })) {
    for (const { ExportArn } of ExportSummaries) {
      const { ExportDescription } = await dynamoDb.send(new DescribeExportCommand({ ExportArn }));
      found.push(ExportDescription);
    }
  }
  return found;
};

const requests = async () =>
  (await recordedRequests(deployment.clients, 'ExportTableToPointInTime')).map(({ parameters }) => parameters);

/** What DynamoDB must be asked for, for the export of one whole day. */
const requestOf = (date: string) => ({
  TableArn: TABLE_ARN,
  S3Bucket: deployment.outputs.ExportBucketName,
  S3Prefix: `exports/incremental/${date}`,
  ExportFormat: 'DYNAMODB_JSON',
  ExportType: 'INCREMENTAL_EXPORT',
  ClientToken: expect.stringMatching(/^[\w-]{1,36}$/),
  IncrementalExportSpecification: {
    ExportFromTime: Date.parse(date) / 1000,
    ExportToTime: Date.parse(date) / 1000 + 86_400,
    ExportViewType: 'NEW_AND_OLD_IMAGES',
  },
});

const pastDays = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, i) => daysAgo(from - i));

describe('the night', () => {
  /** As the stack's schedule says it. */
  const scheduledInput = async (): Promise<string> => {
    const { eventBridge } = deployment.clients;
    const { Rules = [] } = await eventBridge.send(new ListRulesCommand({}));
    const rule = Rules.find(({ ScheduleExpression }) => ScheduleExpression === 'cron(0 2 * * ? *)');
    const { Targets = [] } = await eventBridge.send(new ListTargetsByRuleCommand({ Rule: rule?.Name }));
    return Targets[0]?.Input ?? '';
  };

  it('asks for the days of the past week that are missing, the oldest first, and no second time', async () => {
    const input = await scheduledInput();
    expect((await invoke(input)).failed).toBe(false);
    const week = pastDays(7, 1);
    expect(await requests()).toEqual(week.map(requestOf));
    const started = await exports();
    expect(started.map((one) => one?.S3Prefix)).toEqual(week.map((date) => `exports/incremental/${date}`));
    expect((await invoke(input)).failed).toBe(false);
    expect(await requests()).toHaveLength(14);
    expect(await exports()).toHaveLength(7);
  });

  it('puts no load on the table: it is described, never read', async () => {
    await invoke(await scheduledInput());
    const byTheOwner = ['CreateTable', 'UpdateContinuousBackups'];
    const operations = await operationsOn(deployment.clients, SOURCE_TABLE);
    expect(operations.filter((name) => !byTheOwner.includes(name))).toEqual(['DescribeContinuousBackups']);
  });

  it('asks for no day that has been counted', async () => {
    const { clients, outputs } = deployment;
    await putExport(clients, outputs.ExportBucketName ?? '', daysAgo(3), nightOf(daysAgo(3)));
    await ledgerOf(clients, outputs.AnalyticsTableName ?? '', daysAgo(3));
    await invoke(await scheduledInput());
    const asked = (await requests()).map(({ S3Prefix }) => S3Prefix);
    expect(asked).toEqual([...pastDays(7, 4), ...pastDays(2, 1)].map((date) => `exports/incremental/${date}`));
  });
});

describe('how the nights stand', () => {
  /** What the function has told last. */
  const told = async (name: string) => {
    const series = { namespace: 'Daytally/Operations', name, dimensions: {} };
    return Object.values(await new PublishedMetrics(deployment.clients).points(series, 'Maximum', 60)).at(-1);
  };

  it('is told each night: days that are not exact, and exports that have failed since', async () => {
    const first = await invoke('{"mode":"incremental"}');
    expect(first.answer).toMatchObject({ failed: [] });
    expect(await told('DaysNotExact')).toBe(6);
    expect(await told('ExportsFailed')).toBe(0);

    const failure = { FailureCode: 'S3NoSuchBucket', FailureMessage: 'The specified bucket does not exist' };
    deployment.ministack.gateway.failure = failure;
    const { answer, failed } = await invoke('{"mode":"incremental"}');
    expect(failed).toBe(false);
    expect(answer.failed.map(({ from }: { from: string }) => from)).toEqual(pastDays(7, 1));
    expect(answer.failed[0]).toMatchObject({
      failureCode: 'S3NoSuchBucket',
      failureMessage: failure.FailureMessage,
      remedy: expect.stringContaining(`the bucket ${deployment.outputs.ExportBucketName} is gone`),
    });
    expect(await told('ExportsFailed')).toBe(7);
  });

  it('names recovery that keeps too few days, with the command that raises it', async () => {
    deployment.ministack.gateway.recoveryPeriodDays = 1;
    const { answer, failed } = await invoke('{"mode":"incremental"}');
    expect(failed).toBe(false);
    expect(answer.started).toEqual([]);
    expect(answer.lost.map(({ date }: { date: string }) => date)).toEqual(pastDays(7, 1));
    expect(answer.lost.at(-1).remedy).toContain(
      `keeps 1 day only (RecoveryPeriodInDays), so that nights are lost; to have it keep more from now on: aws dynamodb update-continuous-backups --table-name ${TABLE_ARN} `,
    );
  });
});

describe('a person', () => {
  it('has days exported again, each once', async () => {
    const replay = JSON.stringify({ mode: 'replay', from: daysAgo(21), to: daysAgo(20) });
    expect((await invoke(replay)).failed).toBe(false);
    expect(await requests()).toEqual(pastDays(21, 20).map(requestOf));
    expect((await invoke(replay)).failed).toBe(false);
    expect(await exports()).toHaveLength(2);
  });

  it('is told of days that point-in-time recovery no longer reaches, which are not asked for', async () => {
    const { answer } = await invoke(JSON.stringify({ mode: 'replay', from: daysAgo(36), to: daysAgo(34) }));
    expect(answer.lost.map(({ date }: { date: string }) => date)).toEqual(pastDays(36, 35));
    expect(await requests()).toEqual([requestOf(daysAgo(34))]);
  });

  it('has all history exported, with the start date in the key', async () => {
    const { failed, answer } = await invoke('{"mode":"backfill","backfillStartDate":"2024-01-01"}');
    expect(failed).toBe(false);
    const [{ IncrementalExportSpecification, ...request } = {}, ...others] = await requests();
    expect(request).toEqual({
      TableArn: TABLE_ARN,
      S3Bucket: deployment.outputs.ExportBucketName,
      S3Prefix: expect.stringMatching(/^exports\/backfill\/2024-01-01\/\w+$/),
      ExportFormat: 'DYNAMODB_JSON',
      ExportType: 'FULL_EXPORT',
      ClientToken: expect.stringMatching(/^[\w-]{1,36}$/),
    });
    expect({ IncrementalExportSpecification, others }).toEqual({ others: [] });
    expect(await exports()).toMatchObject([{ ExportType: 'FULL_EXPORT', ExportArn: answer.started[0].exportArn }]);
  });

  it('is told what is wrong with a request, and nothing is asked for', async () => {
    for (const payload of wrongRequests) {
      const { failed, text } = await invoke(payload);
      expect(failed, payload).toBe(true);
      expect(text, payload).toMatch(/the export request is not valid: \S.*expected .*found/);
    }
    expect(await requests()).toEqual([]);
    expect(await exports()).toEqual([]);
  });
});

const wrongRequests = [
  '{"mode":"weekly"}',
  '{"mode":"backfill"}',
  '{"mode":"backfill","backfillStartDate":"2024-02-30"}',
  '{"mode":"backfill","backfillStartDate":"2999-01-01"}',
  '{"mode":"replay","from":"2024-01-02","to":"2024-01-01"}',
];
