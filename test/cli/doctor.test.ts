import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, GetFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { GetBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it } from 'vitest';
import { dayOfMillis, midnightOf } from '../../src/domain/utc-day.ts';
import { ledgerEntry } from '../support/ledger.ts';
import { mockHealth, mockInstallation } from '../support/mocked-aws.ts';
import { runCli } from '../support/run-cli.ts';

const today = dayOfMillis(Date.now());
let aws: ReturnType<typeof mockInstallation>;
let { cloudWatch, events, s3, sqs } = {} as ReturnType<typeof mockHealth>;

beforeEach(() => {
  aws = mockInstallation({ recoverableSince: midnightOf(today - 30) });
  for (const ago of [1, 2, 3]) {
    const entry = ledgerEntry(today - ago);
    aws.ledger.set(entry.date, entry);
  }
  ({ cloudWatch, events, s3, sqs } = mockHealth(aws));
});

const findings = async () => {
  const { code, stdout } = await runCli('doctor', '--format', 'json');
  const { findings: list } = JSON.parse(stdout) as {
    findings: { check: string; state: string; says: string; remedy?: string }[];
  };
  return { code, notWell: list.filter(({ state }) => state !== 'well') };
};

/** As AWS says it. */
const denied = (action: string) =>
  Object.assign(new Error(`User: arn:aws:iam::1:user/me is not authorized to perform: ${action} on resource: *`), {
    name: 'AccessDeniedException',
  });

describe('daytally doctor', () => {
  it('finds nothing wrong where all is well', async () => {
    const { code, stdout, stderr } = await runCli('doctor');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(
      stdout
        .trim()
        .split('\n')
        .every((line) => line.startsWith('✓ ')),
    ).toBe(true);
  });

  it.each([
    [
      'a deprecated runtime',
      () =>
        aws.lambda
          .on(GetFunctionConfigurationCommand, { FunctionName: 'daytally-aggregator' })
          .resolves({ Runtime: 'nodejs18.x' }),
      'runtime',
      'npm run deploy -- -c runtime=nodejs24.x',
    ],
    [
      'recovery that is off',
      () => aws.dynamoDb.on(DescribeContinuousBackupsCommand).resolves({}),
      'point-in-time recovery',
      expect.stringContaining('aws dynamodb update-continuous-backups --table-name games'),
    ],
    [
      'a disabled rule',
      () => events.on(DescribeRuleCommand).resolves({ State: 'DISABLED' }),
      'rules',
      'aws events enable-rule --name nightly',
    ],
    [
      'a missing rule',
      () => events.on(ListRuleNamesByTargetCommand).resolves({ RuleNames: [] }),
      'rules',
      'npm run deploy',
    ],
    [
      'a bucket without events',
      () => s3.on(GetBucketNotificationConfigurationCommand).resolves({}),
      'bucket events',
      `aws s3api put-bucket-notification-configuration --bucket daytally-exports --notification-configuration '{"EventBridgeConfiguration":{}}'`,
    ],
    [
      'a missed night',
      () => aws.ledger.delete([...aws.ledger.keys()][1] ?? ''),
      'nights',
      expect.stringMatching(/^daytally replay \S+$/),
    ],
    [
      'dead letters',
      () => sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '2' } }),
      'dead letters',
      'aws sqs receive-message --queue-url https://sqs/dead-letters',
    ],
    [
      'an alarm',
      () =>
        cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ AlarmName: 'no run', StateValue: 'ALARM' }] }),
      'alarms',
      'aws cloudwatch describe-alarms --state-value ALARM',
    ],
  ])('finds %s and says the remedy', async (_, breakIt, check, remedy) => {
    breakIt();
    expect(await findings()).toEqual({
      code: 1,
      notWell: [{ check, state: 'problem', says: expect.any(String), remedy }],
    });
  });

  it('warns of a runtime that will soon be deprecated, and of recovery that was turned on lately', async () => {
    aws = mockInstallation({ recoverableSince: midnightOf(today - 2) });
    aws.lambda.on(GetFunctionEventInvokeConfigCommand).resolves({
      DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-2:111122223333:dead-letters' } },
    });
    aws.lambda
      .on(GetFunctionConfigurationCommand, { FunctionName: 'daytally-aggregator' })
      .resolves({ Runtime: 'nodejs20.x' });
    const { code, notWell } = await findings();
    expect(code).toBe(0);
    expect(notWell.map(({ check, state }) => [check, state])).toEqual([
      ['runtime', 'warning'],
      ['point-in-time recovery', 'warning'],
      ['nights', 'warning'],
    ]);
  });

  it('says which permission is missing, and goes on', async () => {
    sqs.on(GetQueueUrlCommand).rejects(denied('sqs:GetQueueUrl'));
    cloudWatch.on(GetDashboardCommand).rejects(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    const { code, notWell } = await findings();
    expect(code).toBe(0);
    expect(notWell).toEqual([
      {
        check: 'dead letters',
        state: 'denied',
        says: 'not looked at',
        remedy: 'the permission sqs:GetQueueUrl is missing',
      },
      {
        check: 'dashboard',
        state: 'denied',
        says: 'not looked at',
        remedy: 'the permission cloudwatch:GetDashboard is missing',
      },
    ]);
  });

  it('names a stack that is not there', async () => {
    const { code, stderr } = await runCli('doctor', '--stack', 'Nope', '--region', 'eu-west-1');
    expect(code).toBe(1);
    expect(stderr).toContain('Nope in eu-west-1: there is no such stack');
  });
});

describe('reading from a stack', () => {
  it('finds the table by the stack, and how far recovery reaches by the function', async () => {
    const { code, stdout } = await runCli('status', '--format', 'json', '--days', '3');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).counts).toEqual({ exact: 3 });
  });

  it('assumes 35 days of recovery where it may not look', async () => {
    aws.dynamoDb.on(DescribeContinuousBackupsCommand).rejects(denied('dynamodb:DescribeContinuousBackups'));
    const { code, stderr } = await runCli('status', '--days', '3');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: how far back point-in-time recovery reaches is not known, 35 days are assumed/);
  });
});
