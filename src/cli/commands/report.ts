import { writeFile } from 'node:fs/promises';
import { type Command, Option } from '@commander-js/extra-typings';
import { DAYS_READ_BEFORE } from '../../report/nights.ts';
import { buildReport, type Report, type ShownMetric } from '../../report/report.ts';
import { columnsOf, toCsv, toJson } from '../../report/rows.ts';
import { toText } from '../../report/text-report.ts';
import { UsageError } from '../failures.ts';
import { examples, spanOption, withLedger, withSpan } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { unknownApp } from '../unknown-app.ts';

const formats = ['table', 'json', 'csv', 'html', 'parquet'] as const;

/** `daytally report`: prints, plots or writes the stored days. */
export const registerReport = (program: Command, terminal: Terminal): void => {
  withSpan(withLedger(program.command('report')))
    .description('print, plot or write the stored days')
    .option('--app <app>', 'only this app')
    .option('--metric <id>', 'only this metric')
    .addOption(new Option('--format <format>', 'of the result').choices(formats).default('table' as const))
    .option('--out <file>', 'write the result to a file')
    .option('--raw', 'with --format csv: cells as they are, for programs; a spreadsheet might run one')
    .addHelpText(
      'after',
      examples(
        ['the last days of the stack Daytally', 'report'],
        ['one app', 'report --app chess'],
        ['a page with plots', 'report --from 2026-01-01 --format html --out report.html'],
        ['what the demo has stored', 'report --folder demo-output --format csv'],
      ),
    )
    .action(async ({ days, from, to, app, metric, format, out, raw = false, ...options }) => {
      if (raw && format !== 'csv') throw new UsageError('--raw needs --format csv');
      if (format === 'parquet' && out === undefined) throw new UsageError('--format parquet needs --out');
      const span = spanOption({ days, from, to });
      const { openLedger } = await import('../ledger-source.ts');
      const ledger = await openLedger(options, terminal);
      try {
        const entries = await ledger.read({ from: span.from - DAYS_READ_BEFORE, to: span.to });
        const earliestRestorable = (await ledger.recovery())?.earliest ?? null;
        const metrics = await ledger.metrics(entries);
        const definitions = await ledger.definitions(entries);
        requireMetric(metric, metrics);
        const report = buildReport({
          ...span,
          entries,
          now: Date.now(),
          earliestRestorable,
          metrics,
          definitions,
          app,
          metric,
        });
        if (app !== undefined && !report.apps.includes(app)) throw unknownApp(app, span, entries);
        await put(report, { format, out, raw }, terminal);
      } finally {
        await ledger.close();
      }
    });
};

interface Output {
  readonly format: (typeof formats)[number];
  readonly out: string | undefined;
  readonly raw: boolean;
}

type Writer = (report: Report, output: Output) => string | Promise<string | Uint8Array>;

/** What writes a page or Parquet is loaded only for that: every other command would start later. */
const writers: Record<Exclude<(typeof formats)[number], 'table'>, Writer> = {
  json: toJson,
  csv: toCsv,
  html: async (report) => {
    const { toPage } = await import('../../report/html/page.ts');
    return toPage(report, { title: 'Product metrics', theme: 'auto' });
  },
  parquet: async (report) => {
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    return new Uint8Array(parquetWriteBuffer({ columnData: columnsOf(report) }));
  },
};

/** Which metrics there are is known only where the numbers are. */
function requireMetric(id: string | undefined, metrics: readonly ShownMetric[]): void {
  const ids = metrics.map((metric) => metric.id);
  if (id === undefined || ids.includes(id)) return;
  throw new UsageError(`--metric ${id}: expected one of ${ids.join(', ')}`);
}

async function put(report: Report, output: Output, terminal: Terminal): Promise<void> {
  const { format, out } = output;
  if (out !== undefined) {
    await writeFile(out, await (format === 'table' ? toText(report) : writers[format](report, output)));
    terminal.note(`wrote ${out}`);
  } else if (format === 'table') terminal.result(toText(report, terminal));
  else terminal.data(`${await writers[format](report, output)}`);
}
