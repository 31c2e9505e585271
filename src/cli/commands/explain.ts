import type { Command } from '@commander-js/extra-typings';
import { doubtsOf } from '../../domain/doubts.ts';
import { recordOutcomes } from '../../domain/record-counts.ts';
import { type LedgerEntry, lateOf } from '../../domain/run-ledger.ts';
import { type MetricValue, type Summary, valueIn } from '../../domain/summary.ts';
import { parseDay, type UtcDay } from '../../domain/utc-day.ts';
import { formatBytes, formatDuration, formatNumber, formatValue } from '../../report/format.ts';
import { type Advice, adviceOf, DAYS_READ_BEFORE, type Night, stateNames } from '../../report/nights.ts';
import type { ShownMetric } from '../../report/report.ts';
import { harmless, type Paint, padEnd } from '../../report/terminal-text.ts';
import { completeCommands, type TypedOptions } from '../complete-commands.ts';
import { NotWell, UsageError } from '../failures.ts';
import { examples, withLedger, yesterday } from '../options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { appsOf, unknownApp } from '../unknown-app.ts';

/** `daytally explain <day> <app>`: where a number came from. */
export const registerExplain = (program: Command, terminal: Terminal): void => {
  withLedger(program.command('explain'))
    .description('say where the numbers of a day and app came from')
    .argument('<day>', 'YYYY-MM-DD')
    .argument('<app>', 'as in the report')
    .addHelpText(
      'after',
      examples(
        ['of an installation', 'explain 2026-11-20 chess'],
        ['of the demo', 'explain 2026-11-20 chess --folder demo-output'],
      ),
    )
    .action(async (dayText, app, options) => {
      const day = dayArgument(dayText, app);
      const { openLedger } = await import('../ledger-source.ts');
      const ledger = await openLedger(options, terminal);
      try {
        const span = { from: day - DAYS_READ_BEFORE, to: Math.max(day, yesterday()) };
        const entries = await ledger.read(span);
        const earliestRestorable = (await ledger.recovery())?.earliest ?? null;
        const { night, advice } = adviceOf(day, { entries, now: Date.now(), earliestRestorable });
        if (night.entry === undefined) throw unfinished(night, advice, options);
        // One that was counted on other days had a quiet one: zeros are what there is to say of it.
        if (!appsOf(entries).includes(app)) throw unknownApp(app, span, entries);
        terminal.result(explain(night.entry, { app, metrics: await ledger.metrics([night.entry]) }, terminal.paint));
      } finally {
        await ledger.close();
      }
    });
};

/** @throws UsageError */
function dayArgument(text: string, app: string): UtcDay {
  const day = parseDay(text);
  if (day !== undefined) return day;
  throw new UsageError(
    parseDay(app) === undefined
      ? `<day>: expected a date YYYY-MM-DD that exists, found ${harmless(text)}`
      : `the day stands first:\n  daytally explain ${app} ${harmless(text)}`,
  );
}

function unfinished({ date, state }: Night, advice: Advice | undefined, options: TypedOptions): NotWell {
  const says = `${date} has no numbers: ${stateNames[state]}`;
  return new NotWell(
    advice === undefined ? says : `${says}; ${advice.explanation}\n  ${completeCommands(advice.command, options)}`,
  );
}

type Row = readonly [label: string, value: string];

interface Asked {
  readonly app: string;
  readonly metrics: readonly ShownMetric[];
}

function explain(entry: LedgerEntry, asked: Asked, paint: Paint): string {
  const { app } = asked;
  const block = (title: string, rows: readonly Row[]) => [
    paint.bold(title),
    ...rows.map(([label, value]) => `  ${padEnd(label, LABEL_WIDTH)}${value}`),
    '',
  ];
  return [
    ...block(`${harmless(app)} on ${entry.date}`, numberRows(entry, asked)),
    ...block('Export', exportRows(entry)),
    ...block('Records of the whole export', recordRows(entry)),
    ...doubtLines(entry, paint),
    ...block('Written', writtenRows(entry)),
    ...block('Replaced', replacedRows(entry, asked)),
  ]
    .join('\n')
    .trimEnd();
}

const LABEL_WIDTH = 22;

