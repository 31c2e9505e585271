import { type CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import type { Clients } from './clients.ts';

export interface Series {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A value for each time that has one, times as ISO 8601. */
export type Points = Readonly<Record<string, number>>;

const DAYS = 40;
const DAY_MILLIS = 86_400_000;

/** Reads metrics back from CloudWatch. */
export class PublishedMetrics {
  readonly #client: CloudWatchClient;

  constructor({ cloudWatch }: Clients) {
    this.#client = cloudWatch;
  }

  /** The last 40 days and tomorrow. */
  async points({ namespace, name, dimensions }: Series, statistic: string, periodSeconds = 86_400): Promise<Points> {
    const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Metric = { Namespace: namespace, MetricName: name, Dimensions };
    const tomorrow = Math.ceil(Date.now() / DAY_MILLIS) * DAY_MILLIS;
    const { MetricDataResults = [] } = await this.#client.send(
      new GetMetricDataCommand({
        StartTime: new Date(tomorrow - DAYS * DAY_MILLIS),
        EndTime: new Date(tomorrow),
        MetricDataQueries: [{ Id: 'points', MetricStat: { Metric, Period: periodSeconds, Stat: statistic } }],
      }),
    );
    const [result] = MetricDataResults;
    const times = result?.Timestamps ?? [];
    return Object.fromEntries(times.map((time, i) => [time.toISOString(), result?.Values?.[i] ?? Number.NaN]));
  }

  /** The maximum over a day, of each series that has one. */
  async valuesOn(namespace: string, date: string): Promise<(Series & { readonly value: number })[]> {
    const found = await Promise.all(
      (await this.series(namespace)).map(async (series) => {
        const value = (await this.points(series, 'Maximum'))[`${date}T00:00:00.000Z`];
        return value === undefined ? [] : [{ ...series, value }];
      }),
    );
    return found.flat();
  }

  /** Every series of a namespace. */
  async series(namespace: string): Promise<Series[]> {
    const { Metrics = [] } = await this.#client.send(new ListMetricsCommand({ Namespace: namespace }));
    return Metrics.map(({ MetricName = '', Dimensions = [] }) => ({
      namespace,
      name: MetricName,
      dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
    }));
  }
}
