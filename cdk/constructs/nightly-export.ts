import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { type Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { operationsNamespace } from '../../src/domain/operations-metrics.ts';
import type { exportEnvironment } from '../../src/schemas/environment.ts';
import { PARTIALS_PREFIX } from '../../src/schemas/large-export.ts';
import { acknowledge, anyOf, manyObjectsOf } from './acknowledge.ts';
import type { AnalyticsTable } from './analytics-table.ts';
import { grantMetrics } from './export-grants.ts';
import type { RuntimeProps } from './node-function.ts';
import { PipelineFunction } from './pipeline-function.ts';
import { privateBucket } from './private-bucket.ts';

export interface NightlyExportProps extends RuntimeProps {
  /** The table to export. It needs point-in-time recovery, which Daytally does not turn on. */
  readonly tableArn: string;
  /** Its ledger tells which days are still missing. */
  readonly analytics: AnalyticsTable;
  /** Where in the bucket exports go. */
  readonly s3Prefix: string;
  /**
   * How long exports are kept: they hold the players' items.
   * @default Duration.days(1)
   */
  readonly exportRetention?: Duration | undefined;
  /**
   * How many days back the nightly run looks for days that were missed, 1 to 35.
   * @default 7
   */
  readonly catchUpDays?: number | undefined;
  /** CloudWatch namespace of the product metrics; how the nights stand goes to `<namespace>/Operations`. */
  readonly metricsNamespace: string;
  /**
   * Encrypts the exports. Each request names it: DynamoDB does not go by the bucket's default.
   * @default - keys managed by S3
   */
  readonly encryptionKey?: IKey | undefined;
}

/** Each night at 02:00 UTC: asks DynamoDB to export yesterday, and what was missed before, into the bucket. */
export class NightlyExport extends Construct {
  readonly bucket: Bucket;
  readonly worker: PipelineFunction;
  readonly schedule: Rule;

  constructor(scope: Construct, id: string, props: NightlyExportProps) {
    super(scope, id);
    this.bucket = this.#makeBucket(props);
    this.worker = new PipelineFunction(this, 'Export', {
      ...props,
      entry: 'export',
      description: 'Daytally: asks DynamoDB for the exports of the days that are to be counted',
      memorySizeMib: 128,
      timeout: Duration.minutes(1),
      environment: {
        TABLE_ARN: props.tableArn,
        BUCKET_NAME: this.bucket.bucketName,
        S3_PREFIX: props.s3Prefix,
        ANALYTICS_TABLE_NAME: props.analytics.table.tableName,
        CATCH_UP_DAYS: String(props.catchUpDays ?? 7),
        METRICS_NAMESPACE: props.metricsNamespace,
        ...(props.encryptionKey === undefined ? {} : { KMS_KEY_ARN: props.encryptionKey.keyArn }),
      } satisfies z.input<typeof exportEnvironment>,
    });
    this.#grantExport(props);
    this.#grantLookingBack(props);
    props.analytics.grantReadLedger(this.worker);
    grantMetrics(this.worker, [operationsNamespace(props.metricsNamespace)]);
    this.schedule = new Rule(this, 'Schedule', {
      description: 'Daytally: 02:00 UTC, when yesterday is over everywhere and DynamoDB has it all',
      schedule: Schedule.cron({ minute: '0', hour: '2' }),
      targets: [this.worker.asTarget({ mode: 'incremental' })],
    });
  }

  get function(): LambdaFunction {
    return this.worker.function;
  }

  #makeBucket({ exportRetention, encryptionKey }: NightlyExportProps): Bucket {
    const bucket = privateBucket(this, 'ExportBucket', {
      encryptionKey,
      expiration: exportRetention ?? Duration.days(1),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // What a large aggregation keeps between its steps is of use for a day, however long exports are kept.
    bucket.addLifecycleRule({ prefix: PARTIALS_PREFIX, expiration: Duration.days(1) });
    // The bucket's own property eventBridgeEnabled would add a Lambda function that sets what can be set here.
    const resource = bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new TypeError('the export bucket has no CfnBucket');
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    return bucket;
  }

  /**
   * An export that cannot be written fails minutes after it was accepted.
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
   */
  #grantLookingBack({ tableArn }: NightlyExportProps): void {
    this.worker.allow(['dynamodb:ListExports'], tableArn);
    const exports = `${tableArn}/export/*`;
    this.worker.allow(['dynamodb:DescribeExport'], exports);
    acknowledge(this.worker, { [anyOf(this, exports)]: 'DynamoDB chooses the names of the exports of the table.' });
  }

  /**
   * DynamoDB writes the export with the rights of the caller.
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html
   */
  #grantExport({ tableArn, s3Prefix, encryptionKey }: NightlyExportProps): void {
    this.worker.allow(['dynamodb:ExportTableToPointInTime', 'dynamodb:DescribeContinuousBackups'], tableArn);
    // Not bucket.grantPut, which also grants tagging, legal holds and retention.
    const objects = `${s3Prefix}*`;
    this.worker.allow(
      ['s3:PutObject', 's3:PutObjectAcl', 's3:AbortMultipartUpload'],
      this.bucket.arnForObjects(objects),
    );
    encryptionKey?.grant(this.worker, 'kms:GenerateDataKey', 'kms:Decrypt');
    acknowledge(this.worker, {
      [manyObjectsOf(this.bucket, objects)]:
        'DynamoDB chooses the names of the objects that it writes behind the prefix.',
    });
  }
}
