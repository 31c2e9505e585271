import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, type ListExecutionsOutput, SFNClient } from '@aws-sdk/client-sfn';
import { DynamoDbExporter } from '../../src/adapters/aws/dynamodb-exporter.ts';
import { clientOptions } from '../../src/adapters/aws/installation.ts';
import { encryptionOf } from '../../src/adapters/aws/object-encryption.ts';
import { S3Files } from '../../src/adapters/aws/s3-files.ts';
import { MILLIS_PER_DAY, noonOf, parseDay } from '../../src/domain/utc-day.ts';
import { openExport } from '../../src/pipeline/count/count-export.ts';
import { formatDuration, plural } from '../../src/report/format.ts';
import type { Answer, Asked, Question } from './answers.ts';

const asExpected = (found: string): Answer => ({ verdict: 'as expected', found });
const other = (found: string): Answer => ({ verdict: 'OTHER', found });
const notYet = (found: string): Answer => ({ verdict: 'not yet', found });
const judged = (isRight: boolean, found: string): Answer => (isRight ? asExpected(found) : other(found));

async function lastExport({ options, last }: Asked) {
  if (last === undefined) return undefined;
  const client = new S3Client(clientOptions(options));
  return { client, last, ...(await openExport(new S3Files(client, last.manifest.bucket), last.manifest.key)) };
}

async function manifest(asked: Asked): Promise<Answer> {
  const opened = await lastExport(asked);
  if (opened === undefined) return notYet('no export has been counted');
  const { dataFiles, summary } = opened;
  const empty = dataFiles.filter(({ itemCount }) => itemCount === 0).length;
  return judged(
    summary.itemCount === dataFiles.reduce((sum, { itemCount }) => sum + itemCount, 0),
    `${plural(dataFiles.length, 'file')}, ${empty} without records, ${plural(summary.itemCount, 'item')}`,
  );
}

async function encryption(asked: Asked): Promise<Answer> {
  const opened = await lastExport(asked);
  const file = opened?.dataFiles[0];
  if (opened === undefined || file === undefined) return notYet('no data file to look at');
  const found = await encryptionOf(opened.client, opened.manifest.bucket, file.dataFileS3Key);
  if (found === undefined) return notYet('the data file has expired, or its key leaves the prefix out');
  const { KMS_KEY_ARN: wanted } = asked.settings;
  const isRight = wanted === undefined ? found.algorithm === 'AES256' : found.kmsKeyArn === wanted;
  return judged(isRight, [found.algorithm, found.kmsKeyArn].filter(Boolean).join(' '));
}

/** From the end of the day: at 02:00 the export is asked for. */
async function nightDone({ last }: Asked): Promise<Answer> {
  const day = parseDay(last?.date ?? '');
  if (last === undefined || day === undefined) return notYet('no night is over');
  const began = Date.parse(last.startedAt) - (day + 1) * MILLIS_PER_DAY;
  if (began > MILLIS_PER_DAY / 4) return notYet(`${last.date} was counted by hand, or caught up`);
  const took = Date.parse(last.writtenAt) - (day + 1) * MILLIS_PER_DAY;
  const found = `${last.date}: written ${formatDuration(took)} after its end, ${last.quality}`;
  return judged(last.quality === 'exact' && took < 4 * 3_600_000, found);
}

async function metricsShown({ options, last, now, installation }: Asked): Promise<Answer> {
  const day = parseDay(last?.date ?? '');
  if (last === undefined || day === undefined) return notYet('no night is over');
  const namespace = await metricsNamespace(installation.AggregatorFunctionName, options);
  const search = `SEARCH('{"${namespace}",App}', 'Maximum', 86400)`;
  const { MetricDataResults = [] } = await new CloudWatchClient(clientOptions(options)).send(
    new GetMetricDataCommand({
      StartTime: new Date(day * MILLIS_PER_DAY),
      EndTime: new Date((day + 1) * MILLIS_PER_DAY),
      MetricDataQueries: [{ Id: 'points', Expression: search }],
    }),
  );
  const shown = MetricDataResults.filter(({ Values = [] }) => Values.length > 0).length;
  const age = formatDuration(now - Date.parse(last.writtenAt));
  const found = `${plural(shown, 'metric')} of ${last.date} shown, ${age} after they were sent; their time is ${new Date(noonOf(day)).toISOString()}`;
  if (shown > 0 || last.apps.size === 0) return asExpected(found);
  return now - Date.parse(last.writtenAt) < 2 * 3_600_000 ? notYet(found) : other(found);
}

