import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { describe, expect, it } from 'vitest';
import { Daytally } from '../../cdk/constructs/daytally.ts';
import { resourceOf, resourcesOf } from './support/readable.ts';
import { foreignStack } from './support/synthesize.ts';

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

it('needs no region and no account to be known', () => {
  const stack = new Stack();
  stack.node.setContext('aws:cdk:bundling-stacks', []);
  new Daytally(stack, 'Daytally', { table: Table.fromTableName(stack, 'Games', 'games') });
  expect(() => Template.fromStack(stack)).not.toThrow();
});
