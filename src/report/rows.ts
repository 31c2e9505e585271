import type { MetricId } from '../domain/metrics.ts';
import type { Quality } from '../domain/provenance.ts';
import { byKey } from '../domain/text-order.ts';
import type { DateText } from '../domain/utc-day.ts';
import { csvText } from './csv.ts';
import type { Report } from './report.ts';

/** One app's numbers of one finished day. */
export interface ReportRow {
  readonly date: DateText;
  readonly app: string;
  /** The chosen metrics by id. */
  readonly values: Readonly<Partial<Record<MetricId, number>>>;
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
          values: Object.fromEntries(reports.map(({ metric, series }) => [metric.id, series[index]?.values[day] ?? 0])),
          quality: entry.quality,
        })),
  );
}

/** RFC 4180 with a header. */
export function toCsv(report: Report): string {
  const ids = report.metrics.map(({ metric }) => metric.id);
  const header = ['date', 'app', ...ids, 'quality'];
  const lines = rowsOf(report).map(({ date, app, values, quality }) => [
    date,
    app,
    ...ids.map((id) => `${values[id] ?? 0}`),
    quality,
  ]);
  return csvText([header, ...lines]);
}

/** For programs; docs/command-line.md documents it. */
export function toJson(report: Report): string {
  const { from, to, generatedAt, nights, remedies, runs } = report;
  const document = {
    from,
    to,
    generatedAt,
    nights: nights.map(({ date, state, entry }) => ({ date, state, exportId: entry?.exportId ?? null })),
    days: rowsOf(report).map(({ date, app, values, quality }) => ({ date, app, ...values, quality })),
    remedies,
    runs,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** The columns of a row, for formats that want them one by one. */
export const columnsOf = (report: Report): { name: string; type: 'STRING' | 'INT64'; data: (string | bigint)[] }[] => {
  const rows = rowsOf(report);
  const ids = report.metrics.map(({ metric }) => metric.id);
  return [
    { name: 'date', type: 'STRING', data: rows.map(({ date }) => date) },
    { name: 'app', type: 'STRING', data: rows.map(({ app }) => app) },
    ...ids.map((id) => ({ name: id, type: 'INT64' as const, data: rows.map(({ values }) => BigInt(values[id] ?? 0)) })),
    { name: 'quality', type: 'STRING', data: rows.map(({ quality }) => quality) },
  ];
};
