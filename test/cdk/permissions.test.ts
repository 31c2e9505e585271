import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { bundleOptions } from '../../scripts/bundle-options.ts';
import { resourceOf, resourcesOf } from './support/readable.ts';
import { synthesize } from './support/synthesize.ts';

const template = synthesize();
const encrypted = synthesize({ kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d' });

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

const statementsOf = (type: string, idEnd: string, of = template): readonly Statement[] =>
  (resourceOf(of, type, idEnd).Properties.PolicyDocument as { readonly Statement: readonly Statement[] }).Statement;

/** One line per action and resource, so that an addition shows as a line more. */
const linesOf = (statements: readonly Statement[]): string[] =>
  statements
    .flatMap(({ Effect, Action, Resource, Principal, Condition }) =>
      [Action].flat().flatMap((action) =>
        [Resource].flat().map((resource) => {
          const who = Principal === undefined ? '' : ` by ${JSON.stringify(Principal)}`;
          const when = Condition === undefined ? '' : ` if ${JSON.stringify(Condition)}`;
          return `${Effect} ${action} on ${resource}${who}${when}`;
        }),
      ),
    )
    .sort();

const exportRole = [
  'Allow cloudwatch:PutMetricData on * if {"StringEquals":{"cloudwatch:namespace":["Daytally/Operations"]}}',
  'Allow dynamodb:BatchGetItem on <AnalyticsTable.Arn>',
  'Allow dynamodb:DescribeContinuousBackups on arn:aws:dynamodb:eu-west-2:<AWS::AccountId>:table/games',
  'Allow dynamodb:DescribeExport on arn:aws:dynamodb:eu-west-2:<AWS::AccountId>:table/games/export/*',
  'Allow dynamodb:ExportTableToPointInTime on arn:aws:dynamodb:eu-west-2:<AWS::AccountId>:table/games',
  'Allow dynamodb:ListExports on arn:aws:dynamodb:eu-west-2:<AWS::AccountId>:table/games',
  'Allow logs:CreateLogStream on <NightlyExportLogs.Arn>',
  'Allow logs:PutLogEvents on <NightlyExportLogs.Arn>',
  'Allow s3:AbortMultipartUpload on <NightlyExportExportBucket.Arn>/exports/*',
  'Allow s3:PutObject on <NightlyExportExportBucket.Arn>/exports/*',
  'Allow s3:PutObjectAcl on <NightlyExportExportBucket.Arn>/exports/*',
  'Allow sqs:SendMessage on <NightlyExportDeadLetters.Arn>',
];

const aggregatorRole = [
  'Allow cloudwatch:PutMetricData on * if {"StringEquals":{"cloudwatch:namespace":["Daytally","Daytally/Operations"]}}',
  'Allow dynamodb:BatchGetItem on <AnalyticsTable.Arn>',
  'Allow dynamodb:PutItem on <AnalyticsTable.Arn>',
  'Allow dynamodb:Query on <AnalyticsTable.Arn>',
  'Allow logs:CreateLogStream on <AggregationAggregatorLogs.Arn>',
  'Allow logs:PutLogEvents on <AggregationAggregatorLogs.Arn>',
  'Allow s3:GetObject on <NightlyExportExportBucket.Arn>/*',
  'Allow s3:ListBucket on <NightlyExportExportBucket.Arn>',
  'Allow s3:PutObject on <AnalyticsDetailBucket.Arn>/detail/*',
  'Allow sqs:SendMessage on <AggregationAggregatorDeadLetters.Arn>',
  'Allow states:StartExecution on <AggregationLargeStateMachine>',
];

const widgetRole = [
  'Allow dynamodb:BatchGetItem on <AnalyticsTable.Arn>',
  'Allow logs:CreateLogStream on <HistoryWidgetLogs.Arn>',
  'Allow logs:PutLogEvents on <HistoryWidgetLogs.Arn>',
];

const partialsRole = (worker: string) => [
  `Allow logs:CreateLogStream on <AggregationLarge${worker}Logs.Arn>`,
  `Allow logs:PutLogEvents on <AggregationLarge${worker}Logs.Arn>`,
  'Allow s3:GetObject on <NightlyExportExportBucket.Arn>/*',
  'Allow s3:ListBucket on <NightlyExportExportBucket.Arn>',
  'Allow s3:PutObject on <NightlyExportExportBucket.Arn>/partials/*',
];

const largePublishRole = [
  'Allow cloudwatch:PutMetricData on * if {"StringEquals":{"cloudwatch:namespace":["Daytally","Daytally/Operations"]}}',
  'Allow dynamodb:BatchGetItem on <AnalyticsTable.Arn>',
  'Allow dynamodb:PutItem on <AnalyticsTable.Arn>',
  'Allow dynamodb:Query on <AnalyticsTable.Arn>',
  'Allow logs:CreateLogStream on <AggregationLargePublishLogs.Arn>',
  'Allow logs:PutLogEvents on <AggregationLargePublishLogs.Arn>',
  'Allow s3:GetObject on <NightlyExportExportBucket.Arn>/*',
  'Allow s3:ListBucket on <NightlyExportExportBucket.Arn>',
  'Allow s3:PutObject on <AnalyticsDetailBucket.Arn>/detail/*',
];

const roles: readonly (readonly [string, string, readonly string[]])[] = [
  ['export', 'NightlyExportRole', exportRole],
  ['aggregator', 'AggregationAggregatorRole', aggregatorRole],
  ['map-files', 'LargeMapFilesRole', partialsRole('MapFiles')],
  ['merge-shard', 'LargeMergeShardRole', partialsRole('MergeShard')],
  ['publish-large-export', 'LargePublishRole', largePublishRole],
  ['history-widget', 'HistoryWidgetRole', widgetRole],
];

describe.each(roles)('the role of %s', (entry, role, expected) => {
  const granted = linesOf(statementsOf('AWS::IAM::Policy', `${role}DefaultPolicy`));

  it('may do this and nothing else', () => {
    expect(granted).toEqual(expected);
  });

  it('is for Lambda alone, with no policies but that one', () => {
    expect(resourceOf(template, 'AWS::IAM::Role', role).Properties).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    });
  });

  it('may do all that the code calls', async () => {
    const called = (await actionsCalledBy(entry)).filter((action) => !isNeverCalled(action, role));
    expect(called.length).toBeGreaterThan(0);
    for (const action of called) expect(granted).toContainEqual(expect.stringContaining(`Allow ${action} on `));
  });
});

