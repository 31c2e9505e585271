import type { Deployment } from './deployment.ts';
import { OWNER, REGION } from './emulators.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Commands that show what has become of the night; `aws` is AWS's own command line. */
export function commandsFor({ ministack, outputs }: Deployment, date: string): string[] {
  const { AnalyticsTableName: table = '', ExportBucketName: bucket = '', ExportFunctionName: exporter = '' } = outputs;
  const account = [
    `export AWS_ACCESS_KEY_ID=${OWNER.accessKeyId} AWS_SECRET_ACCESS_KEY=${OWNER.secretAccessKey}`,
    `export AWS_REGION=${REGION} AWS_DEFAULT_REGION=${REGION} AWS_ENDPOINT_URL=${ministack.endpoint}`,
  ].join('\n');
  const aws = (command: string) => `aws --endpoint-url ${ministack.endpoint} ${command}`;
  const values = quoted(JSON.stringify({ ':date': { S: date } }));
  const query = `--key-condition-expression '#date = :date' --expression-attribute-names '{"#date":"date"}'`;
  const statistics = `--start-time ${date}T00:00:00Z --end-time ${date}T23:59:59Z --period 86400 --statistics Maximum`;
  return [
    account,
    'npm run --silent daytally -- status --days 10',
    'npm run --silent daytally -- report',
    aws(`dynamodb query --table-name ${table} ${query} --expression-attribute-values ${values}`),
    aws('cloudwatch list-metrics --namespace Daytally'),
    aws(
      `cloudwatch get-metric-statistics --namespace Daytally --metric-name GamesPlayed --dimensions Name=App,Value=sudoku ${statistics}`,
    ),
    aws(`s3 ls --recursive s3://${bucket}/exports/incremental/${date}/`),
    `echo '{"mode":"backfill","backfillStartDate":"2024-01-01"}' | ${aws(`lambda invoke --function-name ${exporter} --payload fileb:///dev/stdin /dev/stdout`)}`,
  ];
}
