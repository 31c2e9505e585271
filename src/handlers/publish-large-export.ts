import { cloudWatchClient, dynamoDbClient, s3Client } from '../adapters/aws/clients.ts';
import { S3Files } from '../adapters/aws/s3-files.ts';
import { publishCounted } from '../pipeline/aggregate-export.ts';
import { readMergedExport } from '../pipeline/large/read-merged-export.ts';
import { RESERVED_MILLIS } from '../pipeline/run-context.ts';
import { parseEnvironment, publisherEnvironment } from '../schemas/environment.ts';
import { publishLargeExportInput } from '../schemas/large-export.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { aggregationPorts } from './aggregation-ports.ts';
import { definitionBeside } from './definition.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';

const environment = parseEnvironment(publisherEnvironment, process.env);
const definition = definitionBeside(environment.DEFINITION_FILE);
const clients = { dynamoDb: dynamoDbClient(), s3: s3Client(), cloudWatch: cloudWatchClient() };

/** What an execution ends with: of all days only the number, for a state's output has 256 KiB at most. */
export interface PublishedLargeExport {
  readonly exportId: string;
  readonly days: number;
}

/**
 * Publishes the numbers of a large export: the state machine's last step. A repetition goes on where the one before
 * stopped, for it runs under the same name.
 * @param event see schemas/large-export.ts
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<PublishedLargeExport> =>
  await runInvocation('daytally-publish-large-export', context, RESERVED_MILLIS, async ({ log, signal }) => {
    const input = parseInput(publishLargeExportInput, event, 'the input');
    const ports = aggregationPorts(clients, { environment, definition }, input.aggregation.bucket, signal);
    const partials = new S3Files(clients.s3, input.aggregation.bucket, signal);
    const counted = await readMergedExport({ ...ports, partials }, input.aggregation);
    const { exportId, days } = await publishCounted(ports, counted, {
      runId: input.executionName,
      startedAt: input.startedAt,
      codeVersion: environment.CODE_VERSION,
      force: input.force,
      now: () => new Date(),
      remainingMillis: () => context.getRemainingTimeInMillis(),
      log,
    });
    return { exportId, days: days.length };
  });
