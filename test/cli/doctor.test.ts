import { DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeContinuousBackupsCommand, ListExportsCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import {
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
} from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { dayOfMillis, formatDay, midnightOf } from '../../src/domain/utc-day.ts';
import { ledgerEntry } from '../support/ledger.ts';
import { type MockedInstallation, mockHealth, mockInstallation, pastExport, TABLE_ARN } from '../support/mocked-aws.ts';
import { runCli } from '../support/run-cli.ts';

const today = dayOfMillis(Date.now());
let aws: ReturnType<typeof mockInstallation>;
let { cloudWatch, events, s3, sqs } = {} as ReturnType<typeof mockHealth>;

const KEY = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function install(options: Partial<MockedInstallation> = {}): void {
  aws = mockInstallation({ recoverableSince: midnightOf(today - 30), ...options });
  for (const ago of [1, 2, 3]) {
    const entry = ledgerEntry(today - ago);
    aws.ledger.set(entry.date, entry);
  }
  ({ cloudWatch, events, s3, sqs } = mockHealth(aws));
}

beforeEach(() => install());

const yesterday = formatDay(today - 1);
const RAISE_RECOVERY = `aws dynamodb update-continuous-backups --table-name ${TABLE_ARN} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=35`;

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
      () => install({ runtime: 'nodejs18.x' }),
      'runtime',
      'npm run deploy -- -c tableName=games -c runtime=nodejs24.x',
    ],
    [
      'recovery that is off',
      () => aws.dynamoDb.on(DescribeContinuousBackupsCommand).resolves({}),
      'point-in-time recovery',
      expect.stringContaining(`aws dynamodb update-continuous-backups --table-name ${TABLE_ARN}`),
    ],
    ['recovery that keeps one day', () => install({ recoveryPeriodDays: 1 }), 'point-in-time recovery', RAISE_RECOVERY],
    [
      'an export that has failed',
      () =>
        aws.exports.push(
          pastExport(yesterday, { ExportStatus: 'FAILED', FailureCode: 'S3NoSuchBucket', FailureMessage: 'gone' }),
        ),
      'exports',
      expect.stringMatching(
        new RegExp(`^the bucket daytally-exports is gone.*daytally replay --from ${yesterday} --to ${yesterday}$`),
      ),
    ],
    [
      'an export that was not encrypted with the key',
      () => install({ kmsKeyArn: KEY }),
      'encryption',
      expect.stringContaining('npm run deploy'),
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
      'npm run deploy -- -c tableName=games',
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

  it('warns of recovery that keeps too few days to make missed nights good, by how many the nightly run looks back', async () => {
    install({ recoveryPeriodDays: 7 });
    expect((await findings()).notWell).toEqual([
      {
        check: 'point-in-time recovery',
        state: 'warning',
        says: 'keeps 7 days only (RecoveryPeriodInDays): a night that is missed cannot be made good for 7 days',
        remedy: RAISE_RECOVERY,
      },
    ]);
    install({ recoveryPeriodDays: 8 });
    expect((await findings()).notWell).toEqual([]);
  });

  it('counts a night as missed only while recovery covers it', async () => {
    install({ recoveryPeriodDays: 8, recoverableSince: midnightOf(today - 1) });
    aws.ledger.delete(formatDay(today - 2));
    expect((await findings()).notWell.map(({ check }) => check)).toEqual(['point-in-time recovery']);
  });

  it.each([
    ["S3's own keys where none is configured", undefined, { ServerSideEncryption: 'AES256' }, 'AES256'],
    ['the key that is configured', KEY, { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY }, KEY],
    [
      'a key that is configured by an alias',
      'arn:aws:kms:eu-west-2:111122223333:alias/games',
      { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY },
      KEY,
    ],
  ] as const)('looks at a data file of the last export: encrypted by %s', async (_what, kmsKeyArn, head, says) => {
    install(kmsKeyArn === undefined ? {} : { kmsKeyArn });
    s3.on(HeadObjectCommand).resolves(head);
    const { stdout } = await runCli('doctor');
    expect(stdout).toMatch(new RegExp(`^✓ encryption +the last export by .*${says}$`, 'm'));
    expect(s3.commandCalls(HeadObjectCommand).map(({ args }) => args[0].input.Key)).toEqual([
      'exports/AWSDynamoDB/data/file0.json.gz',
    ]);
  });

  it.each([
    ['its manifest', () => s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'gone', $metadata: {} }))],
    ['its data files', () => s3.on(HeadObjectCommand).rejects(new NotFound({ message: 'gone', $metadata: {} }))],
  ])('says so where %s have expired', async (_what, expire) => {
    install({ kmsKeyArn: KEY });
    expire();
    const { code, stdout } = await runCli('doctor');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ encryption +the files of the last export have expired/m);
  });

  it('warns of a runtime that will soon be deprecated, and of recovery that was turned on lately', async () => {
    install({ recoverableSince: midnightOf(today - 2), runtime: 'nodejs20.x' });
    aws.ledger.clear();
    const { code, notWell } = await findings();
    expect(code).toBe(0);
    expect(notWell.map(({ check, state }) => [check, state])).toEqual([
      ['runtime', 'warning'],
      ['point-in-time recovery', 'warning'],
      ['nights', 'warning'],
    ]);
  });

  it('warns of an account with less concurrency than a large export takes', async () => {
    const AccountLimit = { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 };
    aws.lambda.on(GetAccountSettingsCommand).resolves({ AccountLimit });
    expect((await findings()).notWell).toEqual([
      {
        check: 'concurrency',
        state: 'warning',
        says: 'a large export takes up to 50 functions at a time, and all functions of the account together have 10: they are throttled meanwhile',
        remedy: expect.stringMatching(
          /^npm run deploy -- -c tableName=games -c largeExportConcurrency=5, or ask for more: aws service-/,
        ),
      },
    ]);
  });

  it('names on an emulator what that cannot have, and is well of it', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:4566');
    onTestFinished(() => void vi.unstubAllEnvs());
    sqs.on(GetQueueUrlCommand).rejects(new Error('there is no queue'));
    const { code, notWell } = await findings();
    expect(code).toBe(0);
    expect(notWell).toEqual([
      {
        check: 'dead letters',
        state: 'warning',
        says: 'an emulator forgets where failed invocations go (there is no queue)',
      },
    ]);
  });

  it('says the error that a check has met, be it without a message of its own', async () => {
    sqs.on(GetQueueUrlCommand).rejects(new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:4566')]));
    expect((await findings()).notWell).toMatchObject([
      { check: 'dead letters', state: 'problem', says: 'connect ECONNREFUSED 127.0.0.1:4566' },
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
  it('names exports that have failed, with code, message and remedy', async () => {
    aws.exports.push(
      pastExport(yesterday, {
        ExportStatus: 'FAILED',
        FailureCode: 'S3AccessDenied',
        FailureMessage: 'Access\u001b Denied',
      }),
    );
    aws.ledger.delete(yesterday);
    const { stdout } = await runCli('status', '--days', '3');
    expect(stdout).toContain(
      `\n1 export failed: S3AccessDenied\n  the export of ${yesterday}\n  Access\\u{1b} Denied\n  let the Export function's role write`,
    );
    expect(stdout).toContain('; then ask again\n');
    expect(stdout.match(/daytally replay/g)).toHaveLength(1);
    const json = JSON.parse((await runCli('status', '--days', '3', '--format', 'json')).stdout);
    expect(json.failedExports).toMatchObject([{ from: yesterday, failureCode: 'S3AccessDenied' }]);
  });

  it('names recovery that keeps too few days as the cause of nights that are lost', async () => {
    install({ recoveryPeriodDays: 2 });
    aws.ledger.delete(formatDay(today - 2));
    aws.ledger.set(formatDay(today - 9), ledgerEntry(today - 9));
    const { stdout } = await runCli('status', '--days', '9');
    expect(stdout).toContain(
      `6 nights lost: point-in-time recovery keeps 2 days only (RecoveryPeriodInDays)\n  to have it keep more from now on:\n  ${RAISE_RECOVERY}\n`,
    );
    const json = JSON.parse((await runCli('status', '--days', '9', '--format', 'json')).stdout);
    expect(json.recovery).toMatchObject({ periodDays: 2 });
    expect(json.counts).toMatchObject({ lost: 6, exact: 3 });
  });

  it('says so where it may not look at the exports', async () => {
    aws.dynamoDb.on(ListExportsCommand).rejects(denied('dynamodb:ListExports'));
    const { code, stderr } = await runCli('status', '--days', '3');
    expect(code).toBe(0);
    expect(stderr).toMatch(/^note: whether exports have failed is not known \(.*dynamodb:ListExports/);
  });

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
