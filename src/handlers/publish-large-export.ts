import { parquetDetailWriter } from '../adapters/aws/parquet-detail.ts';
import { S3Files } from '../adapters/aws/s3-files.ts';
import { publishCounted } from '../pipeline/aggregate-export.ts';
import { readMergedExport } from '../pipeline/read-merged-export.ts';
import { RESERVED_MILLIS } from '../pipeline/run-context.ts';
import { publishLargeExportInput } from '../schemas/large-export.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';
import { codeVersion, publishingPorts, s3 } from './publishing-ports.ts';

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
    const files = new S3Files(s3, input.aggregation.bucket, signal);
    const { detail, ...ports } = publishingPorts(signal);
    const details = parquetDetailWriter(detail);
    const counted = await readMergedExport({ files, partials: files, details }, input.aggregation);
    const { exportId, days } = await publishCounted(ports, counted, {
      runId: input.executionName,
      startedAt: input.startedAt,
      codeVersion,
      force: input.force,
      now: () => new Date(),
      remainingMillis: () => context.getRemainingTimeInMillis(),
      log,
    });
    return { exportId, days: days.length };
  });
