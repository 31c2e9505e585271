import { existsSync } from 'node:fs';
import { type Command, Option } from '@commander-js/extra-typings';
import { UsageError } from '../failures.ts';
import { countOption, describeFormats, examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `daytally describe [<export>]`: says what is in a table, and drafts a definition of it. */
export const registerDescribe = (program: Command, terminal: Terminal): void => {
  program
    .command('describe')
    .description('say what is in a table, from an export of it, and draft a definition; no value is shown')
    .argument('[export]', 'a directory, a manifest-summary.json, an s3:// URL of one, or an s3:// prefix')
    .option('--stack [name]', 'the newest export in the bucket of a deployed stack (default: Daytally)')
    .option('--region <region>', 'its AWS region (default: as the AWS SDK finds it)')
    .option('--sample <records>', 'read so many records of each file at most', countOption)
    .addOption(new Option('--format <format>', 'of the result').choices(describeFormats).default('table' as const))
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
    .action(async (path, options) => {
      const { draft } = options;
      if (draft !== undefined && existsSync(draft))
        throw new UsageError(`--draft ${draft}: there is such a file already`);
      const { tellTable } = await import('../describe/tell-table.ts');
      await tellTable(path, options, terminal);
    });
};