async function metricsNamespace(FunctionName: string, options: Asked['options']): Promise<string> {
  const get = new GetFunctionConfigurationCommand({ FunctionName });
  const { Environment } = await new LambdaClient(clientOptions(options)).send(get);
  return Environment?.Variables?.METRICS_NAMESPACE ?? 'Daytally';
}

async function executions(asked: Asked): Promise<NonNullable<ListExecutionsOutput['executions']>> {
  const get = new GetFunctionConfigurationCommand({ FunctionName: asked.installation.AggregatorFunctionName });
  const { Environment } = await new LambdaClient(clientOptions(asked.options)).send(get);
  const stateMachineArn = Environment?.Variables?.LARGE_EXPORT_STATE_MACHINE_ARN;
  if (stateMachineArn === undefined) return [];
  const list = new ListExecutionsCommand({ stateMachineArn, maxResults: 100 });
  return (await new SFNClient(clientOptions(asked.options)).send(list)).executions ?? [];
}

async function largeExports(asked: Asked): Promise<Answer> {
  const all = (await executions(asked)).filter(({ status }) => status !== 'RUNNING');
  if (all.length === 0) return notYet('no execution has ended');
  const good = all.filter(({ status }) => status === 'SUCCEEDED').length;
  return judged(good > 0, `${good} of ${plural(all.length, 'execution')} succeeded`);
}

async function redrives(asked: Asked): Promise<Answer> {
  const redriven = (await executions(asked)).filter(({ redriveCount = 0 }) => redriveCount > 0);
  if (redriven.length === 0) return notYet('nothing was redriven');
  const good = redriven.filter(({ status }) => status === 'SUCCEEDED').length;
  return judged(good > 0, `${good} of ${redriven.length} succeeded after a redrive`);
}

async function exportTimes({ options, settings, now }: Asked): Promise<Answer> {
  const { TABLE_ARN: tableArn, BUCKET_NAME: bucket } = settings;
  const exporter = new DynamoDbExporter({ client: new DynamoDBClient(clientOptions(options)), tableArn, bucket });
  const past = await exporter.exportsSince(now - 7 * MILLIS_PER_DAY);
  if (past.length === 0) return notYet('none was asked for in a week');
  const failed = past.filter(({ status }) => status === 'FAILED').length;
  return judged(failed === 0, `${plural(past.length, 'export')} in a week, ${failed} failed`);
}

const byHand = async (): Promise<Answer> => ({ verdict: 'by hand', found: 'changes something, or costs' });

/** The numbers are those of docs/first-deployment.md. */
export const questions: readonly Question[] = [
  { number: 1, question: 'exports end', expected: 'none FAILED', ask: exportTimes },
  { number: 2, question: 'manifests', expected: 'files and items add up', ask: manifest },
  { number: 3, question: 'encryption', expected: 'AES256, or the key that is configured', ask: encryption },
  { number: 4, question: 'the night', expected: 'exact, within four hours of the end of the day', ask: nightDone },
  { number: 5, question: 'delay of metrics', expected: 'shown two hours after they were sent', ask: metricsShown },
  { number: 6, question: 'large exports', expected: 'an execution that succeeded', ask: largeExports },
  { number: 7, question: 'redrive', expected: 'succeeded after a redrive', ask: redrives },
  { number: 8, question: 'conflict of tokens', expected: 'ExportConflictException', ask: byHand },
  { number: 9, question: 'a bucket that is gone', expected: 'FAILED, S3NoSuchBucket', ask: byHand },
  { number: 10, question: 'cost after a week', expected: 'less than a dollar beside exports', ask: byHand },
];
