import { type Command, Option } from '@commander-js/extra-typings';
import { simdReader } from '../../adapters/dynamodb-json/simd-reader.ts';
import { countInThreads, type ThreadOptions, threadsPay } from '../../adapters/threads/count-in-threads.ts';
import { doubtsOf } from '../../domain/doubts.ts';
import { lateRecords } from '../../domain/outside-window.ts';
import { type CountedExport, countExport } from '../../pipeline/count/count-export.ts';
import { formatNumber, plural } from '../../report/format.ts';
import { chosenDefinition } from '../chosen-definition.ts';
import { whyNothing } from '../counting-doubts.ts';
import { reportFormats, toCsv, toJson, toTable } from '../export-report.ts';
import { NotWell, UsageError } from '../failures.ts';
import { type NamedExport, openNamedExport } from '../open-named-export.ts';
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
    .action(async (path, { from, to, format, detail = false, raw = false, threads, definition: named }) => {
      if (raw && format !== 'csv') throw new UsageError('--raw needs --format csv');
      if (detail && format !== 'json') throw new UsageError('--detail needs --format json');
      if (from !== undefined && to !== undefined && from > to) throw new UsageError('--from lies after --to');
      const definition = await chosenDefinition(named, terminal);
      const source = await openNamedExport(path);
      const progress = terminal.progress('counting', 1);
      const counted = await count(source, {
        definition,
        from,
        to,
        threads,
        onFile: ({ records, items }) => progress.update(items === 0 ? 1 : records / items),
      }).finally(() => progress.stop());
      if (format === 'table') terminal.result(toTable(counted, terminal));
      else terminal.data(format === 'csv' ? toCsv(counted, { raw }) : toJson(counted, detail));
      for (const line of remarks(counted)) terminal.note(line);
      const nothing = whyNothing(counted.counts);
      if (nothing !== undefined) throw new NotWell(nothing);
    });
};

/** A large export on a disk in threads; one in S3 in this thread, where it is the network that takes the time. */
async function count(source: NamedExport, options: ThreadOptions): Promise<CountedExport> {
  const { files, manifestKey } = source;
  const { definition } = options;
  if (source.directory !== undefined && options.threads > 1 && (await threadsPay(source))) {
    return countInThreads({ directory: source.directory }, manifestKey, options);
  }
  return countExport({ files, reader: simdReader, definition, concurrency: options.threads }, manifestKey, options);
}

/** Other names of keys, escapes, attributes that a definition asks for and an item lacks: DynamoDB writes such lines, too. */
const WORTH_A_NOTE = 0.01;

/** What a person should know before trusting the numbers. */
function remarks({ counts, summary, slowPathRecords }: CountedExport): string[] {
  const notes: string[] = [];
  if (summary.origin.quality === 'lowerBound') {
    notes.push("note: a full export holds only each item's last state: its counts are lower bounds");
  }
  if (counts.records.malformed > 0) {
    notes.push(`note: ${counts.records.malformed} malformed; --format json lists the first ones by file and line`);
  }
  const late = counts.rules.hasOldImages ? lateRecords(counts.outside) : null;
  for (const { code, what, remedy } of doubtsOf(counts.records, late)) {
    if (code !== 'nothingCounted') notes.push(`note: ${what}; ${remedy}`);
  }
  const slowShare = slowPathRecords / counts.records.read;
  if (slowShare > WORTH_A_NOTE) {
    notes.push(
      `note: ${formatNumber(slowPathRecords)} of ${plural(counts.records.read, 'record')} were read the slow way: counted alike, but far slower`,
    );
  }
  return notes;
}
