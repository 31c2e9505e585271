import { Duration } from 'aws-cdk-lib';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../src/adapters/local/event-pattern.ts';
import { dayOfMillis } from '../../src/domain/utc-day.ts';
import {
  aggregatorEnvironment,
  exportEnvironment,
  parseEnvironment,
  publisherEnvironment,
  widgetEnvironment,
} from '../../src/schemas/environment.ts';
import { exportRequest } from '../../src/schemas/export-request.ts';
import { manifestCreatedPattern } from '../../src/schemas/object-created-pattern.ts';
import { firstGames } from '../support/first-games.ts';
import { objectCreatedEvent } from '../support/object-created-event.ts';
import { type Properties, readable, resourceOf, resourcesOf } from './support/readable.ts';
import { synthesize } from './support/synthesize.ts';

const { metrics } = firstGames;

const template = synthesize();
const chosen = synthesize({
  analyticsBilling: 'on-demand',
  analyticsPointInTimeRecovery: true,
  exportRetention: Duration.days(3),
  kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d',
  runtime: Runtime.NODEJS_20_X,
  architecture: Architecture.X86_64,
  alarmEmail: 'operator@example.com',
  s3Prefix: 'nightly/games/',
  catchUpDays: 35,
  metricsNamespace: 'Games',
});

const propertiesOf = (type: string, idEnd = '', of = template): Properties => resourceOf(of, type, idEnd).Properties;

describe('the Analytics Table', () => {
  const type = 'AWS::DynamoDB::Table';
  const table = propertiesOf(type);

  it('is keyed by date, then app, both strings', () => {
    expect(table.KeySchema).toEqual([
      { AttributeName: 'date', KeyType: 'HASH' },
      { AttributeName: 'app', KeyType: 'RANGE' },
    ]);
    expect(table.AttributeDefinitions).toEqual([
      { AttributeName: 'date', AttributeType: 'S' },
      { AttributeName: 'app', AttributeType: 'S' },
    ]);
  });

  it('has 1 RCU and 1 WCU', () => {
    expect(table.ProvisionedThroughput).toEqual({ ReadCapacityUnits: 1, WriteCapacityUnits: 1 });
    expect(table.BillingMode).toBeUndefined();
  });

  it('is paid on demand where that is chosen', () => {
    expect(propertiesOf(type, '', chosen).BillingMode).toBe('PAY_PER_REQUEST');
    expect(propertiesOf(type, '', chosen).ProvisionedThroughput).toBeUndefined();
  });

  it('lets items expire by expiresAt', () => {
    expect(table.TimeToLiveSpecification).toEqual({ AttributeName: 'expiresAt', Enabled: true });
  });

  it('is protected from deletion and outlives the stack', () => {
    expect(table.DeletionProtectionEnabled).toBe(true);
    expect(resourceOf(template, type).DeletionPolicy).toBe('Retain');
  });

  it.each([
    ['off', template, false],
    ['on where that is chosen', chosen, true],
  ])('has point-in-time recovery %s', (_what, of, enabled) => {
    expect(propertiesOf(type, '', of).PointInTimeRecoverySpecification).toEqual({
      PointInTimeRecoveryEnabled: enabled,
    });
  });
});

