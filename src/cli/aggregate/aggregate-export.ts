import { simdReader } from '../../adapters/dynamodb-json/simd-reader.ts';
import { countInThreads, type ThreadOptions, threadsPay } from '../../adapters/threads/count-in-threads.ts';
import { doubtsOf } from '../../domain/doubts.ts';
import type { UtcDay } from '../../domain/utc-day.ts';
import { type CountedExport, countExport } from '../../pipeline/count/count-export.ts';
import { formatNumber, plural } from '../../report/format.ts';
import { chosenDefinition } from '../chosen-definition.ts';
import { whyNothing } from '../counting-doubts.ts';
import { type reportFormats, toCsv, toJson, toTable } from '../export-report.ts';
import { NotWell } from '../failures.ts';
import { type NamedExport, openNamedExport } from '../open-named-export.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** As the options of `daytally aggregate` say. */
export interface AggregateOptions {
  readonly from?: UtcDay | undefined;
  readonly to?: UtcDay | undefined;
  readonly format: (typeof reportFormats)[number];
  readonly detail?: true | undefined;
  readonly raw?: true | undefined;
  readonly threads: number;
  readonly definition?: string | undefined;
}

/** Counts the export that a person named, and prints it. */
export async function aggregateExport(path: string, options: AggregateOptions, terminal: Terminal): Promise<void> {
  const { from, to, format, detail = false, raw = false, threads } = options;
  const definition = await chosenDefinition(options.definition, terminal);
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
}

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
  for (const { code, what, remedy } of doubtsOf(counts.records, counts.late)) {
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
