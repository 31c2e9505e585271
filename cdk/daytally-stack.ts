import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { Daytally, type DaytallyProps } from './constructs/daytally.ts';

export interface DaytallyStackProps extends StackProps, Omit<DaytallyProps, 'table' | 'encryptionKey'> {
  /** An existing table of the stack's account and region. */
  readonly tableName: string;
  /**
   * A key of the stack's region that encrypts exports and per-user detail; its policy must let the account's roles use it.
   * @default - keys managed by S3
   */
  readonly kmsKeyArn?: string | undefined;
}

/** Daytally beside a table that exists already, and outputs for those who operate it. */
export class DaytallyStack extends Stack {
  readonly daytally: Daytally;

  constructor(scope: Construct, id: string, props: DaytallyStackProps) {
    super(scope, id, { description: `Daily product metrics of the DynamoDB table ${props.tableName}`, ...props });
    const table = Table.fromTableName(this, 'Source', props.tableName);
    const encryptionKey = props.kmsKeyArn === undefined ? undefined : Key.fromKeyArn(this, 'Key', props.kmsKeyArn);
    this.daytally = new Daytally(this, 'Daytally', { ...props, table, encryptionKey });
    const { nightlyExport, aggregation, analytics, dashboard, alarms } = this.daytally;
    this.#output('ExportFunctionName', nightlyExport.function.functionName, 'Asks for exports; invoke it to backfill');
    this.#output('AggregatorFunctionName', aggregation.function.functionName, 'Counts finished exports');
    this.#output('ExportBucketName', nightlyExport.bucket.bucketName, 'Where DynamoDB puts the exports');
    this.#output('DetailBucketName', analytics.detailBucket.bucketName, 'Per-user detail too big for the table');
    this.#output('AnalyticsTableName', analytics.table.tableName, 'Where the numbers are kept');
    this.#output('AlarmTopicArn', alarms.topic.topicArn, 'Tells of alarms; subscribe to it');
    this.#output('DashboardUrl', dashboard.url, 'The numbers, day by day');
  }

  #output(id: string, value: string, description: string): void {
    new CfnOutput(this, id, { value, description });
  }
}
