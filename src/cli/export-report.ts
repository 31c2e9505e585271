import { type Detail, toDetail } from '../domain/analytics-record.ts';
import { type Summary, summarize, valueIn } from '../domain/summary.ts';
import type { AppDay } from '../domain/tally.ts';
import { formatDay } from '../domain/utc-day.ts';
import type { CountedExport } from '../pipeline/count/count-export.ts';
import { type CsvOptions, csvText } from '../report/csv.ts';
import { formatNumber, plural } from '../report/format.ts';
import { type Column, tableLines } from '../report/table.ts';
import { harmless, type Layout } from '../report/terminal-text.ts';
import { doubtLines } from './counting-doubts.ts';

export const reportFormats = ['table', 'json', 'csv'] as const;

/** One app's numbers of one day, as `daytally aggregate` prints them. */
export interface DayRow {
  readonly date: string;
  readonly app: string;
  readonly summary: Summary;
  readonly counts: AppDay;
}

/** All (day, app) of an export, by date, then app. */
const dayRows = ({ counts: { tally, rules } }: CountedExport): DayRow[] =>
  tally.entries().map(({ day, app, counts }) => ({
    date: formatDay(day),
    app,
    summary: summarize(rules, counts),
    counts,
  }));

/** The command's JSON: a contract for programs; see the README. */
export function toJson(counted: CountedExport, withDetail: boolean): string {
  const { summary, counts } = counted;
  const { definition } = counts.rules;
  const { from, to } = counts.window;
  return JSON.stringify(
    {
      export: {
        exportId: summary.origin.exportId,
        exportType: summary.origin.exportType,
        window: { from: from === null ? null : formatDay(from), to: formatDay(to) },
      },
      records: counts.records,
      rejects: counts.rejects,
      days: dayRows(counted).map(({ date, app, summary, counts: ofDay }) => ({
        date,
        app,
        ...summary,
        ...(withDetail ? plainDetail(toDetail(definition, ofDay, summary)) : {}),
      })),
    },
    undefined,
    2,
  );
}

/** Lists and maps as JSON has them; totals stand in the summary already. fromEntries keeps a user named `__proto__`. */
const plainDetail = (detail: Detail): Record<string, unknown> =>
  Object.fromEntries(
    [...detail]
      .filter(([, value]) => typeof value === 'object' && value !== null)
      .map(([attribute, value]) => [attribute, value instanceof Map ? Object.fromEntries(value) : value]),
  );

const idsOf = ({ counts }: CountedExport): string[] => counts.rules.definition.metrics.map(({ id }) => id);

const cellsOf = ({ date, app, summary }: DayRow, ids: readonly string[], untold: string): string[] => [
  date,
  app,
  ...ids.map((id) => `${valueIn(summary, id) ?? untold}`),
];

export function toCsv(counted: CountedExport, options: CsvOptions): string {
  const ids = idsOf(counted);
  return csvText([['date', 'app', ...ids], ...dayRows(counted).map((row) => cellsOf(row, ids, ''))], options);
}

const columnsOf = (ids: readonly string[]): readonly Column[] => [
  { heading: 'date', align: 'left', key: true },
  { heading: 'app', align: 'left', key: true, max: Number.POSITIVE_INFINITY },
  ...ids.map((id) => ({ heading: id, align: 'right' as const })),
];

/** For people: the numbers, then what became of the records, and why some were not counted. */
export function toTable(counted: CountedExport, layout: Layout): string {
  const ids = idsOf(counted);
  const table = tableLines(
    columnsOf(ids),
    dayRows(counted).map((row) => cellsOf(row, ids, '–').map(harmless)),
    layout,
  );
  const { read, ...outcomes } = counted.counts.records;
  const sum = Object.entries(outcomes).map(([outcome, records]) => `${formatNumber(records)} ${outcome}`);
  return [...table, '', `${plural(read, 'record')}: ${sum.join(', ')}`, ...doubtLines(counted.counts)].join('\n');
}
