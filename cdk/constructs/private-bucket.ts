import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface PrivateBucketOptions {
  /** How long an object lives; S3 counts from the next midnight UTC. */
  readonly expiration: Duration;
  readonly removalPolicy: RemovalPolicy;
  readonly encryptionKey: IKey | undefined;
}

/** A bucket for personal data: encrypted, never public, reached by TLS only, and forgetful. */
export function privateBucket(scope: Construct, id: string, options: PrivateBucketOptions): Bucket {
  const { encryptionKey } = options;
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    ...(encryptionKey === undefined
      ? { encryption: BucketEncryption.S3_MANAGED }
      : { encryption: BucketEncryption.KMS, encryptionKey, bucketKeyEnabled: true }),
    // Parts of an upload that broke off are no objects: they would be kept, and paid for, for ever.
    lifecycleRules: [{ expiration: options.expiration, abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    removalPolicy: options.removalPolicy,
  });
  acknowledge(bucket, {
    'AwsSolutions-S1':
      'Access logs would need a further bucket of lasting data; who needs them turns on CloudTrail data events.',
  });
  return bucket;
}
