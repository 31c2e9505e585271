/** A number that the functions tell of their own work, for alarms and the operator's dashboard; no dimensions, stamped now. */
export interface OperationsMetric {
  readonly name: string;
  /** As CloudWatch names it. */
  readonly unit: 'Count' | 'Bytes' | 'Milliseconds';
}

export const operationsMetrics = {
  /** What every run that ends well publishes, all at one moment, so that shares can be had of them. Always 1. */
  runSucceeded: { name: 'RunSucceeded', unit: 'Count' },
  recordsRead: { name: 'RecordsRead', unit: 'Count' },
  recordsMalformed: { name: 'RecordsMalformed', unit: 'Count' },
  runDurationMillis: { name: 'RunDurationMillis', unit: 'Milliseconds' },
  /** The most of any day: apps that are in the table but, for there are so many, not in CloudWatch. */
  appsNotPublished: { name: 'AppsNotPublished', unit: 'Count' },
  /** Compressed. */
  bytesRead: { name: 'BytesRead', unit: 'Bytes' },
  /** 1 from a run that leaves an exact entry of yesterday in the ledger, and from nothing else: its absence is what matters. */
  yesterdayExact: { name: 'YesterdayExact', unit: 'Count' },
  /**
   * Each night, before it asks: days before yesterday to which it looks back and of which there are no exact numbers.
   * Of yesterday there are none yet.
   */
  daysNotExact: { name: 'DaysNotExact', unit: 'Count' },
  /** Each night: exports that were asked for lately, have failed, and were not made good since. */
  exportsFailed: { name: 'ExportsFailed', unit: 'Count' },
} as const satisfies Record<string, OperationsMetric>;

export type OperationsMetricId = keyof typeof operationsMetrics;

/** Some of these numbers, as of one moment. */
export type OperationsFigures = Readonly<Partial<Record<OperationsMetricId, number>>>;

/** Kept out of the product metrics' namespace, where every metric has the dimension `App`. */
export const operationsNamespace = (metricsNamespace: string): string => `${metricsNamespace}/Operations`;