it.each(
  roles.slice(0, -1),
)('with a KMS key the role of %s may use that key besides, and nothing else', (_entry, role, expected) => {
  expect(linesOf(statementsOf('AWS::IAM::Policy', `${role}DefaultPolicy`, encrypted))).toEqual(
    [
      ...expected,
      'Allow kms:Decrypt on arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d',
      'Allow kms:GenerateDataKey on arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d',
    ].sort(),
  );
});

describe('the role of the state machine', () => {
  const execution = 'arn:aws:states:eu-west-2:<AWS::AccountId>:execution:<AggregationLargeStateMachine.Name>';
  const stateMachineRole = [
    'Allow lambda:InvokeFunction on <AggregationLargeMapFilesFunction.Arn>',
    'Allow lambda:InvokeFunction on <AggregationLargeMergeShardFunction.Arn>',
    'Allow lambda:InvokeFunction on <AggregationLargePublishFunction.Arn>',
    'Allow s3:GetObject on <NightlyExportExportBucket.Arn>/*',
    `Allow states:DescribeExecution on ${execution}/MapFiles:*`,
    `Allow states:DescribeExecution on ${execution}/MergeShards:*`,
    `Allow states:DescribeExecution on ${execution}:*`,
    `Allow states:RedriveExecution on ${execution}/MapFiles:*`,
    `Allow states:RedriveExecution on ${execution}/MergeShards:*`,
    'Allow states:StartExecution on <AggregationLargeStateMachine>',
    `Allow states:StopExecution on ${execution}/MapFiles:*`,
    `Allow states:StopExecution on ${execution}/MergeShards:*`,
    `Allow states:StopExecution on ${execution}:*`,
  ];

  it('may do this and nothing else', () => {
    expect(linesOf(statementsOf('AWS::IAM::Policy', 'LargeRunPolicy'))).toEqual(stateMachineRole);
  });

  it('may decrypt besides where there is a KMS key', () => {
    expect(linesOf(statementsOf('AWS::IAM::Policy', 'LargeRunPolicy', encrypted))).toEqual(
      [...stateMachineRole, 'Allow kms:Decrypt on arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d'].sort(),
    );
  });

  it('is for Step Functions alone', () => {
    expect(resourceOf(template, 'AWS::IAM::Role', 'AggregationLargeRole').Properties).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' } }],
      },
    });
  });
});