describe('the buckets', () => {
  const type = 'AWS::S3::Bucket';

  it.each([
    ['exports', 'ExportBucket', 1, 'Delete', [{ ExpirationInDays: 1, Prefix: 'partials/', Status: 'Enabled' }]],
    ['detail', 'DetailBucket', 455, 'Retain', []],
  ])('of %s is emptied after its days, and deleted with the stack or not', (_what, id, days, policy, more) => {
    const { Properties, DeletionPolicy } = resourceOf(template, type, id);
    expect(Properties.LifecycleConfiguration).toEqual({
      Rules: [
        { ExpirationInDays: days, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
        ...more,
      ],
    });
    expect(DeletionPolicy).toBe(policy);
  });

  it('keeps exports as long as is chosen, but not what is kept between the steps of a large aggregation', () => {
    expect(propertiesOf(type, 'ExportBucket', chosen).LifecycleConfiguration).toMatchObject({
      Rules: [{ ExpirationInDays: 3 }, { ExpirationInDays: 1, Prefix: 'partials/' }],
    });
  });

  it.each(['ExportBucket', 'DetailBucket'])('%s admits nobody from outside, and nobody without TLS', (id) => {
    const blocked = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    expect(propertiesOf(type, id).PublicAccessBlockConfiguration).toEqual(blocked);
    expect(propertiesOf('AWS::S3::BucketPolicy', `${id}Policy`).PolicyDocument).toMatchObject({
      Statement: [
        { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        { Effect: 'Deny', Action: 's3:*', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
      ],
    });
  });

  it.each([
    ['keys of S3', template, { SSEAlgorithm: 'AES256' }],
    [
      'the key given',
      chosen,
      { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d' },
    ],
  ])('are encrypted with %s', (_what, of, encryption) => {
    for (const { Properties } of Object.values(resourcesOf(of, type))) {
      expect(Properties.BucketEncryption).toMatchObject({
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: encryption }],
      });
    }
  });

  it('sends events of exports, and of exports only, to EventBridge, with no function to set that up', () => {
    expect(propertiesOf(type, 'ExportBucket').NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(propertiesOf(type, 'DetailBucket').NotificationConfiguration).toBeUndefined();
    template.resourceCountIs('AWS::Lambda::Function', 6);
    template.resourcePropertiesCountIs('Custom::S3BucketNotifications', {}, 0);
  });
});

describe('the functions', () => {
  const type = 'AWS::Lambda::Function';

  it.each([
    ['Export', 'NightlyExportFunction', 128, 60],
    ['Aggregator', 'AggregatorFunction', 256, 900],
    ['the history widget', 'HistoryWidgetFunction', 256, 15],
    ['the counter of batches', 'LargeMapFilesFunction', 1769, 900],
    ['the merger of shards', 'LargeMergeShardFunction', 1769, 900],
    ['the publisher of large exports', 'LargePublishFunction', 1769, 900],
  ])('%s has its memory and its time, on Node.js 24 and ARM', (_what, id, memory, seconds) => {
    expect(propertiesOf(type, id)).toMatchObject({
      MemorySize: memory,
      Timeout: seconds,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
    });
  });

  it('take another runtime and architecture where that is chosen', () => {
    for (const { Properties } of Object.values(resourcesOf(chosen, type))) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs20.x', Architectures: ['x86_64'] });
    }
  });

  it.each([
    'NightlyExportFunction',
    'AggregatorFunction',
    'HistoryWidgetFunction',
    'LargeMapFilesFunction',
    'LargeMergeShardFunction',
    'LargePublishFunction',
  ])('%s logs into a group that keeps a week', (id) => {
    const group = id.replace(/Function$/, 'Logs');
    expect(propertiesOf(type, id).LoggingConfig).toMatchObject({ LogGroup: expect.stringMatching(group) });
    expect(propertiesOf('AWS::Logs::LogGroup', group).RetentionInDays).toBe(7);
  });

  /** What CloudFormation will put in the place of the references. */
  const deployed = (id: string, of = template): Record<string, string> => {
    const { Variables } = propertiesOf(type, id, of).Environment as { Variables: Record<string, string> };
    return Object.fromEntries(
      Object.entries(Variables).map(([name, value]) => [
        name,
        value
          .replace('<AWS::AccountId>', '111122223333')
          .replace(/<(\w+StateMachine)>/, 'arn:aws:states:eu-west-2:111122223333:stateMachine:$1')
          .replace(/<(\w+)>/, (_all, ref) => ref.toLowerCase()),
      ]),
    );
  };

  it('get the environment that they ask for', () => {
    expect(parseEnvironment(exportEnvironment, deployed('NightlyExportFunction'))).toEqual({
      TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
      BUCKET_NAME: 'nightlyexportexportbucket',
      S3_PREFIX: 'exports/',
      ANALYTICS_TABLE_NAME: 'analyticstable',
      CATCH_UP_DAYS: 7,
      METRICS_NAMESPACE: 'Daytally',
    });
    expect(parseEnvironment(aggregatorEnvironment, deployed('AggregatorFunction'))).toMatchObject({
      TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
      BUCKET_NAME: 'nightlyexportexportbucket',
      S3_PREFIX: 'exports/',
      ANALYTICS_TABLE_NAME: 'analyticstable',
      DETAIL_BUCKET_NAME: 'analyticsdetailbucket',
      DETAIL_PREFIX: 'detail/',
      METRICS_NAMESPACE: 'Daytally',
      MAX_PUBLISHED_APPS: 100,
      CODE_VERSION: '0.0.0-test',
      LARGE_EXPORT_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-2:111122223333:stateMachine:AggregationLargeStateMachine',
      LARGE_EXPORT_MEMORY_MB: 1769,
    });
    expect(parseEnvironment(publisherEnvironment, deployed('LargePublishFunction'))).toMatchObject({
      ANALYTICS_TABLE_NAME: 'analyticstable',
      DETAIL_BUCKET_NAME: 'analyticsdetailbucket',
      CODE_VERSION: '0.0.0-test',
    });
    expect(parseEnvironment(widgetEnvironment, deployed('HistoryWidgetFunction'))).toEqual({
      ANALYTICS_TABLE_NAME: 'analyticstable',
      DEFINITION_FILE: 'definition.json',
    });
  });

  it.each([
    'AggregatorFunction',
    'LargeMapFilesFunction',
    'LargeMergeShardFunction',
    'LargePublishFunction',
  ])('of which %s, as all that count, finds its definition beside its code', (id) =>
    expect(deployed(id)).toMatchObject({ DEFINITION_FILE: 'definition.json' }));

  it('get nothing that they do not know', () => {
    expect(Object.keys(exportEnvironment.shape)).toEqual(
      expect.arrayContaining(Object.keys(deployed('ExportFunction'))),
    );
    expect(Object.keys(aggregatorEnvironment.shape)).toEqual(
      expect.arrayContaining(Object.keys(deployed('AggregatorFunction'))),
    );
  });

  it('get what is chosen', () => {
    expect(deployed('NightlyExportFunction', chosen)).toMatchObject({
      S3_PREFIX: 'nightly/games/',
      CATCH_UP_DAYS: '35',
      METRICS_NAMESPACE: 'Games',
      KMS_KEY_ARN: 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d',
    });
    expect(deployed('AggregatorFunction', chosen)).toMatchObject({
      S3_PREFIX: 'nightly/games/',
      METRICS_NAMESPACE: 'Games',
    });
  });
});

interface Target {
  readonly Arn: string;
  readonly Input?: string;
}

describe('the rules', () => {
  const type = 'AWS::Events::Rule';
  const schedule = propertiesOf(type, 'Schedule');
  const manifestCreated = propertiesOf(type, 'ManifestCreated');
  const targetsOf = ({ Targets }: Properties) => Targets as readonly Target[];

  it('ask for an export at 02:00 UTC', () => {
    expect(schedule.ScheduleExpression).toBe('cron(0 2 * * ? *)');
    expect(schedule.State).toBe('ENABLED');
    expect(targetsOf(schedule).map(({ Arn }) => Arn)).toEqual(['<NightlyExportFunction.Arn>']);
  });

  it('ask with a request that the function understands', () => {
    const [target] = targetsOf(schedule);
    const payload: unknown = JSON.parse(target?.Input ?? '');
    expect(exportRequest(dayOfMillis(Date.UTC(2024, 10, 22))).parse(payload)).toEqual({ mode: 'incremental' });
  });

  it('count each finished export of the bucket', () => {
    expect(manifestCreated.EventPattern).toEqual(manifestCreatedPattern('<NightlyExportExportBucket>', 'exports/'));
    expect(targetsOf(manifestCreated).map(({ Arn }) => Arn)).toEqual(['<AggregationAggregatorFunction.Arn>']);
  });

  it('hand the event on as it came', () => {
    const [target] = targetsOf(manifestCreated);
    expect(target).not.toHaveProperty('Input');
    expect(target).not.toHaveProperty('InputTransformer');
  });

  it.each([
    ['incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json', true],
    ['backfill/2024-01-01/7d1f0c9e/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json', true],
    ['incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.md5', false],
    ['incremental/2024-11-21/AWSDynamoDB/data/abcdefgh.json.gz', false],
  ])('on %s fire: %s', (key, fires) => {
    for (const [of, prefix] of [
      [template, 'exports/'],
      [chosen, 'nightly/games/'],
    ] as const) {
      const pattern = propertiesOf(type, 'ManifestCreated', of).EventPattern as ReturnType<
        typeof manifestCreatedPattern
      >;
      const event = objectCreatedEvent({ bucket: '<NightlyExportExportBucket>', key: `${prefix}${key}` });
      expect(matchesPattern(pattern, event)).toBe(fires);
    }
  });
});

describe('the failure paths', () => {
  it.each([
    ['Schedule', 'NightlyExport'],
    ['ManifestCreated', 'AggregationAggregator'],
  ])('of the rule %s: three more deliveries in two hours, then the dead letters', (rule, worker) => {
    expect(propertiesOf('AWS::Events::Rule', rule).Targets).toMatchObject([
      {
        DeadLetterConfig: { Arn: `<${worker}DeadLetters.Arn>` },
        RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 7200 },
      },
    ]);
  });

  it.each([
    ['NightlyExportFunction', 'NightlyExport'],
    ['AggregationAggregatorFunction', 'AggregationAggregator'],
  ])('of %s: two more attempts, then the dead letters', (id, worker) => {
    expect(propertiesOf('AWS::Lambda::EventInvokeConfig', `${id}EventInvokeConfig`)).toMatchObject({
      FunctionName: `<${id}>`,
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 7200,
      DestinationConfig: { OnFailure: { Destination: `<${worker}DeadLetters.Arn>` } },
    });
  });

  it('keep dead letters, encrypted, for 14 days', () => {
    const queues = Object.values(resourcesOf(template, 'AWS::SQS::Queue')).map(({ Properties }) => Properties);
    const queue = { SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 };
    expect(queues).toEqual([queue, queue]);
  });
});

describe('the alarms', () => {
  const type = 'AWS::CloudWatch::Alarm';
  const alarm = (id: string) => propertiesOf(type, `Alarms${id}`);

  it('say when no run has left exact numbers of yesterday for 30 hours, also where none ever has', () => {
    expect(alarm('NightMissing')).toMatchObject({
      Namespace: 'Daytally/Operations',
      MetricName: 'YesterdayExact',
      Statistic: 'Sum',
      Period: 3600,
      EvaluationPeriods: 30,
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      TreatMissingData: 'breaching',
    });
  });

  it.each([
    ['DaysNotExact', 'DaysNotExact'],
    ['ExportsFailed', 'ExportsFailed'],
  ])('%s holds what the night has told until the next one', (id, MetricName) => {
    expect(alarm(id)).toMatchObject({
      Namespace: 'Daytally/Operations',
      MetricName,
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'ignore',
    });
  });

  it('say when more than 1 % of the records are malformed', () => {
    const metric = (MetricName: string) => ({
      MetricStat: { Metric: { Namespace: 'Daytally/Operations', MetricName }, Period: 3600, Stat: 'Sum' },
    });
    expect(alarm('MalformedShare')).toMatchObject({
      Metrics: [
        { Expression: 'IF(read > 0, 100 * malformed / read, 0)', ReturnData: true },
        { Id: 'read', ...metric('RecordsRead') },
        { Id: 'malformed', ...metric('RecordsMalformed') },
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 1,
      TreatMissingData: 'notBreaching',
    });
  });

  it('say when a day has more apps than may have metrics in CloudWatch', () => {
    expect(alarm('TooManyApps')).toMatchObject({
      Namespace: 'Daytally/Operations',
      MetricName: 'AppsNotPublished',
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
    });
  });

  it.each([
    ['ExportFailing', 'AWS/Lambda', 'Errors', 'Sum', 'FunctionName', '<NightlyExportFunction>'],
    ['AggregatorFailing', 'AWS/Lambda', 'Errors', 'Sum', 'FunctionName', '<AggregationAggregatorFunction>'],
    [
      'ExportDeadLetters',
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      'Maximum',
      'QueueName',
      '<NightlyExportDeadLetters.QueueName>',
    ],
    [
      'AggregatorDeadLetters',
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      'Maximum',
      'QueueName',
      '<AggregationAggregatorDeadLetters.QueueName>',
    ],
  ])('%s says when there is any', (id, Namespace, MetricName, Statistic, Name, Value) => {
    expect(alarm(id)).toMatchObject({
      Namespace,
      MetricName,
      Statistic,
      Dimensions: [{ Name, Value }],
      Period: 300,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
    });
  });

  it('say when an execution of the state machine for large exports has ended in any way but well', () => {
    const ended = (MetricName: string) => ({
      MetricStat: {
        Metric: {
          Namespace: 'AWS/States',
          MetricName,
          Dimensions: [{ Name: 'StateMachineArn', Value: '<AggregationLargeStateMachine>' }],
        },
        Period: 300,
        Stat: 'Sum',
      },
    });
    expect(alarm('LargeExportFailing')).toMatchObject({
      Metrics: [
        { Expression: 'SUM([failed, timedOut, aborted])', ReturnData: true },
        { Id: 'failed', ...ended('ExecutionsFailed') },
        { Id: 'timedOut', ...ended('ExecutionsTimedOut') },
        { Id: 'aborted', ...ended('ExecutionsAborted') },
      ],
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
    });
  });

  it('one rings where a day has more apps than may have metrics', () => {
    expect(propertiesOf(type, 'TooManyApps')).toMatchObject({
      MetricName: 'AppsNotPublished',
      Namespace: 'Daytally/Operations',
      Statistic: 'Maximum',
      ComparisonOperator: 'GreaterThanThreshold',
      Threshold: 0,
      TreatMissingData: 'notBreaching',
    });
  });

  it('all go to the topic', () => {
    const alarms = Object.values(resourcesOf(template, type));
    expect(alarms).toHaveLength(11);
    for (const { Properties } of alarms) expect(Properties.AlarmActions).toEqual(['<AlarmsTopic>']);
  });

  it('reach nobody by e-mail unless an address is given', () => {
    template.resourceCountIs('AWS::SNS::Subscription', 0);
    expect(propertiesOf('AWS::SNS::Subscription', '', chosen)).toMatchObject({
      Protocol: 'email',
      Endpoint: 'operator@example.com',
      TopicArn: '<AlarmsTopic>',
    });
  });

  it('watch the namespace that is chosen', () => {
    expect(propertiesOf(type, 'NightMissing', chosen).Namespace).toBe('Games/Operations');
  });
});

interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly region?: string;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly yAxis?: { readonly left: { readonly label: string; readonly min: number } };
  };
}

