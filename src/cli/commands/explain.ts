import type { Command } from '@commander-js/extra-typings';
import { type Metric, metrics, type Summary, zeroSummary } from '../../domain/metrics.ts';
import { recordOutcomes } from '../../domain/record-counts.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { formatDay, type UtcDay } from '../../domain/utc-day.ts';
import { formatBytes, formatDuration, formatNumber } from '../../report/format.ts';
import { type Night, nightsOf, PITR_MAX_DAYS, remediesOf, stateNames } from '../../report/nights.ts';
import { harmless, padEnd } from '../../report/terminal-text.ts';
import { NotWell } from '../failures.ts';
import { dayOption, withLedger } from '../options.ts';
import type { Terminal } from '../terminal.ts';

const examples = `
Examples:
  daytally explain 2026-11-20 chess
  daytally explain 2026-11-20 chess --folder demo-output`;

/** `daytally explain <day> <app>`: where a number came from. */
export const registerExplain = (program: Command, terminal: Terminal): void => {
  withLedger(program.command('explain'))
    .description('say where the numbers of a day and app came from')
    .argument('<day>', 'YYYY-MM-DD', dayOption)
    .argument('<app>', 'as in the report')
    .addHelpText('after', examples)
    .action(async (day, app, options) => {
      const { openLedger } = await import('../ledger-source.ts');
      const ledger = await openLedger(options, terminal);
      try {
        const entries = await ledger.read({ from: day - PITR_MAX_DAYS, to: day });
        const earliestRestorable = (await ledger.recovery())?.earliest ?? null;
        const [night] = nightsOf({ entries, from: day, to: day, now: Date.now(), earliestRestorable });
        if (night?.entry === undefined) throw unfinished(night, day);
        terminal.result(explain(night.entry, app, terminal.paint));
      } finally {
        await ledger.close();
      }
    });
};

function unfinished(night: Night | undefined, day: UtcDay): NotWell {
  const remedy = night === undefined ? undefined : remediesOf([night])[0];
  return new NotWell(
    `${formatDay(day)} has no numbers: ${night === undefined ? 'unknown' : stateNames[night.state]}${remedy === undefined ? '' : `; ${remedy.explanation} ${remedy.command}`}`,
  );
}

type Row = readonly [label: string, value: string];

function explain(entry: LedgerEntry, app: string, { bold }: Terminal['paint']): string {
  const block = (title: string, rows: readonly Row[]) => [
    bold(title),
    ...rows.map(([label, value]) => `  ${padEnd(label, LABEL_WIDTH)}${value}`),
    '',
  ];
  return [
    ...block(`${harmless(app)} on ${entry.date}`, numberRows(entry, app)),
    ...block('Export', exportRows(entry)),
    ...block('Records of the whole export', recordRows(entry)),
    ...block('Written', writtenRows(entry)),
    ...block('Replaced', replacedRows(entry, app)),
  ]
    .join('\n')
    .trimEnd();
}

const LABEL_WIDTH = 22;

const bound = ({ quality }: Pick<LedgerEntry, 'quality'>): string =>
  quality === 'exact' ? 'exact' : 'a lower bound: a full export holds only the last state of each item';

function numberRows(entry: LedgerEntry, app: string): Row[] {
  const summary = entry.apps.get(app);
  return [
    ...summaryRows(summary ?? zeroSummary),
    ...(summary === undefined ? [['', `nothing was counted for this app; counted: ${appsOf(entry)}`] as const] : []),
    ['quality', bound(entry)],
  ];
}

const summaryRows = (summary: Summary): Row[] =>
  (metrics as readonly (Metric & { readonly id: keyof Summary })[]).map(({ id, title, description }) => [
    title,
    `${formatNumber(summary[id])}  (${description.charAt(0).toLowerCase()}${description.slice(1)})`,
  ]);

const appsOf = ({ apps }: LedgerEntry): string => [...apps.keys()].map(harmless).join(', ') || 'none';

const exportRows = ({ exportId, exportType, exportTime, window, manifest }: LedgerEntry): Row[] => [
  ['id', exportId],
  ['type', exportType],
  ['state of', exportTime],
  ['days', `${window.from ?? 'the beginning'} to ${window.to}, both inclusive`],
  ['manifest', `s3://${manifest.bucket}/${manifest.key}`],
  ['manifest md5', manifest.md5],
];

const recordRows = ({ records, late, rejectsByReason, bytesRead }: LedgerEntry): Row[] => [
  ['read', `${formatNumber(records.read)} lines, ${formatBytes(bytesRead)} compressed`],
  ...recordOutcomes.map((outcome): Row => [outcomeNames[outcome], formatNumber(records[outcome])]),
  ...Object.entries(rejectsByReason).map(([reason, times]): Row => [`  ${reason}`, formatNumber(times)]),
  ['late', `${formatNumber(late)} stamped the day before the window, which no export counts`],
];

const outcomeNames: Record<(typeof recordOutcomes)[number], string> = {
  counted: 'counted',
  ignored: 'ignored',
  deleted: 'deleted',
  outsideWindow: 'outside window',
  malformed: 'malformed',
};

const writtenRows = ({ writtenAt, startedAt, codeVersion, runId, notPublished }: LedgerEntry): Row[] => [
  ['at', `${writtenAt}, ${formatDuration(Date.parse(writtenAt) - Date.parse(startedAt))} after the run began`],
  ['by', `run ${runId} of version ${codeVersion}`],
  ...(notPublished === 0
    ? []
    : [['not in CloudWatch', `${notPublished} values of the day: it takes none older than 14 days`] as const]),
];

function replacedRows({ replaced }: LedgerEntry, app: string): Row[] {
  if (replaced === null) return [['nothing', 'this is the first export that counted the day']];
  return [
    ['export', `${replaced.exportId}, ${replaced.exportType}, written ${replaced.writtenAt}`],
    ['quality', bound(replaced)],
    ...summaryRows(replaced.apps.get(app) ?? zeroSummary),
  ];
}