const bound = ({ quality }: Pick<LedgerEntry, 'quality'>): string =>
  quality === 'exact' ? 'exact' : 'a lower bound: a full export holds only the last state of each item';

function numberRows(entry: LedgerEntry, { app, metrics }: Asked): Row[] {
  const summary = entry.apps.get(app);
  return [
    ...summaryRows(summary ?? entry.nothing, metrics),
    ...(summary === undefined
      ? [
          [
            '',
            `nothing was counted for this app; counted: ${appsOf([entry]).map(harmless).join(', ') || 'none'}`,
          ] as const,
        ]
      : []),
    ['quality', bound(entry)],
  ];
}

const summaryRows = (summary: Summary, metrics: readonly ShownMetric[]): Row[] =>
  metrics.map(({ id, title, description }) => [
    title,
    `${shown(valueIn(summary, id))}${description === '' ? '' : `  (${description.charAt(0).toLowerCase()}${description.slice(1)})`}`,
  ]);

const shown = (value: MetricValue | undefined): string => {
  if (value === undefined) return '–  (not counted by this definition)';
  if (value === null) return '–  (this export cannot tell)';
  return formatValue(value);
};

const exportRows = ({ exportId, exportType, exportTime, window, manifest }: LedgerEntry): Row[] => [
  ['id', exportId],
  ['type', exportType],
  ['state of', exportTime],
  ['days', `${window.from ?? 'the beginning'} to ${window.to}, both inclusive`],
  ['manifest', `s3://${manifest.bucket}/${manifest.key}`],
  ['manifest md5', manifest.md5],
];

const recordRows = ({ records, outside, rejectsByReason, bytesRead }: LedgerEntry): Row[] => [
  ['read', `${formatNumber(records.read)} lines, ${formatBytes(bytesRead)} compressed`],
  ...recordOutcomes.map((outcome): Row => [outcomeNames[outcome], formatNumber(records[outcome])]),
  ...Object.entries(rejectsByReason).map(([reason, times]): Row => [`  ${reason}`, formatNumber(times)]),
  ...outsideRows(outside),
];

/** What should be looked at before the numbers are believed. */
const doubtLines = ({ records, outside }: LedgerEntry, paint: Paint): string[] =>
  doubtsOf(records, lateOf(outside)).flatMap(({ what, remedy }) => [paint.red(what), `  ${remedy}`, '']);

function outsideRows(outside: LedgerEntry['outside']): Row[] {
  if (outside === null) return [];
  const days = Object.entries(outside.late).map(([date, records]) => `${formatNumber(records)} of ${date}`);
  const older = outside.older === 0 ? [] : [`${formatNumber(outside.older)} of days before`];
  return [
    ['  touched', `${formatNumber(outside.touched)}: written again, and counted on their own day`],
    [
      '  late',
      `${formatNumber(lateOf(outside) ?? 0)}: new, but of a day that is counted${listedBehind([...days, ...older])}`,
    ],
    ['  early', `${formatNumber(outside.early)}: of a day to come`],
  ];
}

const listedBehind = (parts: readonly string[]): string => (parts.length === 0 ? '' : ` (${parts.join(', ')})`);

const outcomeNames: Record<(typeof recordOutcomes)[number], string> = {
  counted: 'counted',
  ignored: 'ignored',
  deleted: 'deleted',
  outsideWindow: 'outside window',
  malformed: 'malformed',
};

const writtenRows = ({ writtenAt, startedAt, codeVersion, definition, runId, notPublished }: LedgerEntry): Row[] => [
  ['at', `${writtenAt}, ${formatDuration(Date.parse(writtenAt) - Date.parse(startedAt))} after the run began`],
  ['by', `run ${runId} of version ${codeVersion}, definition ${definition}`],
  ...(notPublished === 0
    ? []
    : [['not in CloudWatch', `${notPublished} values of the day: it takes none older than 14 days`] as const]),
];

function replacedRows({ replaced }: LedgerEntry, { app, metrics }: Asked): Row[] {
  if (replaced === null) return [['nothing', 'this is the first export that counted the day']];
  return [
    ['export', `${replaced.exportId}, ${replaced.exportType}, written ${replaced.writtenAt}`],
    ['quality', bound(replaced)],
    ...summaryRows(replaced.apps.get(app) ?? {}, metrics),
  ];
}
