import { Validations } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import type { DaytallyStack, DaytallyStackProps } from '../../cdk/daytally-stack.ts';
import { testApp, testStack } from './support/synthesize.ts';

/** What the plugin finds at synthesis and nobody has acknowledged: synthesis fails then. */
function synthesisWith(
  change: (stack: DaytallyStack) => void = () => {},
  props: Partial<DaytallyStackProps> = {},
): () => void {
  return () => {
    const app = testApp();
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    change(testStack(props, app));
    app.synth();
  };
}

interface Acknowledged {
  readonly id: string;
  readonly reason: string;
}

const acknowledgedIn = (stack: DaytallyStack): Acknowledged[] =>
  stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) =>
      Object.entries(data as Record<string, string>).map(([id, reason]) => ({ id, reason: JSON.stringify(reason) })),
    );

describe('the rules of AwsSolutions', () => {
  it('find nothing that is not acknowledged', () => {
    expect(synthesisWith()).not.toThrow();
  });

  it.each<[string, Partial<DaytallyStackProps>]>([
    ['a key', { kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab' }],
    ['a table and a bucket that are adopted', { analyticsTableName: 'Kept', detailBucketName: 'kept-detail' }],
  ])('find nothing more with %s', (_what, props) => {
    expect(synthesisWith(() => {}, props)).not.toThrow();
  });

  it('do find a queue that is no dead-letter queue and takes messages without TLS', () => {
    expect(synthesisWith((stack) => new Queue(stack, 'Careless'))).toThrow('AwsSolutions-SQS4');
  });

  it('do find a permission on everything', () => {
    const statement = new PolicyStatement({ actions: ['s3:*'], resources: ['*'] });
    const change = (stack: DaytallyStack) => stack.daytally.nightlyExport.worker.grantPrincipal.addToPolicy(statement);
    expect(synthesisWith(change)).toThrow('AwsSolutions-IAM5[Action::s3:*]');
  });

  it('are acknowledged with reasons that say something', () => {
    const acknowledged = acknowledgedIn(testStack());
    expect(acknowledged.length).toBeGreaterThan(5);
    for (const { reason } of acknowledged) expect(reason.length).toBeGreaterThan(30);
  });
});
