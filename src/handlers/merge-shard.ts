import { s3Client } from '../adapters/aws/clients.ts';
import { S3Files } from '../adapters/aws/s3-files.ts';
import { rulesFor } from '../domain/counting-rules.ts';
import { openExport } from '../pipeline/count/count-export.ts';
import { mergeShard } from '../pipeline/large/merge-shard.ts';
import { countingEnvironment, parseEnvironment } from '../schemas/environment.ts';
import { mergeShardInput } from '../schemas/large-export.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { definitionBeside } from './definition.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';

const definition = definitionBeside(parseEnvironment(countingEnvironment, process.env).DEFINITION_FILE);
const s3 = s3Client();

/** Enough to say that the time is up. */
const RESERVED_MILLIS = 3000;

/**
 * Adds up one shard of the users of a large export: a child of the state machine's second Map.
 * @param event see schemas/large-export.ts
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<{ readonly shard: number }> =>
  await runInvocation('daytally-merge-shard', context, RESERVED_MILLIS, async ({ log, signal }) => {
    const { aggregation, shard } = parseInput(mergeShardInput, event, 'the shard');
    const files = new S3Files(s3, aggregation.bucket, signal);
    const { summary, dataFiles } = await openExport(files, aggregation.manifestKey);
    const rules = rulesFor(definition, summary.scope);
    await mergeShard({ partials: files, rules }, aggregation, shard, dataFiles);
    log.step('shard merged', { shard, shards: aggregation.shards, files: dataFiles.length });
    return { shard };
  });
