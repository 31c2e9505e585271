import { GetDashboardCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { Clients } from './clients.ts';
import type { Points, PublishedMetrics, Series } from './published-metrics.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
const bodySchema = z.object({
  widgets: z.array(
    z.object({
      type: z.string(),
      properties: z.looseObject({
        title: z.string().optional(),
        metrics: z.array(z.array(z.unknown())).optional(),
        /** Of a custom widget: the function that draws it. */
        endpoint: z.string().optional(),
      }),
    }),
  ),
});

/** A line of a graph: what it is called by, and its points. */
export interface Line {
  readonly series: Series;
  readonly points: Points;
}

export interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
}

const SEARCH = /^SEARCH\('\{"([^"]+)",(\w+)\} MetricName="(\w+)"', '(\w+)', (\d+)\)$/;

/** Draws every graph of the one dashboard as CloudWatch would: the emulator stores its body but searches nothing. */
export async function drawDashboard(clients: Clients, metrics: PublishedMetrics): Promise<Graph[]> {
  const graphs = (await widgetsOf(clients)).filter(({ type }) => type === 'metric');
  return await Promise.all(
    graphs.map(async ({ properties: { title = '', metrics: rows = [] } }) => ({
      title,
      lines: (await Promise.all(rows.map((row) => drawRow(row, metrics)))).flat(),
    })),
  );
}

/** The functions that draw the dashboard's custom widgets. */
export const customWidgets = async (clients: Clients): Promise<string[]> =>
  (await widgetsOf(clients)).flatMap(({ properties: { endpoint } }) => endpoint ?? []);

async function widgetsOf({ cloudWatch }: Clients) {
  const { DashboardEntries: [entry] = [] } = await cloudWatch.send(new ListDashboardsCommand({}));
  const { DashboardBody = '' } = await cloudWatch.send(
    new GetDashboardCommand({ DashboardName: entry?.DashboardName }),
  );
  return bodySchema.parse(JSON.parse(DashboardBody)).widgets;
}

/** A row is a search, or namespace, name, dimensions and options. */
async function drawRow(row: readonly unknown[], metrics: PublishedMetrics): Promise<Line[]> {
  const options = row.at(-1) as { expression?: string; stat?: string; period?: number };
  if (options.expression !== undefined) return await search(options.expression, metrics);
  const [namespace, name, ...rest] = row.filter((part) => typeof part === 'string');
  if (namespace === undefined || name === undefined) throw new Error(`no metric: ${JSON.stringify(row)}`);
  const pairs = Array.from({ length: rest.length / 2 }, (_, i) => [rest[2 * i], rest[2 * i + 1]]);
  const series = { namespace, name, dimensions: Object.fromEntries(pairs) };
  return [{ series, points: await metrics.points(series, options.stat ?? 'Average', options.period) }];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html */
async function search(expression: string, metrics: PublishedMetrics): Promise<Line[]> {
  const [, namespace, dimension, name, statistic, period] = SEARCH.exec(expression) ?? [];
  if (namespace === undefined || dimension === undefined || statistic === undefined) {
    throw new Error(`no search that is known here: ${expression}`);
  }
  const found = (await metrics.series(namespace)).filter(
    (series) => series.name === name && Object.keys(series.dimensions).join() === dimension,
  );
  return await Promise.all(
    found.map(async (series) => ({ series, points: await metrics.points(series, statistic, Number(period)) })),
  );
}

/**
 * What CloudWatch tells the function of a custom widget that shows the last week.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/add_custom_widget_dashboard_about.html
 */
export const widgetContext = () => {
  const end = Date.now();
  const timeRange = { mode: 'relative', start: end - 7 * 86_400_000, end, relativeStart: 7 * 86_400_000 };
  return {
    dashboardName: 'Daytally',
    widgetId: 'widget-1',
    accountId: '000000000000',
    locale: 'en',
    timezone: { label: 'UTC', offsetISO: '+00:00', offsetInMinutes: 0 },
    period: 300,
    isAutoPeriod: true,
    timeRange,
    theme: 'light',
    linkCharts: true,
    title: 'History',
    params: {},
    forms: { all: {} },
    width: 800,
    height: 600,
  };
};
