import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { AnalyticsTable } from './analytics-table.ts';
import type { ExportAggregation } from './export-aggregation.ts';
import type { MetricsDashboard } from './metrics-dashboard.ts';
import type { NightlyExport } from './nightly-export.ts';
import type { OperationsAlarms } from './operations-alarms.ts';

/** What people operate. */
export interface Operated {
  readonly nightlyExport: NightlyExport;
  readonly aggregation: ExportAggregation;
  readonly analytics: AnalyticsTable;
  readonly dashboard: MetricsDashboard;
  readonly alarms: OperationsAlarms;
}

/** Outputs of the stack by which `daytally report --stack …` and its like find what they work on. */
export function addOperatorOutputs({ nightlyExport, aggregation, analytics, dashboard, alarms }: Operated): void {
  const stack = Stack.of(nightlyExport);
  const output = (id: string, value: string, description: string) => new CfnOutput(stack, id, { value, description });
  output('ExportFunctionName', nightlyExport.function.functionName, 'Asks for exports; invoke it to backfill');
  output('AggregatorFunctionName', aggregation.function.functionName, 'Counts finished exports');
  output('ExportBucketName', nightlyExport.bucket.bucketName, 'Where DynamoDB puts the exports');
  output('DetailBucketName', analytics.detailBucket.bucketName, 'Per-user detail too big for the table');
  output('AnalyticsTableName', analytics.table.tableName, 'Where the numbers are kept');
  output('AlarmTopicArn', alarms.topic.topicArn, 'Tells of alarms; subscribe to it');
  output('DashboardUrl', dashboard.url, 'The numbers, day by day');
}
