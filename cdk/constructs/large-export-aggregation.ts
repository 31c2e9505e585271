import { ArnFormat, Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type * as z from 'zod';
import type { Definition } from '../../src/domain/definition.ts';
import type { publisherEnvironment } from '../../src/schemas/environment.ts';
import { LARGE_EXPORT_MEMORY_MB } from '../../src/schemas/large-export.ts';
import { acknowledge, anyOf, manyObjectsOf } from './acknowledge.ts';
import type { AnalyticsTable } from './analytics-table.ts';
import { grantPublishing, grantReadingExports, grantWritingPartials } from './export-grants.ts';
import { largeExportDefinition, MAP_LABELS } from './large-export-definition.ts';
import { NodeFunction, type RuntimeProps } from './node-function.ts';

export interface LargeExportAggregationProps extends RuntimeProps {
  /** Where the exports are, and what is kept of them between the steps. */
  readonly exportBucket: Bucket;
  /** Where the numbers go. */
  readonly analytics: AnalyticsTable;
  /** The environment of whatever publishes. */
  readonly publisherEnvironment: Readonly<
    Record<Exclude<keyof z.input<typeof publisherEnvironment>, 'DEFINITION_FILE' | 'INLINE_DETAIL_KB'>, string> & {
      INLINE_DETAIL_KB?: string;
    }
  >;
  /** What is counted. */
  readonly definition: Definition;
  /** CloudWatch namespace of the product metrics. */
  readonly metricsNamespace: string;
  /** With what both buckets are encrypted. */
  readonly encryptionKey?: IKey | undefined;
  /**
   * Memory of the functions, in MiB: how many users fit into a shard. With 1,769 comes one vCPU; more than one helps none.
   * @default 1769
   */
  readonly memorySizeMib?: number | undefined;
  /** How many functions work at a time, 1 to 1,000. All functions of an account share its concurrency. */
  readonly maxConcurrency: number;
}

/**
 * Counts exports that are too large for one function: Step Functions goes over the manifest of the export, functions
 * count batches of its files, others add up shards of the users, and one publishes. Costs nothing while it is not used.
 */
export class LargeExportAggregation extends Construct {
  readonly stateMachine: StateMachine;
  readonly memorySizeMib: number;
  readonly mapFiles: NodeFunction;
  readonly mergeShard: NodeFunction;
  readonly publish: NodeFunction;

  constructor(scope: Construct, id: string, props: LargeExportAggregationProps) {
    super(scope, id);
    this.memorySizeMib = props.memorySizeMib ?? LARGE_EXPORT_MEMORY_MB;
    this.mapFiles = this.#task('MapFiles', 'map-files', 'counts some data files of a large export', props);
    this.mergeShard = this.#task('MergeShard', 'merge-shard', 'adds up a shard of the users of a large export', props);
    this.publish = this.#task('Publish', 'publish-large-export', 'publishes the numbers of a large export', props);
    for (const worker of [this.mapFiles, this.mergeShard, this.publish]) grantReadingExports(worker, props);
    for (const worker of [this.mapFiles, this.mergeShard]) grantWritingPartials(worker, props);
    grantPublishing(this.publish, props.analytics, props.metricsNamespace);
    this.stateMachine = this.#makeStateMachine(props);
  }

  #task(
    id: string,
    entry: 'map-files' | 'merge-shard' | 'publish-large-export',
    does: string,
    props: LargeExportAggregationProps,
  ): NodeFunction {
    return new NodeFunction(this, id, {
      ...props,
      entry,
      description: `Daytally: ${does}`,
      memorySizeMib: this.memorySizeMib,
      timeout: Duration.minutes(15),
      environment: entry === 'publish-large-export' ? props.publisherEnvironment : {},
    });
  }

  #makeStateMachine(props: LargeExportAggregationProps): StateMachine {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') });
    const definition = largeExportDefinition({
      partition: Aws.PARTITION,
      mapFilesArn: this.mapFiles.function.functionArn,
      mergeShardArn: this.mergeShard.function.functionArn,
      publishArn: this.publish.function.functionArn,
      maxConcurrency: props.maxConcurrency,
    });
    const stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      stateMachineType: StateMachineType.STANDARD,
      role,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.#grantRunning(role, stateMachine, props);
    acknowledge(stateMachine, {
      'AwsSolutions-SF1': 'Step Functions itself keeps the history of executions for 90 days; the functions log.',
      'AwsSolutions-SF2': 'There are three steps, whose times the history shows: nothing to trace.',
    });
    return stateMachine;
  }

  /**
   * In a policy of its own, for it names the state machine, which names the role.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
   */
  #grantRunning(role: Role, stateMachine: StateMachine, props: LargeExportAggregationProps): void {
    const { exportBucket, encryptionKey } = props;
    const executions = executionsOf(stateMachine, '');
    const children = Object.values(MAP_LABELS).map((label) => executionsOf(stateMachine, `/${label}`));
    const policy = new Policy(this, 'RunPolicy', {
      statements: [
        allow(
          ['lambda:InvokeFunction'],
          [this.mapFiles, this.mergeShard, this.publish].map((worker) => worker.function.functionArn),
        ),
        allow(['s3:GetObject'], [exportBucket.arnForObjects('*')]),
        allow(['states:StartExecution'], [stateMachine.stateMachineArn]),
        allow(['states:DescribeExecution', 'states:StopExecution'], [executions, ...children]),
        allow(['states:RedriveExecution'], children),
        ...(encryptionKey === undefined ? [] : [allow(['kms:Decrypt'], [encryptionKey.keyArn])]),
      ],
    });
    policy.attachToRole(role);
    acknowledge(policy, {
      [manyObjectsOf(exportBucket, '*')]: 'Where the list of data files is, DynamoDB decides.',
      ...Object.fromEntries(
        [executions, ...children].map((arn) => [anyOf(this, arn), 'Step Functions chooses the names of children.']),
      ),
    });
  }
}

/** All executions of a state machine, or with `/label` of those that its Map of that label starts. */
const executionsOf = (stateMachine: StateMachine, label: string): string =>
  Stack.of(stateMachine).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachine.stateMachineName}${label}:*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });

const allow = (actions: string[], resources: string[]): PolicyStatement => new PolicyStatement({ actions, resources });
