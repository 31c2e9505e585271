import { resolve } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type IRuleTarget, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { type Conditions, type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { bundling } from './bundling.ts';

/** What the functions have in common, to be chosen once for all of them. */
export interface RuntimeProps {
  /**
   * Node.js 20 or later.
   * @default Runtime.NODEJS_24_X
   */
  readonly runtime?: Runtime | undefined;
  /** @default Architecture.ARM_64 */
  readonly architecture?: Architecture | undefined;
}

export interface PipelineFunctionProps extends RuntimeProps {
  /** The file in src/handlers that exports `handler`, without its ending. */
  readonly entry: 'export' | 'aggregator';
  readonly description: string;
  readonly memorySizeMib: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
}

const ROOT = resolve(import.meta.dirname, '../..');

/**
 * A Lambda function that a rule fires, with what belongs to it: a role that may write its log and nothing else until
 * it is granted more, a log that is kept for a week, and a queue that takes what failed for good.
 */
export class PipelineFunction extends Construct implements IGrantable {
  readonly function: NodejsFunction;
  /** Events that could not be delivered, and invocations that failed after all retries; kept for 14 days. */
  readonly deadLetters: Queue;
  readonly grantPrincipal: Role;

  constructor(scope: Construct, id: string, props: PipelineFunctionProps) {
    super(scope, id);
    this.deadLetters = this.#makeQueue();
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.grantPrincipal = this.#makeRole(logGroup);
    this.function = new NodejsFunction(this, 'Function', {
      entry: resolve(ROOT, `src/handlers/${props.entry}.ts`),
      projectRoot: ROOT,
      depsLockFilePath: resolve(ROOT, 'package-lock.json'),
      bundling,
      awsSdkConnectionReuse: false,
      description: props.description,
      runtime: props.runtime ?? Runtime.NODEJS_24_X,
      architecture: props.architecture ?? Architecture.ARM_64,
      memorySize: props.memorySizeMib,
      timeout: props.timeout,
      environment: { ...props.environment },
      logGroup,
      role: this.grantPrincipal,
      // An event older than two hours is not worth a retry: the next night catches up.
      maxEventAge: MAX_EVENT_AGE,
      retryAttempts: 2,
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
    // Not lambda-destinations' SqsDestination, which also grants reading the queue's attributes.
    this.allow(['sqs:SendMessage'], this.deadLetters.queueArn);
    acknowledge(this.function, {
      'AwsSolutions-L1':
        'The runtime is chosen by context; the default is the latest, and the code is tested on 20 and 24.',
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

  /** Adds to the role exactly these actions, where a grant method of the library would add more. */
  allow(actions: readonly string[], resource: string, conditions: Conditions = {}): void {
    this.grantPrincipal.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource], conditions }));
  }

  #makeQueue(): Queue {
    const queue = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(queue, { 'AwsSolutions-SQS3': 'This is the dead-letter queue itself; an alarm watches it.' });
    return queue;
  }

  /** Not the managed policy for execution, which may write to every log group of the account. */
  #makeRole(logGroup: LogGroup): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    return role;
  }
}

const MAX_EVENT_AGE = Duration.hours(2);
