/** A number that a run tells of itself, for alarms and the operator's dashboard; no dimensions, stamped now. */
export interface OperationsMetric {
  readonly name: string;
  /** As CloudWatch names it. */
  readonly unit: 'Count' | 'Bytes' | 'Milliseconds';
}

/** What every run that ends well publishes, all at one moment, so that shares can be had of them. */
export const operationsMetrics = {
  /** Always 1: its absence is what matters. */
  runSucceeded: { name: 'RunSucceeded', unit: 'Count' },
  recordsRead: { name: 'RecordsRead', unit: 'Count' },
  recordsMalformed: { name: 'RecordsMalformed', unit: 'Count' },
  runDurationMillis: { name: 'RunDurationMillis', unit: 'Milliseconds' },
  /** The most of any day: apps that are in the table but, for there are so many, not in CloudWatch. */
  appsNotPublished: { name: 'AppsNotPublished', unit: 'Count' },
  /** Compressed. */
  bytesRead: { name: 'BytesRead', unit: 'Bytes' },
} as const satisfies Record<string, OperationsMetric>;

/** Kept out of the product metrics' namespace, where every metric has the dimension `App`. */
export const operationsNamespace = (metricsNamespace: string): string => `${metricsNamespace}/Operations`;
