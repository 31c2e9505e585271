import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { operationsNamespace } from '../../src/domain/operations-metrics.ts';
import { PARTIALS_PREFIX } from '../../src/schemas/large-export.ts';
import { acknowledge, manyObjectsOf } from './acknowledge.ts';
import type { AnalyticsTable } from './analytics-table.ts';
import type { NodeFunction } from './node-function.ts';

/** What functions that count exports and publish their numbers may do: each exactly what its code calls. */
export interface ExportAccess {
  /** Where the exports are, and what a large aggregation keeps between its steps. */
  readonly exportBucket: Bucket;
  /** With what both buckets are encrypted. */
  readonly encryptionKey?: IKey | undefined;
}

/** All of the bucket and not the prefix alone: a missing key must be "not found", which S3 says only to who may list. */
export function grantReadingExports(worker: NodeFunction, { exportBucket, encryptionKey }: ExportAccess): void {
  worker.allow(['s3:GetObject'], exportBucket.arnForObjects('*'));
  worker.allow(['s3:ListBucket'], exportBucket.bucketArn);
  encryptionKey?.grant(worker, 'kms:Decrypt', 'kms:GenerateDataKey');
  acknowledge(worker, {
    [manyObjectsOf(exportBucket, '*')]:
      'DynamoDB chooses the names of the objects; the bucket holds nothing but exports and what is counted of them.',
  });
}

export function grantWritingPartials(worker: NodeFunction, { exportBucket }: ExportAccess): void {
  const objects = `${PARTIALS_PREFIX}*`;
  worker.allow(['s3:PutObject'], exportBucket.arnForObjects(objects));
  acknowledge(worker, {
    [manyObjectsOf(exportBucket, objects)]: 'The names of the objects hold the export, the execution and the file.',
  });
}

export function grantPublishing(worker: NodeFunction, analytics: AnalyticsTable, metricsNamespace: string): void {
  analytics.grantReadWrite(worker);
  grantMetrics(worker, [metricsNamespace, operationsNamespace(metricsNamespace)]);
}

export function grantMetrics(worker: NodeFunction, namespaces: readonly string[]): void {
  // CloudWatch knows no resources for metrics; the namespace is what narrows it.
  worker.allow(['cloudwatch:PutMetricData'], '*', { StringEquals: { 'cloudwatch:namespace': namespaces } });
  acknowledge(worker, {
    'AwsSolutions-IAM5[Resource::*]': 'PutMetricData knows no resources; the condition on the namespace narrows it.',
  });
}
