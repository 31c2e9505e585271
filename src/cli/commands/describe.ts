import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type Command, Option } from '@commander-js/extra-typings';
import { itemReader } from '../../adapters/dynamodb-json/item-reader.ts';
import type { TableDescription } from '../../domain/describe/description.ts';
import { describeExport } from '../../pipeline/describe/describe-export.ts';
import { toPage } from '../../report/describe/html/page.ts';
import { toOutput } from '../../report/describe/output.ts';
import { toText } from '../../report/describe/text.ts';
import { type Paint, plain } from '../../report/terminal-text.ts';
import { describeOutput } from '../../schemas/describe-output.ts';
import { writeDraft } from '../describe/write-draft.ts';
import { UsageError } from '../failures.ts';
import { type NamedExport, openNamedExport, openStackExport } from '../open-named-export.ts';
import { countOption } from '../options.ts';
import type { Terminal } from '../terminal.ts';

const formats = ['table', 'json', 'html'] as const;
type Format = (typeof formats)[number];

const DEFAULT_STACK = 'Daytally';

const examples = `
Examples:
  daytally describe ./my-export                          what is in the table
  daytally describe ./my-export --draft daytally.json    and a definition of it
  daytally describe s3://bucket/prefix/ --sample 10000   the first records of each file of the newest export
  daytally describe --stack --format html --out table.html`;

/** `daytally describe [<export>]`: says what is in a table, and drafts a definition of it. */
export const registerDescribe = (program: Command, terminal: Terminal): void => {
  program
    .command('describe')
    .description('say what is in a table, from an export of it, and draft a definition; no value is shown')
    .argument('[export]', 'a directory, a manifest-summary.json, an s3:// URL of one, or an s3:// prefix')
    .option('--stack [name]', `the newest export in the bucket of a deployed stack (default: ${DEFAULT_STACK})`)
    .option('--region <region>', 'its AWS region (default: as the AWS SDK finds it)')
    .option('--sample <records>', 'read so many records of each file at most', countOption)
    .addOption(new Option('--format <format>', 'of the result').choices(formats).default('table' as const))
    .option('--out <file>', 'write the result to a file')
    .option('--draft <file>', 'write a definition of what was found to a new file')
    .addHelpText('after', examples)
    .action(async (path, { stack, region, sample, format, out, draft }) => {
      if (draft !== undefined && existsSync(draft))
        throw new UsageError(`--draft ${draft}: there is such a file already`);
      const source = await openSource(path, stack, region);
      const progress = terminal.progress('reading', 1);
      const description = await describeExport({ files: source.files, reader: itemReader }, source.manifestKey, {
        sample,
        onProgress: (share) => progress.update(share),
      }).finally(() => progress.stop());
      const result = writers[format](description, out === undefined ? terminal.paint : plain);
      if (out === undefined) terminal.result(result);
      else await writeFile(out, result).then(() => terminal.note(`wrote ${out}`));
      if (draft !== undefined) await writeDraft(description, draft, path, terminal);
    });
};

async function openSource(
  path: string | undefined,
  stack: string | boolean | undefined,
  region: string | undefined,
): Promise<NamedExport> {
  if ((path === undefined) === (stack === undefined)) throw new UsageError('name either an export or --stack');
  if (path !== undefined) return openNamedExport(path);
  return openStackExport(typeof stack === 'string' ? stack : DEFAULT_STACK, { region });
}

const writers: Record<Format, (description: TableDescription, paint: Paint) => string> = {
  table: toText,
  json: (description) => JSON.stringify(describeOutput.parse(toOutput(description)), undefined, 2),
  html: toPage,
};
