import type { LargeExportInput } from '../../src/schemas/large-export.ts';

/** What the definition refers to. */
export interface LargeExportDefinitionProps {
  readonly partition: string;
  readonly mapFilesArn: string;
  readonly mergeShardArn: string;
  readonly publishArn: string;
  /** How many batches of files, or shards, are worked at at a time. */
  readonly maxConcurrency: number;
}

/** A field of the input with which an execution is started. */
const input = (path: keyof LargeExportInput): string => `$.${path}`;

/** Labels of the Maps: their children's names begin with them. */
export const MAP_LABELS = { mapFiles: 'MapFiles', mergeShards: 'MergeShards' } as const;

/**
 * The state machine that counts a large export, in Amazon States Language. No state hands on what it has found: what
 * the next needs is in S3 under names that follow from the input, and a state's output has 256 KiB at most.
 *
 * There is no Catch: an execution fails in the state that failed, with its error and cause, and can be redriven from
 * there.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
export const largeExportDefinition = ({
  partition,
  mapFilesArn,
  mergeShardArn,
  publishArn,
  maxConcurrency,
}: LargeExportDefinitionProps) => {
  const invoke = (functionArn: string) => invokeTask(partition, functionArn);
  return {
    Comment: 'Daytally: counts an export that is too large for one function, and publishes its numbers',
    // As long as the intermediate objects live.
    TimeoutSeconds: 86_400,
    StartAt: 'MapFiles',
    States: {
      MapFiles: {
        Type: 'Map',
        Comment: "Counts the export's data files, as DynamoDB's own manifest lists them",
        Label: MAP_LABELS.mapFiles,
        ItemReader: {
          Resource: `arn:${partition}:states:::s3:getObject`,
          ReaderConfig: { InputType: 'JSONL' },
          Parameters: { 'Bucket.$': input('bucket'), 'Key.$': input('manifestFilesKey') },
        },
        ItemBatcher: {
          MaxItemsPerBatchPath: input('filesPerBatch'),
          BatchInput: { 'aggregation.$': input('aggregation') },
        },
        ...everyChildMustSucceed(maxConcurrency),
        ItemProcessor: childOf('CountBatch', invoke(mapFilesArn)),
        ResultPath: null,
        Next: 'MergeShards',
      },
      MergeShards: {
        Type: 'Map',
        Comment: 'Adds up what was counted of each shard of the users',
        Label: MAP_LABELS.mergeShards,
        ItemsPath: input('shardNumbers'),
        ItemSelector: { 'aggregation.$': input('aggregation'), 'shard.$': '$$.Map.Item.Value' },
        ...everyChildMustSucceed(maxConcurrency),
        ItemProcessor: childOf('MergeShard', invoke(mergeShardArn)),
        ResultPath: null,
        Next: 'Publish',
      },
      Publish: {
        ...invoke(publishArn),
        Comment: 'Writes records, metrics and the ledger, the same way as for a small export',
        Parameters: {
          FunctionName: publishArn,
          Payload: {
            'aggregation.$': input('aggregation'),
            'force.$': input('force'),
            'executionName.$': '$$.Execution.Name',
            'startedAt.$': '$$.Execution.StartTime',
          },
        },
        Retry: [GO_ON_PUBLISHING, ...RETRIES],
        OutputPath: '$.Payload',
        End: true,
      },
    },
  };
};

const everyChildMustSucceed = (maxConcurrency: number) => ({
  MaxConcurrency: maxConcurrency,
  ToleratedFailurePercentage: 0,
});

/** Standard and not Express, whose executions end after five minutes. */
const childOf = (name: string, task: ReturnType<typeof invokeTask>) => ({
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  StartAt: name,
  // All children's outputs together must fit into one state's: so each is empty.
  States: { [name]: { ...task, OutputPath: null, End: true } },
});

const invokeTask = (partition: string, functionArn: string) => ({
  Type: 'Task',
  Resource: `arn:${partition}:states:::lambda:invoke`,
  Parameters: { FunctionName: functionArn, 'Payload.$': '$' },
  Retry: RETRIES,
});

/** What is wrong with the export stays wrong: a repetition would only hide it for longer. */
const FAULTS_THAT_STAY = ['ExportFault', 'InvalidInput', 'MissingObject', 'MissingPartial'];

/**
 * All functions of an account share its concurrency, which may be 10 in a new one, and others may be busy for hours.
 * In a retrier of its own, so that waiting uses up no attempt at anything else. With full jitter 1,000 attempts wait 300
 * times 1,000 seconds by half, 41 hours: longer than an execution may take. Each leaves five events of the 25,000 that
 * the history of a child may have.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
 */
const WAIT_FOR_CONCURRENCY = {
  ErrorEquals: ['Lambda.TooManyRequestsException'],
  IntervalSeconds: 5,
  BackoffRate: 2,
  MaxDelaySeconds: 300,
  MaxAttempts: 1000,
  JitterStrategy: 'FULL',
};

/**
 * Faults of Lambda, of S3 and of the network pass.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html
 */
const RETRIES = [
  { ErrorEquals: FAULTS_THAT_STAY, MaxAttempts: 0 },
  WAIT_FOR_CONCURRENCY,
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
    ],
    IntervalSeconds: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 120,
    MaxAttempts: 10,
    JitterStrategy: 'FULL',
  },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 3, JitterStrategy: 'FULL' },
];

/** Its time is up, but the days that it has finished stay finished: 90 times 15 minutes are most of a day. */
const GO_ON_PUBLISHING = { ErrorEquals: ['UnfinishedRun'], IntervalSeconds: 5, BackoffRate: 1, MaxAttempts: 90 };
