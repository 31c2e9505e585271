import { Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/**
 * Notes on a construct why findings of cdk-nag do not hold there: finding, such as `AwsSolutions-S1` or
 * `AwsSolutions-IAM5[Resource::*]`, to the reason.
 */
export const acknowledge = (construct: IConstruct, reasons: Readonly<Record<string, string>>): void =>
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));

/** cdk-nag's name of the finding that a policy allows something on many objects of a bucket, such as `exports/*`. */
export const manyObjectsOf = (bucket: Pick<IBucket, 'arnForObjects'> & IConstruct, objects: string): string =>
  anyOf(bucket, bucket.arnForObjects(objects));

/** cdk-nag's name of the finding that a policy allows something on all that an ARN with an asterisk stands for. */
export function anyOf(scope: IConstruct, arn: string): string {
  const resolved: string | { 'Fn::Join': [string, unknown[]] } = Stack.of(scope).resolve(arn);
  const pieces = typeof resolved === 'string' ? [resolved] : resolved['Fn::Join'][1];
  return `AwsSolutions-IAM5[Resource::${pieces.map(readable).join('')}]`;
}

function readable(piece: unknown): string {
  if (typeof piece === 'string') return piece;
  const { Ref, 'Fn::GetAtt': attribute } = piece as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return `<${Ref ?? attribute?.join('.')}>`;
}
