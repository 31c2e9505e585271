import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import {
  BatchGetItemCommand,
  DescribeContinuousBackupsCommand,
  DescribeExportCommand,
  DynamoDBClient,
  type ExportDescription,
  ListExportsCommand,
} from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { toLedgerItem } from '../../src/adapters/aws/ledger-item.ts';
import type { LedgerEntry } from '../../src/domain/run-ledger.ts';
import { layOut } from './exports.ts';
import { firstGames } from './first-games.ts';

export const TABLE_ARN = 'arn:aws:dynamodb:eu-west-2:111122223333:table/games';

const outputs = {
  ExportFunctionName: 'daytally-export',
  AggregatorFunctionName: 'daytally-aggregator',
  ExportBucketName: 'daytally-exports',
  AnalyticsTableName: 'daytally-analytics',
  AlarmTopicArn: 'arn:aws:sns:eu-west-2:111122223333:alarms',
  DashboardUrl:
    'https://eu-west-2.console.aws.amazon.com/cloudwatch/home?region=eu-west-2#dashboards/dashboard/Daytally',
};

interface Key {
  readonly date: { readonly S: string };
  readonly app: { readonly S: string };
}

export interface MockedInstallation {
  readonly recoverableSince: number;
  readonly recoveryPeriodDays?: number;
  readonly kmsKeyArn?: string;
}

/** An installation on AWS, as far as every command looks at it, with a ledger of the games and exports that tests can change. */
export function mockInstallation({ recoverableSince, recoveryPeriodDays = 35, kmsKeyArn }: MockedInstallation) {
  process.env.AWS_REGION = 'eu-west-2';
  const ledger = new Map<string, LedgerEntry>();
  const definitions = new Map([[firstGames.hash, firstGames]]);
  const exports: ExportDescription[] = [];
  const cloudFormation = mockClient(CloudFormationClient);
  const lambda = mockClient(LambdaClient);
  const dynamoDb = mockClient(DynamoDBClient);
  cloudFormation
    .on(DescribeStacksCommand)
    .rejects(Object.assign(new Error('Stack with id Nope does not exist'), { name: 'ValidationError' }));
  cloudFormation.on(DescribeStacksCommand, { StackName: 'Daytally' }).resolves({
    Stacks: [
      {
        StackName: 'Daytally',
        CreationTime: new Date(0),
        StackStatus: 'CREATE_COMPLETE',
        Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
      },
    ],
  });
  lambda.on(GetFunctionConfigurationCommand).callsFake(({ FunctionName }: { FunctionName: string }) => ({
    FunctionArn: `arn:aws:lambda:eu-west-2:111122223333:function:${FunctionName}`,
    Runtime: 'nodejs24.x',
    Environment: {
      Variables: {
        TABLE_ARN,
        BUCKET_NAME: 'daytally-exports',
        ANALYTICS_TABLE_NAME: 'daytally-analytics',
        ...(kmsKeyArn === undefined ? {} : { KMS_KEY_ARN: kmsKeyArn }),
      },
    },
  }));
  dynamoDb.on(DescribeContinuousBackupsCommand).resolves({
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: {
        PointInTimeRecoveryStatus: 'ENABLED',
        EarliestRestorableDateTime: new Date(recoverableSince),
        RecoveryPeriodInDays: recoveryPeriodDays,
      },
    },
  });
  dynamoDb.on(ListExportsCommand).callsFake(() => ({
    ExportSummaries: exports.map(({ ExportArn, ExportStatus }) => ({ ExportArn, ExportStatus })),
  }));
  dynamoDb.on(DescribeExportCommand).callsFake((input: { ExportArn: string }) => ({
    ExportDescription: exports.find(({ ExportArn }) => ExportArn === input.ExportArn),
  }));
  dynamoDb.on(BatchGetItemCommand).callsFake(({ RequestItems }) => ({
    Responses: {
      'daytally-analytics': RequestItems['daytally-analytics'].Keys.flatMap(({ date, app }: Key) => {
        const definition = date.S === '#definition' ? definitions.get(app.S) : undefined;
        if (definition !== undefined) return [{ json: { S: definition.json } }];
        const entry = ledger.get(date.S);
        return entry === undefined ? [] : [toLedgerItem(entry)];
      }),
    },
  }));
  return { ledger, definitions, exports, cloudFormation, lambda, dynamoDb };
}

/** An export of a day that DynamoDB has accepted lately, and how it ended. */
export const pastExport = (date: string, more: ExportDescription = {}): ExportDescription => ({
  ExportArn: `${TABLE_ARN}/export/0${Date.now()}-a1b2c3d4`,
  ExportStatus: 'COMPLETED',
  StartTime: new Date(Date.now() - 3_600_000),
  S3Bucket: 'daytally-exports',
  S3Prefix: `exports/incremental/${date}`,
  ...more,
});

/** Those of the last export, whichever that is. */
const manifests = new Map(
  [...layOut({ prefix: 'exports/' })].map(([key, bytes]) => [key.slice(key.lastIndexOf('/') + 1), bytes]),
);

/** What `daytally doctor` looks at beside the installation: all of it well. */
export function mockHealth({ lambda }: Pick<ReturnType<typeof mockInstallation>, 'lambda'>) {
  const [cloudWatch, events, s3, sqs] = [
    mockClient(CloudWatchClient),
    mockClient(EventBridgeClient),
    mockClient(S3Client),
    mockClient(SQSClient),
  ];
  lambda.on(GetFunctionEventInvokeConfigCommand).resolves({
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:eu-west-2:111122223333:dead-letters' } },
  });
  events.on(ListRuleNamesByTargetCommand).resolves({ RuleNames: ['nightly'] });
  events.on(DescribeRuleCommand).resolves({ State: 'ENABLED' });
  s3.on(GetBucketNotificationConfigurationCommand).resolves({ EventBridgeConfiguration: {} });
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => {
    const bytes = manifests.get(Key.slice(Key.lastIndexOf('/') + 1)) ?? Buffer.of();
    return { Body: [bytes], ContentLength: bytes.length };
  });
  s3.on(HeadObjectCommand).resolves({ ServerSideEncryption: 'AES256' });
  sqs.on(GetQueueUrlCommand).resolves({ QueueUrl: 'https://sqs/dead-letters' });
  sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { ApproximateNumberOfMessages: '0' } });
  cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ AlarmName: 'no run', StateValue: 'OK' }] });
  cloudWatch.on(GetDashboardCommand).resolves({});
  return { cloudWatch, events, s3, sqs };
}
