import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { PipelineFault } from '../../pipeline/faults.ts';
import { exportEnvironment, parseEnvironment } from '../../schemas/environment.ts';
import { parseInput } from '../../schemas/parse-input.ts';

/** The outputs of the stack that commands need; cdk/daytally-stack.ts makes them. */
const outputs = z.object({
  ExportFunctionName: z.string('an output of the stack'),
  AggregatorFunctionName: z.string('an output of the stack'),
  ExportBucketName: z.string('an output of the stack'),
  AnalyticsTableName: z.string('an output of the stack'),
  AlarmTopicArn: z.string('an output of the stack'),
  DashboardUrl: z.string('an output of the stack'),
});

/** Daytally as it is deployed: a stack and what it is made of. */
export interface Installation extends z.output<typeof outputs> {
  readonly stackName: string;
}

/** Where and as whom: what is not given comes from the environment, as everywhere in the SDK. */
export interface AwsOptions {
  readonly region?: string | undefined;
}

/** Options of any of the SDK's clients. */
export const clientOptions = ({ region }: AwsOptions) => (region === undefined ? {} : { region });

/**
 * Finds a deployed stack.
 * @throws PipelineFault where there is no such stack, or it is none of Daytally
 */
export async function findInstallation(stackName: string, options: AwsOptions): Promise<Installation> {
  const client = new CloudFormationClient(clientOptions(options));
  const region = await client.config.region();
  const { Stacks: [stack] = [] } = await client
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((error: unknown) => {
      throw isMissing(error) ? noSuchStack(stackName, region, error) : error;
    });
  const values = Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
  );
  return { ...parseInput(outputs, values, `the outputs of stack ${stackName}`), stackName };
}

/** CloudFormation has no error of its own for a stack that is not there. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ValidationError' && error.message.includes('does not exist');

const noSuchStack = (stackName: string, region: string, cause: unknown): PipelineFault =>
  new PipelineFault({
    what: 'there is no such stack',
    where: `${stackName} in ${region}`,
    expected: 'a deployed stack of Daytally',
    found: 'none',
    remedy: 'name it with --stack and --region, or deploy it (npm run deploy)',
    cause,
  });

/** Reads from the Export function which table it exports, and where to. */
export async function exportSettings(exportFunctionName: string, options: AwsOptions) {
  const client = new LambdaClient(clientOptions(options));
  const get = new GetFunctionConfigurationCommand({ FunctionName: exportFunctionName });
  const { Environment: environment } = await client.send(get);
  return parseEnvironment(exportEnvironment, { ...environment?.Variables });
}
