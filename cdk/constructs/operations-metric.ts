import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type OperationsMetricId,
  operationsMetrics,
  operationsNamespace,
} from '../../src/domain/operations-metrics.ts';

/** What the runs tell of themselves, as a CloudWatch metric; the sum of five minutes unless the options say otherwise. */
export function operationsMetric(metricsNamespace: string, id: OperationsMetricId, options?: MetricOptions): Metric {
  return new Metric({
    namespace: operationsNamespace(metricsNamespace),
    metricName: operationsMetrics[id].name,
    statistic: 'Sum',
    ...options,
  });
}