it('there are no other roles and policies', () => {
  template.resourceCountIs('AWS::IAM::Role', 7);
  template.resourceCountIs('AWS::IAM::Policy', 7);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
});

describe('policies of resources', () => {
  const everybody = '{"AWS":"*"}';
  const withoutTls = '{"Bool":{"aws:SecureTransport":"false"}}';

  it.each([
    ['NightlyExport', 'NightlyExportSchedule'],
    ['AggregationAggregator', 'AggregationManifestCreated'],
  ])('let the rule put into the dead letters of %s', (worker, rule) => {
    const queue = `<${worker}DeadLetters.Arn>`;
    expect(linesOf(statementsOf('AWS::SQS::QueuePolicy', `${worker}DeadLettersPolicy`))).toEqual([
      `Allow sqs:SendMessage on ${queue} by {"Service":"events.amazonaws.com"} if {"ArnEquals":{"aws:SourceArn":"<${rule}.Arn>"}}`,
      `Deny sqs:* on ${queue} by ${everybody} if ${withoutTls}`,
    ]);
  });

  it('let the alarms of this account publish', () => {
    expect(linesOf(statementsOf('AWS::SNS::TopicPolicy', ''))).toEqual([
      'Allow sns:Publish on <AlarmsTopic> by {"Service":"cloudwatch.amazonaws.com"} if {"StringEquals":{"aws:SourceAccount":"<AWS::AccountId>"}}',
      `Deny sns:Publish on <AlarmsTopic> by "*" if ${withoutTls}`,
    ]);
  });

  it.each(['ExportBucket', 'DetailBucket'])('allow nobody anything in the %s', (bucket) => {
    const statements = statementsOf('AWS::S3::BucketPolicy', `${bucket}Policy`);
    expect(statements.map(({ Effect }) => Effect)).toEqual(['Deny', 'Deny']);
  });

  it('let each rule invoke its function', () => {
    const permissions = Object.values(resourcesOf(template, 'AWS::Lambda::Permission'));
    const permission = (FunctionName: string, SourceArn: string) => ({
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      FunctionName,
      SourceArn,
    });
    expect(permissions.map(({ Properties }) => Properties)).toEqual([
      permission('<NightlyExportFunction.Arn>', '<NightlyExportSchedule.Arn>'),
      permission('<AggregationAggregatorFunction.Arn>', '<AggregationManifestCreated.Arn>'),
    ]);
  });
});

/** Actions that a function takes only where a variable of its environment tells it to. */
const neededBy: Record<string, string> = { 'states:StartExecution': 'LARGE_EXPORT_STATE_MACHINE_ARN' };

function isNeverCalled(action: string, role: string): boolean {
  const { Environment } = resourceOf(template, 'AWS::Lambda::Function', role.replace(/Role$/, 'Function')).Properties;
  const { Variables } = (Environment ?? { Variables: {} }) as { readonly Variables: Readonly<Record<string, string>> };
  const variable = neededBy[action];
  return variable !== undefined && !(variable in Variables);
}

/** Operations whose action has another name. */
const actionNames: Record<string, string> = { 's3:ListObjectsV2': 's3:ListBucket' };
const services: Record<string, string> = {
  'client-dynamodb': 'dynamodb',
  'client-s3': 's3',
  'client-cloudwatch': 'cloudwatch',
  'client-sfn': 'states',
};

/** The IAM actions of the SDK's operations that a function's own sources import. */
async function actionsCalledBy(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [`src/handlers/${entry}.ts`],
    bundle: true,
    platform: 'node',
    packages: 'external',
    format: bundleOptions.format,
    write: false,
    metafile: true,
  });
  const sources = Object.keys(metafile.inputs).map((file) => readFileSync(file, 'utf8'));
  const imports = sources.flatMap((source) => [...source.matchAll(/import \{([^}]*)\} from '@aws-sdk\/([\w-]+)'/g)]);
  const actions = imports.flatMap(([, names = '', client = '']) =>
    [...names.matchAll(/\b(?:paginate(\w+)|([A-Z]\w+)Command)\b/g)].map(
      ([, paginated, command]) => `${services[client]}:${paginated ?? command}`,
    ),
  );
  return [...new Set(actions.map((action) => actionNames[action] ?? action))];
}