const widgetsOf = (of = template): readonly Widget[] => {
  const body = propertiesOf('AWS::CloudWatch::Dashboard', '', of).DashboardBody as string;
  return (JSON.parse(body) as { readonly widgets: readonly Widget[] }).widgets;
};

describe('the dashboard', () => {
  const widgets = widgetsOf();
  const graph = (title: string) => widgets.find(({ properties }) => properties.title === title)?.properties;

  it.each(metrics)('shows $cloudWatch by app: the greatest value of each day', ({ cloudWatch, title, description }) => {
    expect(graph(title)).toMatchObject({
      region: 'eu-west-2',
      yAxis: { left: { label: description, min: 0 } },
      metrics: [
        [
          {
            expression: `SEARCH('{"Daytally",App} MetricName="${cloudWatch}"', 'Maximum', 86400)`,
            label: expect.stringContaining("PROP('Dim.App')"),
            period: 86_400,
          },
        ],
      ],
    });
  });

  it('shows the history above all, drawn again when the time range changes', () => {
    expect(widgets[0]).toMatchObject({
      type: 'custom',
      y: 0,
      width: 24,
      properties: { endpoint: '<HistoryWidgetFunction.Arn>', updateOn: { timeRange: true } },
    });
  });

  it('has one graph a metric between the history and the row of operations', () => {
    expect(widgets.slice(1, metrics.length + 1).map(({ properties }) => properties.title)).toEqual(
      metrics.map(({ title }) => title),
    );
    expect(widgets[metrics.length + 1]?.type).toBe('text');
  });

  it.each([
    ['Runs', 'RunSucceeded', 'Sum'],
    ['Duration', 'RunDurationMillis', 'Maximum'],
    ['Malformed records', 'RecordsMalformed', 'Sum'],
  ])('shows in %s what the runs publish', (title, name, stat) => {
    const [line] = graph(title)?.metrics ?? [];
    expect(line?.slice(0, 2)).toEqual(['Daytally/Operations', name]);
    expect(line?.[2]).toMatchObject({ period: 86_400, stat });
  });

  it('shows both queues of dead letters', () => {
    expect(graph('Dead letters')?.metrics?.map((line) => line[3])).toEqual([
      '<NightlyExportDeadLetters.QueueName>',
      '<AggregationAggregatorDeadLetters.QueueName>',
    ]);
  });

  it('searches the namespace that is chosen', () => {
    const expression = expect.stringContaining('{"Games",App}');
    expect(widgetsOf(chosen)[1]?.properties.metrics).toMatchObject([[{ expression }]]);
  });
});

it('tells the names of what operators need', () => {
  const outputs = readable(template.findOutputs('*')) as Record<string, { readonly Value: string }>;
  expect(Object.fromEntries(Object.entries(outputs).map(([name, { Value }]) => [name, Value]))).toEqual({
    ExportFunctionName: '<NightlyExportFunction>',
    AggregatorFunctionName: '<AggregationAggregatorFunction>',
    ExportBucketName: '<NightlyExportExportBucket>',
    DetailBucketName: '<AnalyticsDetailBucket>',
    AnalyticsTableName: '<AnalyticsTable>',
    AlarmTopicArn: '<AlarmsTopic>',
    DashboardUrl:
      'https://eu-west-2.console.aws.amazon.com/cloudwatch/home?region=eu-west-2#dashboards/dashboard/<MetricsDashboard>',
  });
});

it('is the template that was reviewed', () => {
  const text = JSON.stringify(template.toJSON(), null, 2).replace(/\b[0-9a-f]{64}\b/g, '<asset hash>');
  expect(JSON.parse(text)).toMatchSnapshot();
});
