import { Metric, type MetricOptions, Unit } from 'aws-cdk-lib/aws-cloudwatch';
import {
  operationsMetrics,
  operationsNamespace,
  type operationsMetrics as table,
} from '../../src/domain/operations-metrics.ts';

export type OperationsMetricId = keyof typeof table;

const units = { Count: Unit.COUNT, Bytes: Unit.BYTES, Milliseconds: Unit.MILLISECONDS };

/** What the runs tell of themselves, as a CloudWatch metric; the sum of five minutes unless the options say otherwise. */
export function operationsMetric(metricsNamespace: string, id: OperationsMetricId, options?: MetricOptions): Metric {
  const { name, unit } = operationsMetrics[id];
  return new Metric({
    namespace: operationsNamespace(metricsNamespace),
    metricName: name,
    unit: units[unit],
    statistic: 'Sum',
    ...options,
  });
}
