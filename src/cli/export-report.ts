import { type Detail, toDetail } from '../domain/analytics-record.ts';
import { metrics, type Summary } from '../domain/metrics.ts';
import { summarize } from '../domain/tally.ts';
import { formatDay } from '../domain/utc-day.ts';
import type { CountedExport } from '../pipeline/count-export.ts';
import { harmless } from '../report/terminal-text.ts';

export const reportFormats = ['table', 'json', 'csv'] as const;

export type ReportFormat = (typeof reportFormats)[number];

/** One app's numbers of one day, as `daytally aggregate` prints them. */
export interface DayRow {
  readonly date: string;
  readonly app: string;
  readonly summary: Summary;
  readonly detail: Detail;
}

/** All (day, app) of an export, by date, then app. */
const dayRows = ({ counts }: CountedExport): DayRow[] =>
  counts.tally.entries().map(({ day, app, counts }) => ({
    date: formatDay(day),
    app,
    summary: summarize(counts),
    detail: toDetail(counts),
  }));

/** The command's JSON: a contract for programs; see the README. */
export function toJson(counted: CountedExport, withDetail: boolean): string {
  const { summary, counts } = counted;
  const { from, to } = counts.window;
  return JSON.stringify(
    {
      export: {
        exportId: summary.provenance.exportId,
        exportType: summary.provenance.exportType,
        window: { from: from === null ? null : formatDay(from), to: formatDay(to) },
      },
      records: counts.records,
      rejects: counts.rejects,
      days: dayRows(counted).map(({ date, app, summary, detail }) => ({
        date,
        app,
        ...summary,
        ...(withDetail ? plainDetail(detail) : {}),
      })),
    },
    undefined,
    2,
  );
}

/** Lists and maps as JSON has them; totals stand in the summary already. fromEntries keeps a user named `__proto__`. */
const plainDetail = (detail: Detail): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(detail)
      .filter(([, value]) => typeof value !== 'number')
      .map(([attribute, value]) => [attribute, value instanceof Map ? Object.fromEntries(value) : value]),
  );

const header = ['date', 'app', ...metrics.map(({ id }) => id)];

const cellsOf = ({ date, app, summary }: DayRow): string[] => [date, app, ...metrics.map(({ id }) => `${summary[id]}`)];

/** RFC 4180 with a header, but lines end as Unix tools expect. */
export const toCsv = (counted: CountedExport): string =>
  [header, ...dayRows(counted).map(cellsOf)].map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** For people: the numbers, then what became of the records. */
export function toTable(counted: CountedExport): string {
  const rows = [header, ...dayRows(counted).map(cellsOf)].map((cells) => cells.map(harmless));
  const widths = header.map((_, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  const line = (cells: string[]) =>
    cells
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  const { read, ...outcomes } = counted.counts.records;
  const sum = Object.entries(outcomes).map(([outcome, records]) => `${records} ${outcome}`);
  return [...rows.map(line), '', `${read} records: ${sum.join(', ')}`].join('\n');
}
