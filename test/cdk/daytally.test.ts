import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { Daytally } from '../../cdk/constructs/daytally.ts';
import type { DaytallyStackProps } from '../../cdk/daytally-stack.ts';
import { resourceOf, resourcesOf } from './support/readable.ts';
import { foreignStack, testStack } from './support/synthesize.ts';

describe('Daytally inside of another stack', () => {
  const stack = foreignStack();
  const table = new Table(stack, 'Games', {
    partitionKey: { name: 'modelId', type: AttributeType.STRING },
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  const daytally = new Daytally(stack, 'Daytally', { table });
  const operators = new Role(stack, 'Operators', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  daytally.grantInvokeBackfill(operators);
  const second = new Daytally(stack, 'Second', {
    table,
    metricsNamespace: 'Second',
    s3Prefix: 'second/',
    encryptionKey: new Key(stack, 'Key'),
  });
  const template = Template.fromStack(stack);

  it('exports the table of that stack', () => {
    const { Environment } = resourcesOf(template, 'AWS::Lambda::Function').NightlyExportFunction?.Properties ?? {};
    expect(Environment).toMatchObject({ Variables: { TABLE_ARN: '<Games.Arn>' } });
  });

  it('leaves the table as it is', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'modelId', KeyType: 'HASH' }],
      StreamSpecification: Match.absent(),
    });
  });

  it('works in its region', () => {
    expect(stack.resolve(daytally.dashboard.url)).toEqual(
      expect.objectContaining({
        'Fn::Join': ['', [expect.stringContaining('https://us-east-1.console.aws.amazon.com/'), expect.anything()]],
      }),
    );
  });

  it('can be there twice', () => {
    template.resourceCountIs('AWS::CloudWatch::Dashboard', 2);
    expect(second.dashboard.dashboard.dashboardName).not.toBe(daytally.dashboard.dashboard.dashboardName);
    expect(resourceOf(template, 'AWS::CloudWatch::Alarm', 'SecondAlarmsNightMissing').Properties.Namespace).toBe(
      'Second/Operations',
    );
  });

  it('lets its functions use a key of that stack', () => {
    const { PolicyDocument } = resourceOf(
      template,
      'AWS::IAM::Policy',
      'SecondNightlyExportRoleDefaultPolicy',
    ).Properties;
    expect(PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '<Key.Arn>' },
      ]),
    });
  });

  it('lets those who may backfill invoke the Export function, and no other', () => {
    const { PolicyDocument } = resourceOf(template, 'AWS::IAM::Policy', 'OperatorsDefaultPolicy').Properties;
    expect(PolicyDocument).toMatchObject({
      Statement: [
        {
          Action: 'lambda:InvokeFunction',
          Effect: 'Allow',
          Resource: ['<NightlyExportFunction.Arn>', '<NightlyExportFunction.Arn>:*'],
        },
      ],
    });
  });

  it.each([
    ['metricRunSucceeded', 'RunSucceeded', 'Sum'],
    ['metricYesterdayExact', 'YesterdayExact', 'Sum'],
    ['metricDaysNotExact', 'DaysNotExact', 'Maximum'],
    ['metricExportsFailed', 'ExportsFailed', 'Maximum'],
    ['metricRecordsRead', 'RecordsRead', 'Sum'],
    ['metricRecordsMalformed', 'RecordsMalformed', 'Sum'],
    ['metricRunDurationMillis', 'RunDurationMillis', 'Maximum'],
    ['metricBytesRead', 'BytesRead', 'Sum'],
  ] as const)('%s is %s', (method, metricName, statistic) => {
    expect(second[method]()).toMatchObject({ namespace: 'Second/Operations', metricName, statistic });
    expect(second[method]({ statistic: 'Minimum' }).statistic).toBe('Minimum');
  });
});

