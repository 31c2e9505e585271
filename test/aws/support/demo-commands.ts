import { dayOfMillis, formatDay } from '../../../src/domain/utc-day.ts';
import type { Deployment } from './deployment.ts';
import { OWNER, REGION } from './emulators.ts';

const daysBefore = (date: string, days: number): string => formatDay(dayOfMillis(Date.parse(date)) - days);

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Commands that show what has become of the night; `aws` is AWS's own command line. */
export function commandsFor({ ministack, outputs }: Deployment, date: string): string[] {
  const { AnalyticsTableName: table = '', ExportBucketName: bucket = '' } = outputs;
  const account = [
    `export AWS_ACCESS_KEY_ID=${OWNER.accessKeyId} AWS_SECRET_ACCESS_KEY=${OWNER.secretAccessKey}`,
    `export AWS_REGION=${REGION} AWS_DEFAULT_REGION=${REGION} AWS_ENDPOINT_URL=${ministack.gateway.endpoint}`,
  ].join('\n');
  const aws = (command: string) => `aws --endpoint-url ${ministack.endpoint} ${command}`;
  const values = quoted(JSON.stringify({ ':date': { S: date } }));
  const query = `--key-condition-expression '#date = :date' --expression-attribute-names '{"#date":"date"}'`;
  const statistics = `--start-time ${date}T00:00:00Z --end-time ${date}T23:59:59Z --period 86400 --statistics Maximum`;
  return [
    account,
    'npm run --silent daytally -- status --days 10',
    'npm run --silent daytally -- report',
    'npm run --silent daytally -- doctor',
    `npm run --silent daytally -- replay ${date}`,
    `npm run --silent daytally -- backfill --from ${daysBefore(date, 30)}`,
    aws(`dynamodb query --table-name ${table} ${query} --expression-attribute-values ${values}`),
    aws('cloudwatch list-metrics --namespace Daytally'),
    aws(
      `cloudwatch get-metric-statistics --namespace Daytally --metric-name GamesPlayed --dimensions Name=App,Value=sudoku ${statistics}`,
    ),
    aws(`s3 ls --recursive s3://${bucket}/exports/incremental/${date}/`),
  ];
}
