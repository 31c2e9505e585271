import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/**
 * Notes on a construct why findings of cdk-nag do not hold there: finding, such as `AwsSolutions-S1` or
 * `AwsSolutions-IAM5[Resource::*]`, to the reason.
 */
export const acknowledge = (construct: IConstruct, reasons: Readonly<Record<string, string>>): void =>
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));

/** cdk-nag's name of the finding that a policy allows something on many objects of a bucket, such as `exports/*`. */
export function manyObjectsOf(bucket: Bucket, objects: string): string {
  const resource = bucket.node.defaultChild as CfnElement;
  return `AwsSolutions-IAM5[Resource::<${Stack.of(bucket).getLogicalId(resource)}.Arn>/${objects}]`;
}

/** cdk-nag's name of the finding that a policy allows something on all that an ARN with an asterisk stands for. */
export function anyOf(scope: IConstruct, arn: string): string {
  const { 'Fn::Join': [, pieces] = ['', []] } = Stack.of(scope).resolve(arn) as { 'Fn::Join'?: [string, unknown[]] };
  return `AwsSolutions-IAM5[Resource::${pieces.map(readable).join('')}]`;
}

function readable(piece: unknown): string {
  if (typeof piece === 'string') return piece;
  const { Ref, 'Fn::GetAtt': attribute } = piece as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return `<${Ref ?? attribute?.join('.')}>`;
}
