import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type Conditions, type IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Definition } from '../../src/domain/definition.ts';
import { acknowledge } from './acknowledge.ts';
import { DEFINITION_FILE, handlerCode } from './handler-code.ts';

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

export interface NodeFunctionProps extends RuntimeProps {
  /** The file in src/handlers that exports `handler`, without its ending. */
  readonly entry: string;
  readonly description: string;
  readonly memorySizeMib: number;
  readonly timeout: Duration;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * What is counted; lies beside the function's code, and the environment names it.
   * @default - for functions that count nothing
   */
  readonly definition?: Definition | undefined;
}

/**
 * A Lambda function of src/handlers, with a log that is kept for a week and a role that may write it and nothing else
 * until it is granted more.
 */
export class NodeFunction extends Construct implements IGrantable {
  readonly function: LambdaFunction;
  readonly grantPrincipal: Role;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_WEEK,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not Lambda's own role with the managed policy for execution, which may write to every log group of the account.
    this.grantPrincipal = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this);
    this.function = new LambdaFunction(this, 'Function', {
      code: handlerCode(this, props.entry, props.definition),
      handler: 'index.handler',
      description: props.description,
      runtime: props.runtime ?? Runtime.NODEJS_24_X,
      architecture: props.architecture ?? Architecture.ARM_64,
      memorySize: props.memorySizeMib,
      timeout: props.timeout,
      environment: {
        ...props.environment,
        ...(props.definition === undefined ? {} : { DEFINITION_FILE }),
      },
      logGroup,
      role: this.grantPrincipal,
    });
    acknowledge(this.function, {
      'AwsSolutions-L1':
        'The runtime is chosen by context; the default is the latest, and the code is tested on 20 and 24.',
    });
  }

  /** Adds to the role exactly these actions, where a grant method of the library would add more. */
  allow(actions: readonly string[], resource: string, conditions: Conditions = {}): void {
    this.grantPrincipal.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [resource], conditions }));
  }
}
