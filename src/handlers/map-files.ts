import { s3Client } from '../adapters/aws/clients.ts';
import { S3Files } from '../adapters/aws/s3-files.ts';
import { simdReader } from '../adapters/dynamodb-json/simd-reader.ts';
import { rulesFor } from '../domain/counting-rules.ts';
import { readSummary } from '../pipeline/count/count-export.ts';
import { mapFiles } from '../pipeline/large/map-files.ts';
import { countingEnvironment, parseEnvironment } from '../schemas/environment.ts';
import { mapFilesInput } from '../schemas/large-export.ts';
import { parseInput } from '../schemas/parse-input.ts';
import { definitionBeside } from './definition.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';

const definition = definitionBeside(parseEnvironment(countingEnvironment, process.env).DEFINITION_FILE);
const s3 = s3Client();

/** Enough to say that the time is up. */
const RESERVED_MILLIS = 3000;

/**
 * Counts some data files of a large export: a child of the state machine's first Map.
 * @param event see schemas/large-export.ts
 * @returns nothing that the next step would need: it looks at what was written
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<{ readonly files: number }> =>
  await runInvocation('daytally-map-files', context, RESERVED_MILLIS, async ({ log, signal }) => {
    const { BatchInput, Items } = parseInput(mapFilesInput, event, 'the batch');
    const { aggregation } = BatchInput;
    const files = new S3Files(s3, aggregation.bucket, signal);
    const { summary } = await readSummary(files, aggregation.manifestKey);
    const rules = rulesFor(definition, summary.scope);
    const { window } = summary;
    await mapFiles({ files, partials: files, reader: simdReader }, aggregation, { rules, window }, Items);
    log.step('files counted', { exportId: summary.origin.exportId, files: Items.length });
    return { files: Items.length };
  });
