import { writeFile } from 'node:fs/promises';
import { itemReader } from '../../adapters/dynamodb-json/item-reader.ts';
import type { TableDescription } from '../../domain/describe/description.ts';
import { describeExport } from '../../pipeline/describe/describe-export.ts';
import { toPage } from '../../report/describe/html/page.ts';
import { toOutput } from '../../report/describe/output.ts';
import { toText } from '../../report/describe/text.ts';
import { type Layout, plainLayout } from '../../report/terminal-text.ts';
import { describeOutput } from '../../schemas/describe-output.ts';
import { DEFAULT_STACK } from '../complete-commands.ts';
import { UsageError } from '../failures.ts';
import { type NamedExport, openNamedExport, openStackExport } from '../open-named-export.ts';
import type { describeFormats } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { writeDraft } from './write-draft.ts';

type Format = (typeof describeFormats)[number];

/** As the options of `daytally describe` say. */
export interface DescribeOptions {
  readonly stack?: string | true | undefined;
  readonly region?: string | undefined;
  readonly sample?: number | undefined;
  readonly format: Format;
  readonly out?: string | undefined;
  readonly draft?: string | undefined;
}

/** Says what is in the table of an export, and drafts a definition where one is asked for. */
export async function tellTable(path: string | undefined, options: DescribeOptions, terminal: Terminal): Promise<void> {
  const { stack, region, sample, format, out, draft } = options;
  const description = await describe(await openSource(path, stack, region), sample, terminal);
  await put(description, format, out, terminal);
  if (draft !== undefined) await writeDraft(description, draft, path, terminal);
}

/** Drafts a definition of an export to a new file. */
export const draftOf = async (path: string, file: string, terminal: Terminal): Promise<void> =>
  writeDraft(await describe(await openNamedExport(path), undefined, terminal), file, path, terminal);

async function describe(
  source: NamedExport,
  sample: number | undefined,
  terminal: Terminal,
): Promise<TableDescription> {
  const progress = terminal.progress('reading', 1);
  return await describeExport({ files: source.files, reader: itemReader }, source.manifestKey, {
    sample,
    onProgress: (share) => progress.update(share),
  }).finally(() => progress.stop());
}

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
