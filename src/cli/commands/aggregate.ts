import { type Command, Option } from '@commander-js/extra-typings';
import { reportFormats } from '../export-report.ts';
import { UsageError } from '../failures.ts';
import { countOption, dayOption, definitionOption, examples } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** `daytally aggregate <export>`: counts an export and writes nothing anywhere. */
export const registerAggregate = (program: Command, terminal: Terminal): void => {
  program
    .command('aggregate')
    .description('count an export and print its daily metrics; writes nothing')
    .argument('<export>', 'a directory, a manifest-summary.json, an s3:// URL of one, or an s3:// prefix')
    .option('--from <day>', "first day to count (narrows the export's own days)", dayOption)
    .option('--to <day>', 'last day to count', dayOption)
    .addOption(new Option('--format <format>', 'of the result').choices(reportFormats).default('table' as const))
    .option('--raw', 'with --format csv: cells as they are, for programs; a spreadsheet might run one')
    .option('--detail', 'with --format json: also the users behind the numbers')
    .addOption(definitionOption())
    .option('--threads <number>', 'data files to read at a time', countOption, 1)
    .addHelpText(
      'after',
      examples(
        ['a directory with one export in it', 'aggregate ./my-export'],
        ['with the users behind the numbers', 'aggregate ./my-export --format json --detail'],
        ['the newest complete export under a prefix', 'aggregate s3://bucket/exports/incremental/'],
        ['a table of your own', 'aggregate ./my-export --definition shop.json'],
      ),
    )
    .action(async (path, options) => {
      const { from, to, format, detail, raw } = options;
      if (raw === true && format !== 'csv') throw new UsageError('--raw needs --format csv');
      if (detail === true && format !== 'json') throw new UsageError('--detail needs --format json');
      if (from !== undefined && to !== undefined && from > to) throw new UsageError('--from lies after --to');
      const { aggregateExport } = await import('../aggregate/aggregate-export.ts');
      await aggregateExport(path, options, terminal);
    });
};
