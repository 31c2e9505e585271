import { type CloudWatchClient, type MetricDatum, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { MetricPoint } from '../../domain/metric-points.ts';
import {
  type OperationsFigures,
  type OperationsMetric,
  type OperationsMetricId,
  operationsMetrics,
  operationsNamespace,
} from '../../domain/operations-metrics.ts';
import type { MetricPublisher, OperationsPublisher } from '../../pipeline/ports.ts';
import { abortable, sendOptions } from './abortable.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const MAX_METRICS_PER_REQUEST = 1000;
export const MAX_REQUEST_BYTES = 1_000_000;

export interface CloudWatchOptions {
  readonly client: CloudWatchClient;
  /** Of the product metrics; those of operations go to one of their own beside it. */
  readonly namespace: string;
  /** Ends all waiting, retries included. */
  readonly signal?: AbortSignal | undefined;
}

/** Product metrics as CloudWatch's: unit Count, dimension `App`, stamped with the midnight of their day. */
export class CloudWatchPublisher implements MetricPublisher, OperationsPublisher {
  constructor(private readonly options: CloudWatchOptions) {}

  async publish(points: readonly MetricPoint[]): Promise<void> {
    for (const batch of batchesOf(points.map(toDatum))) await this.#put(this.options.namespace, batch);
  }

  async tell(figures: OperationsFigures): Promise<void> {
    const data = Object.entries(figures).map(([id, Value]) => {
      const { name, unit }: OperationsMetric = operationsMetrics[id as OperationsMetricId];
      return { MetricName: name, Unit: unit, Value };
    });
    await this.#put(operationsNamespace(this.options.namespace), data);
  }

  async #put(Namespace: string, MetricData: MetricDatum[]): Promise<void> {
    const { client, signal } = this.options;
    await abortable(client.send(new PutMetricDataCommand({ Namespace, MetricData }), sendOptions(signal)), signal);
  }
}

const toDatum = ({ name, app, value, timestamp }: MetricPoint): MetricDatum => ({
  MetricName: name,
  Dimensions: [{ Name: 'App', Value: dimensionValueOf(app) }],
  Timestamp: new Date(timestamp),
  Value: value,
  Unit: 'Count',
});

/**
 * CloudWatch takes 1 to 1024 ASCII characters that do not begin with a colon and are not all blank.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
 */
const DIMENSION_VALUE = /^(?!:)(?=.*[!-~])[ -~]{1,1024}$/;

/**
 * An app's name as CloudWatch takes it: percent-encoded where need be. No two names have one value: so a percent sign is
 * encoded as well. A name has 255 bytes at most (domain/activity.ts), its value no more than three times as many.
 */
export function dimensionValueOf(app: string): string {
  if (DIMENSION_VALUE.test(app) && !app.includes('%')) return app;
  return app.replace(/^:|^ +$|%|[^!-~ ]/gu, percentEncode);
}

const percentEncode = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** A datum without the app's name, generously: about 200 as JSON. */
const DATUM_BYTES = 400;

function batchesOf(data: readonly MetricDatum[]): MetricDatum[][] {
  const batches: MetricDatum[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const datum of data) {
    const size = DATUM_BYTES + 2 * (datum.Dimensions?.[0]?.Value?.length ?? 0);
    const last = batches.at(-1);
    if (last === undefined || last.length >= MAX_METRICS_PER_REQUEST || bytes + size > MAX_REQUEST_BYTES) {
      batches.push([datum]);
      bytes = size;
    } else {
      last.push(datum);
      bytes += size;
    }
  }
  return batches;
}