describe('an Analytics Table that an earlier installation has left behind', () => {
  const adopting = (props: Partial<DaytallyStackProps> = {}) =>
    testStack({ analyticsTableName: 'Daytally-Kept', detailBucketName: 'daytally-kept-detail', ...props });
  const template = Template.fromStack(adopting());
  const environmentOf = (id: string): unknown =>
    resourceOf(template, 'AWS::Lambda::Function', id).Properties.Environment;

  it('is gone on with, and no other is made', () => {
    template.resourceCountIs('AWS::DynamoDB::Table', 0);
    expect(Object.keys(resourcesOf(template, 'AWS::S3::Bucket'))).toEqual(['NightlyExportExportBucket']);
    for (const id of ['NightlyExportFunction', 'AggregatorFunction', 'LargePublishFunction', 'HistoryWidgetFunction']) {
      expect(environmentOf(id)).toMatchObject({ Variables: { ANALYTICS_TABLE_NAME: 'Daytally-Kept' } });
    }
    for (const id of ['AggregatorFunction', 'LargePublishFunction']) {
      expect(environmentOf(id)).toMatchObject({ Variables: { DETAIL_BUCKET_NAME: 'daytally-kept-detail' } });
    }
  });

  it.each([
    ['NightlyExportRole', ['dynamodb:BatchGetItem']],
    ['AggregationAggregatorRole', ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query']],
    ['HistoryWidgetRole', ['dynamodb:BatchGetItem']],
  ])('may be used by %s as one of its own', (role, actions) => {
    const { PolicyDocument } = resourceOf(template, 'AWS::IAM::Policy', `${role}DefaultPolicy`).Properties;
    const { Statement } = PolicyDocument as { Statement: { Action: string | string[]; Resource: unknown }[] };
    const allowed = Statement.filter(({ Resource }) => JSON.stringify(Resource).includes('table/Daytally-Kept'));
    expect(allowed.flatMap(({ Action }) => Action)).toEqual(actions);
  });

  it('is told by the outputs, so that the command line finds it', () => {
    const outputs = template.findOutputs('*');
    expect(outputs.AnalyticsTableName).toMatchObject({ Value: 'Daytally-Kept' });
    expect(outputs.DetailBucketName).toMatchObject({ Value: 'daytally-kept-detail' });
  });

  it('may be adopted without the bucket', () => {
    const own = Template.fromStack(adopting({ detailBucketName: undefined }));
    own.resourceCountIs('AWS::DynamoDB::Table', 0);
    own.resourceCountIs('AWS::S3::Bucket', 2);
  });

  it('cannot be given point-in-time recovery here', () => {
    expect(() => Template.fromStack(adopting({ analyticsPointInTimeRecovery: true }))).toThrow(
      /Daytally-Kept is adopted as it stands.*: aws dynamodb update-continuous-backups --table-name Daytally-Kept /,
    );
  });
});

describe('the state machine for large exports', () => {
  const definitionOf = (props: Partial<DaytallyStackProps> = {}) => {
    const template = Template.fromStack(testStack(props));
    const { DefinitionString } = resourceOf(template, 'AWS::StepFunctions::StateMachine').Properties;
    return JSON.parse(String(DefinitionString));
  };

  it('runs 50 functions at a time, or as many as are chosen', () => {
    const atATime = (props?: Partial<DaytallyStackProps>) => {
      const { MapFiles, MergeShards } = definitionOf(props).States;
      return [MapFiles.MaxConcurrency, MergeShards.MaxConcurrency];
    };
    expect(atATime()).toEqual([50, 50]);
    expect(atATime({ largeExportConcurrency: 7 })).toEqual([7, 7]);
  });

  it('waits for concurrency as long as an execution may take, whatever else is retried', () => {
    const { TimeoutSeconds, States } = definitionOf();
    const { MapFiles, MergeShards, Publish } = States;
    const tasks = [MapFiles.ItemProcessor.States.CountBatch, MergeShards.ItemProcessor.States.MergeShard, Publish];
    for (const { Retry } of tasks) {
      const all = Retry.filter(({ ErrorEquals }: { ErrorEquals: string[] }) =>
        ErrorEquals.includes('Lambda.TooManyRequestsException'),
      );
      expect(all).toHaveLength(1);
      const [{ ErrorEquals, IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts }] = all;
      expect(ErrorEquals).toHaveLength(1);
      const delays = Array.from({ length: MaxAttempts }, (_, n) =>
        Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** n),
      );
      // Full jitter waits half of it on average.
      expect(delays.reduce((sum, delay) => sum + delay / 2, 0)).toBeGreaterThan(TimeoutSeconds);
    }
  });
});

it('needs no region and no account to be known', () => {
  const stack = new Stack();
  new Daytally(stack, 'Daytally', { table: Table.fromTableName(stack, 'Games', 'games') });
  expect(() => Template.fromStack(stack)).not.toThrow();
});
