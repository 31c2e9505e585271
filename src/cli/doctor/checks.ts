import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeRuleCommand, EventBridgeClient, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import {
  GetFunctionConfigurationCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetBucketNotificationConfigurationCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../adapters/aws/installation.ts';
import { plural } from '../../report/format.ts';
import { concurrency } from './concurrency-check.ts';
import { encryption, pastExports, recovery } from './export-checks.ts';
import { type Check, type Found, problem, warning, well } from './findings.ts';
import { nightsCheck } from './nights-check.ts';
import type { Patient } from './patient.ts';

const functionsOf = ({ installation }: Patient) => [
  installation.ExportFunctionName,
  installation.AggregatorFunctionName,
];

/** Versions of Node.js on which Lambda lets nobody rely any more, and those on which it soon will not. */
const deprecatedRuntimes = /^nodejs(?:1?\d(?:\.x|\.\d+))?$/;
const endingRuntimes = /^nodejs20\.x$/;

async function runtime(patient: Patient): Promise<Found> {
  const client = new LambdaClient(clientOptions(patient.options));
  const runtimes: string[] = [];
  for (const FunctionName of functionsOf(patient)) {
    const { Runtime } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    runtimes.push(Runtime ?? 'none');
  }
  const says = [...new Set(runtimes)].join(', ');
  const remedy = 'npm run deploy -- -c runtime=nodejs24.x';
  if (runtimes.some((name) => deprecatedRuntimes.test(name))) return problem(`${says} is deprecated`, remedy);
  if (runtimes.some((name) => endingRuntimes.test(name))) return warning(`${says} will soon be deprecated`, remedy);
  return well(says);
}

async function bucketEvents({ installation, options }: Patient): Promise<Found> {
  const client = new S3Client(clientOptions(options));
  const Bucket = installation.ExportBucketName;
  const configuration = await client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  return configuration.EventBridgeConfiguration === undefined
    ? problem(
        `${Bucket} sends no events to EventBridge`,
        `aws s3api put-bucket-notification-configuration --bucket ${Bucket} --notification-configuration '{"EventBridgeConfiguration":{}}'`,
      )
    : well(`${Bucket} sends its events to EventBridge`);
}

async function rules(patient: Patient): Promise<Found> {
  const lambda = new LambdaClient(clientOptions(patient.options));
  const events = new EventBridgeClient(clientOptions(patient.options));
  const enabled: string[] = [];
  for (const FunctionName of functionsOf(patient)) {
    const { FunctionArn } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const { RuleNames = [] } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: FunctionArn }));
    if (RuleNames.length === 0) return problem(`no rule fires ${FunctionName}`, 'npm run deploy');
    for (const Name of RuleNames) {
      const { State } = await events.send(new DescribeRuleCommand({ Name }));
      if (State === 'DISABLED') return problem(`the rule ${Name} is disabled`, `aws events enable-rule --name ${Name}`);
      enabled.push(Name);
    }
  }
  return well(`${plural(enabled.length, 'rule')} enabled`);
}

async function deadLetters(patient: Patient): Promise<Found> {
  const lambda = new LambdaClient(clientOptions(patient.options));
  const sqs = new SQSClient(clientOptions(patient.options));
  let waiting = 0;
  for (const FunctionName of functionsOf(patient)) {
    const { DestinationConfig } = await lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
    const QueueName = DestinationConfig?.OnFailure?.Destination?.split(':').at(-1);
    if (QueueName === undefined) return problem(`${FunctionName} has no queue for what fails`, 'npm run deploy');
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
    const names = ['ApproximateNumberOfMessages' as const];
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: names }));
    const messages = Number(Attributes?.ApproximateNumberOfMessages ?? 0);
    if (messages > 0)
      return problem(
        `${plural(messages, 'message')} in ${QueueName}`,
        `aws sqs receive-message --queue-url ${QueueUrl}`,
      );
    waiting += messages;
  }
  return well(`${waiting} waiting`);
}

async function alarms({ installation, options }: Patient): Promise<Found> {
  const client = new CloudWatchClient(clientOptions(options));
  const { MetricAlarms = [] } = await client.send(
    new DescribeAlarmsCommand({ ActionPrefix: installation.AlarmTopicArn, AlarmTypes: ['MetricAlarm'] }),
  );
  const ringing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName);
  if (MetricAlarms.length === 0) return problem('there are none', 'npm run deploy');
  if (ringing.length > 0)
    return problem(`in alarm: ${ringing.join(', ')}`, 'aws cloudwatch describe-alarms --state-value ALARM');
  return well(`${plural(MetricAlarms.length, 'alarm')}, none ringing`);
}

async function dashboard({ installation, options }: Patient): Promise<Found> {
  const DashboardName = installation.DashboardUrl.split('/').at(-1) ?? '';
  await new CloudWatchClient(clientOptions(options)).send(new GetDashboardCommand({ DashboardName }));
  return well(installation.DashboardUrl);
}

/** AWS refuses requests of clocks that are more than five minutes off. */
const MAX_CLOCK_OFFSET_MILLIS = 60_000;

/** The SDK notices a wrong clock from the answers' date, and corrects itself for it. */
async function clock({ options }: Patient): Promise<Found> {
  const client = new CloudWatchClient(clientOptions(options));
  let offset = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      if (headers?.date !== undefined) offset = Date.parse(headers.date) - Date.now();
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  await client.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));
  const seconds = Math.round(offset / 1000);
  return Math.abs(offset) > MAX_CLOCK_OFFSET_MILLIS
    ? problem(`${seconds} seconds off`, 'set the clock of this machine: sudo timedatectl set-ntp true')
    : well('right to the minute');
}

/** In the order in which data flows. */
export const checks: readonly Check<Patient>[] = [
  { name: 'clock', action: 'cloudwatch:DescribeAlarms', run: clock },
  { name: 'runtime', action: 'lambda:GetFunctionConfiguration', run: runtime },
  { name: 'point-in-time recovery', action: 'dynamodb:DescribeContinuousBackups', run: recovery },
  { name: 'rules', action: 'events:DescribeRule', run: rules },
  { name: 'bucket events', action: 's3:GetBucketNotification', run: bucketEvents },
  { name: 'exports', action: 'dynamodb:ListExports', run: pastExports },
  { name: 'encryption', action: 's3:GetObject', run: encryption },
  nightsCheck,
  { name: 'concurrency', action: 'lambda:GetAccountSettings', run: concurrency },
  { name: 'dead letters', action: 'sqs:GetQueueAttributes', run: deadLetters },
  { name: 'alarms', action: 'cloudwatch:DescribeAlarms', run: alarms },
  { name: 'dashboard', action: 'cloudwatch:GetDashboard', run: dashboard },
];
