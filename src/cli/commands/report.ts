import { writeFile } from 'node:fs/promises';
import { type Command, Option } from '@commander-js/extra-typings';
import { metrics } from '../../domain/metrics.ts';
import { PipelineFault } from '../../pipeline/faults.ts';
import { toPage } from '../../report/html/page.ts';
import { PITR_MAX_DAYS } from '../../report/nights.ts';
import { buildReport, type Report } from '../../report/report.ts';
import { columnsOf, toCsv, toJson } from '../../report/rows.ts';
import { harmless, type Paint, plain } from '../../report/terminal-text.ts';
import { toText } from '../../report/text-report.ts';
import { UsageError } from '../failures.ts';
import { dayOption, spanOption, withLedger } from '../options.ts';
import type { Terminal } from '../terminal.ts';

const formats = ['table', 'json', 'csv', 'html', 'parquet'] as const;
const DEFAULT_DAYS = 30;

const examples = `
Examples:
  daytally report                                       the last 30 days of the stack Daytally
  daytally report --app chess --metric gamesPlayed      one number
  daytally report --from 2026-01-01 --format html --out report.html
  daytally report --folder demo-output --format csv     what \`daytally demo\` has stored`;

/** `daytally report`: prints, plots or writes the stored days. */
export const registerReport = (program: Command, terminal: Terminal): void => {
  withLedger(program.command('report'))
    .description('print, plot or write the stored days')
    .option('--from <day>', `first day (default: ${DEFAULT_DAYS} days)`, dayOption)
    .option('--to <day>', 'last day (default: yesterday, UTC)', dayOption)
    .option('--app <app>', 'only this app')
    .addOption(new Option('--metric <id>', 'only this metric').choices(metrics.map(({ id }) => id)))
    .addOption(new Option('--format <format>', 'of the result').choices(formats).default('table' as const))
    .option('--out <file>', 'write the result to a file')
    .addHelpText('after', examples)
    .action(async ({ from, to, app, metric, format, out, ...options }) => {
      if (format === 'parquet' && out === undefined) throw new UsageError('--format parquet needs --out');
      const span = spanOption(from, to, DEFAULT_DAYS);
      const { openLedger } = await import('../ledger-source.ts');
      const ledger = await openLedger(options, terminal);
      try {
        const entries = await ledger.read({ from: span.from - PITR_MAX_DAYS, to: span.to });
        const earliestRestorable = (await ledger.recovery())?.earliest ?? null;
        const report = buildReport({ ...span, entries, now: Date.now(), earliestRestorable, app, metric });
        requireApp(app, report);
        await put(await writers[format](report, out === undefined ? terminal.paint : plain), out, terminal);
      } finally {
        await ledger.close();
      }
    });
};

type Writer = (report: Report, paint: Paint) => string | Promise<Uint8Array>;

const writers: Record<(typeof formats)[number], Writer> = {
  table: toText,
  json: toJson,
  csv: toCsv,
  html: (report) => toPage(report, { title: 'Product metrics', theme: 'auto' }),
  parquet: async (report) => {
    // Loaded only here: every other command would start 30 ms later.
    const { parquetWriteBuffer } = await import('hyparquet-writer');
    return new Uint8Array(parquetWriteBuffer({ columnData: columnsOf(report) }));
  },
};

/** A misspelt app would look like one that nobody plays. */
function requireApp(app: string | undefined, { apps, from, to }: Report): void {
  if (app === undefined || apps.includes(app)) return;
  throw new PipelineFault({
    what: 'nothing was counted for the app',
    where: harmless(app),
    expected: `an app with numbers from ${from} to ${to}`,
    found: 'none',
    remedy: '`daytally report` without --app lists them',
  });
}

async function put(result: string | Uint8Array, out: string | undefined, terminal: Terminal): Promise<void> {
  if (out === undefined) {
    terminal.result(result.toString());
    return;
  }
  await writeFile(out, result);
  terminal.note(`wrote ${out}`);
}
