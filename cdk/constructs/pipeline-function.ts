import { Duration } from 'aws-cdk-lib';
import { type IRuleTarget, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { NodeFunction, type NodeFunctionProps } from './node-function.ts';

/** An event older than this is not worth a retry: the next night catches up. */
const MAX_EVENT_AGE = Duration.hours(2);

/** A function that a rule fires, and a queue that takes what failed for good. */
export class PipelineFunction extends NodeFunction {
  /** Events that could not be delivered, and invocations that failed after all retries; kept for 14 days. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id, props);
    this.deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.deadLetters, {
      'AwsSolutions-SQS3': 'This is the dead-letter queue itself; an alarm watches it.',
    });
    // Not lambda-destinations' SqsDestination, which also grants reading the queue's attributes.
    this.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    this.function.configureAsyncInvoke({
      maxEventAge: MAX_EVENT_AGE,
      retryAttempts: 2,
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
  }

  /** The function as a rule's target: deliveries are retried, and what cannot be delivered goes to the dead letters. */
  asTarget(payload?: Readonly<Record<string, unknown>>): IRuleTarget {
    return new LambdaFunction(this.function, {
      deadLetterQueue: this.deadLetters,
      maxEventAge: MAX_EVENT_AGE,
      retryAttempts: 3,
      ...(payload === undefined ? {} : { event: RuleTargetInput.fromObject(payload) }),
    });
  }
}
