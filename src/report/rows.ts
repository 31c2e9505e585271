import type { Quality } from '../domain/provenance.ts';
import type { MetricValue } from '../domain/summary.ts';
import { byKey } from '../domain/text-order.ts';
import type { DateText } from '../domain/utc-day.ts';
import { type CsvOptions, csvText } from './csv.ts';
import type { Report } from './report.ts';

/** One app's numbers of one finished day. */
export interface ReportRow {
  readonly date: DateText;
  readonly app: string;
  /** The chosen metrics by id. */
  readonly values: Readonly<Record<string, MetricValue>>;
  readonly quality: Quality;
}

/** The numbers behind a report: each app on each finished day, by date, then app. */
export function rowsOf({ nights, apps, metrics: reports }: Report): ReportRow[] {
  const sorted = apps.map((app): [string, number] => [app, apps.indexOf(app)]).sort(byKey);
  return nights.flatMap(({ date, entry }, day) =>
    entry === undefined
      ? []
      : sorted.map(([app, index]) => ({
          date,
          app,
          values: Object.fromEntries(
            reports.map(({ metric, series }) => [metric.id, series[index]?.exact[day] ?? null]),
          ),
          quality: entry.quality,
        })),
  );
}

/** With a header: see csv.ts. */
export function toCsv(report: Report, options: CsvOptions): string {
  const ids = report.metrics.map(({ metric }) => metric.id);
  const header = ['date', 'app', ...ids, 'quality'];
  const lines = rowsOf(report).map(({ date, app, values, quality }) => [
    date,
    app,
    ...ids.map((id) => `${values[id] ?? ''}`),
    quality,
  ]);
  return csvText([header, ...lines], options);
}

/** For programs; docs/command-line.md documents it. */
export function toJson(report: Report): string {
  const { from, to, generatedAt, nights, remedies, runs } = report;
  const document = {
    from,
    to,
    generatedAt,
    nights: nights.map(({ date, state, entry }) => ({
      date,
      state,
      exportId: entry?.exportId ?? null,
      definition: entry?.definition ?? null,
    })),
    days: rowsOf(report).map(({ date, app, values, quality }) => ({ date, app, ...values, quality })),
    remedies,
    runs,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** A column of a file, for formats that want them one by one; null is what an export cannot tell. */
export interface ReportColumn {
  readonly name: string;
  readonly type: 'STRING' | 'INT64';
  readonly data: (string | bigint | null)[];
}

export function columnsOf(report: Report): ReportColumn[] {
  const rows = rowsOf(report);
  return [
    { name: 'date', type: 'STRING', data: rows.map(({ date }) => date) },
    { name: 'app', type: 'STRING', data: rows.map(({ app }) => app) },
    ...report.metrics.map(({ metric }) => columnOf(metric.id, rows)),
    { name: 'quality', type: 'STRING', data: rows.map(({ quality }) => quality) },
  ];
}

/** Counts are integers; sums have more digits than any number of Parquet's that readers agree on, and are text. */
function columnOf(id: string, rows: readonly ReportRow[]): ReportColumn {
  const values = rows.map((row) => row.values[id] ?? null);
  if (values.some((value) => typeof value === 'string'))
    return { name: id, type: 'STRING', data: values.map((value) => (value === null ? null : `${value}`)) };
  return { name: id, type: 'INT64', data: values.map((value) => (value === null ? null : BigInt(value))) };
}
