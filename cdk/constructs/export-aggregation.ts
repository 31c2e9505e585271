import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { Definition } from '../../src/domain/definition.ts';
import { PROVISIONED_DETAIL_KB } from '../../src/domain/inline-detail.ts';
import type { aggregatorEnvironment } from '../../src/schemas/environment.ts';
import { manifestCreatedPattern } from '../../src/schemas/object-created-pattern.ts';
import type { AnalyticsTable } from './analytics-table.ts';
import { grantPublishing, grantReadingExports } from './export-grants.ts';
import { LargeExportAggregation } from './large-export-aggregation.ts';
import type { RuntimeProps } from './node-function.ts';
import { PipelineFunction } from './pipeline-function.ts';

export interface ExportAggregationProps extends RuntimeProps {
  /** The ARN of the table whose exports are counted. */
  readonly tableArn: string;
  /** Where the exports come in; it must send its events to EventBridge. */
  readonly exportBucket: Bucket;
  /** Where in the bucket exports are put. */
  readonly s3Prefix: string;
  /** Where the numbers go. */
  readonly analytics: AnalyticsTable;
  /** CloudWatch namespace of the product metrics; those of the runs go to `<namespace>/Operations`. */
  readonly metricsNamespace: string;
  /** How many apps a day have values in CloudWatch, the largest first; all are in the Analytics Table. */
  readonly maxPublishedApps: number;
  /** How many functions count at a large export at a time. */
  readonly largeExportConcurrency: number;
  /** Noted with every number, so that one can tell which code has counted it. */
  readonly codeVersion: string;
  /** What is counted. */
  readonly definition: Definition;
  /** With what both buckets are encrypted. */
  readonly encryptionKey?: IKey | undefined;
}

/** As soon as DynamoDB has finished an export: counts it and publishes the numbers. */
export class ExportAggregation extends Construct {
  readonly worker: PipelineFunction;
  /** Counts what is too large for the one function. */
  readonly large: LargeExportAggregation;
  readonly rule: Rule;

  constructor(scope: Construct, id: string, props: ExportAggregationProps) {
    super(scope, id);
    const publisher = publisherOf(props);
    this.large = new LargeExportAggregation(this, 'Large', {
      ...props,
      publisherEnvironment: publisher,
      maxConcurrency: props.largeExportConcurrency,
    });
    this.worker = new PipelineFunction(this, 'Aggregator', {
      ...props,
      entry: 'aggregator',
      description: 'Daytally: counts a finished export and publishes the numbers',
      memorySizeMib: 256,
      timeout: Duration.minutes(15),
      environment: {
        ...publisher,
        LARGE_EXPORT_STATE_MACHINE_ARN: this.large.stateMachine.stateMachineArn,
        LARGE_EXPORT_MEMORY_MB: String(this.large.memorySizeMib),
      } satisfies z.input<typeof aggregatorEnvironment>,
    });
    grantReadingExports(this.worker, props);
    grantPublishing(this.worker, props.analytics, props.metricsNamespace);
    this.worker.allow(['states:StartExecution'], this.large.stateMachine.stateMachineArn);
    this.rule = this.#makeRule(props);
  }

  get function(): LambdaFunction {
    return this.worker.function;
  }

  #makeRule({ exportBucket, s3Prefix }: ExportAggregationProps): Rule {
    const { 'detail-type': detailType, ...pattern } = manifestCreatedPattern(exportBucket.bucketName, s3Prefix);
    return new Rule(this, 'ManifestCreated', {
      description: 'Daytally: DynamoDB has finished an export',
      eventPattern: { ...pattern, detailType: [...detailType], source: [...pattern.source] },
      targets: [this.worker.asTarget()],
    });
  }
}

const publisherOf = (props: ExportAggregationProps) => ({
  TABLE_ARN: props.tableArn,
  ANALYTICS_TABLE_NAME: props.analytics.table.tableName,
  BUCKET_NAME: props.exportBucket.bucketName,
  S3_PREFIX: props.s3Prefix,
  DETAIL_BUCKET_NAME: props.analytics.detailBucket.bucketName,
  DETAIL_PREFIX: props.analytics.detailPrefix,
  METRICS_NAMESPACE: props.metricsNamespace,
  MAX_PUBLISHED_APPS: String(props.maxPublishedApps),
  CODE_VERSION: props.codeVersion,
  ...(props.analytics.isProvisioned ? { INLINE_DETAIL_KB: String(PROVISIONED_DETAIL_KB) } : {}),
});
