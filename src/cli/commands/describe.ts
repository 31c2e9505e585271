import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type Command, Option } from '@commander-js/extra-typings';
import { itemReader } from '../../adapters/dynamodb-json/item-reader.ts';
import type { TableDescription } from '../../domain/describe/description.ts';
import { describeExport } from '../../pipeline/describe/describe-export.ts';
import { toPage } from '../../report/describe/html/page.ts';
import { toOutput } from '../../report/describe/output.ts';
import { toText } from '../../report/describe/text.ts';
import { type Layout, plainLayout } from '../../report/terminal-text.ts';
import { describeOutput } from '../../schemas/describe-output.ts';
import { writeDraft } from '../describe/write-draft.ts';
import { UsageError } from '../failures.ts';
import { type NamedExport, openNamedExport, openStackExport } from '../open-named-export.ts';
import { countOption, examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

const formats = ['table', 'json', 'html'] as const;
type Format = (typeof formats)[number];

const DEFAULT_STACK = 'Daytally';

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
    .addHelpText(
      'after',
      examples(
        ['what is in the table', 'describe ./my-export'],
        ['and a definition of it', 'describe ./my-export --draft daytally.json'],
        ['the first records of each file of the newest export', 'describe s3://bucket/prefix/ --sample 10000'],
        ['of an installation, as a page', 'describe --stack --format html --out table.html'],
      ),
    )
    .action(async (path, { stack, region, sample, format, out, draft }) => {
      if (draft !== undefined && existsSync(draft))
        throw new UsageError(`--draft ${draft}: there is such a file already`);
      const source = await openSource(path, stack, region);
      const progress = terminal.progress('reading', 1);
      const description = await describeExport({ files: source.files, reader: itemReader }, source.manifestKey, {
        sample,
        onProgress: (share) => progress.update(share),
      }).finally(() => progress.stop());
      await put(description, format, out, terminal);
      if (draft !== undefined) await writeDraft(description, draft, path, terminal);
    });
};

async function openSource(
  path: string | undefined,
  stack: string | boolean | undefined,
  region: string | undefined,
): Promise<NamedExport> {
  if ((path === undefined) === (stack === undefined)) throw new UsageError('name either an export or --stack');
  if (path !== undefined) {
    if (region !== undefined) throw new UsageError('--region needs --stack');
    return openNamedExport(path);
  }
  return openStackExport(typeof stack === 'string' ? stack : DEFAULT_STACK, { region });
}

const writers: Record<Exclude<Format, 'table'>, (description: TableDescription) => string> = {
  json: (description) => `${JSON.stringify(describeOutput.parse(toOutput(description)), undefined, 2)}\n`,
  html: toPage,
};

async function put(
  description: TableDescription,
  format: Format,
  out: string | undefined,
  terminal: Terminal,
): Promise<void> {
  const write = (layout: Layout): string =>
    format === 'table' ? toText(description, layout) : writers[format](description);
  if (out !== undefined) {
    await writeFile(out, write(plainLayout));
    terminal.note(`wrote ${out}`);
  } else if (format === 'table') terminal.result(write(terminal));
  else terminal.data(write(plainLayout));
}
