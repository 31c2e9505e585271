import type { Duration } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { TableDefinition } from '../../src/domain/define-table.ts';
import { MAX_PUBLISHED_APPS } from '../../src/domain/published-apps.ts';
import { codeVersion } from '../../src/package/code-version.ts';
import { LARGE_EXPORT_CONCURRENCY } from '../../src/schemas/large-export.ts';
import { type AnalyticsBilling, AnalyticsTable } from './analytics-table.ts';
import { readDefinition } from './definition.ts';
import { ExportAggregation } from './export-aggregation.ts';
import { HistoryWidget } from './history-widget.ts';
import { MetricsDashboard } from './metrics-dashboard.ts';
import { NightlyExport } from './nightly-export.ts';
import type { RuntimeProps } from './node-function.ts';
import { OperationsAlarms } from './operations-alarms.ts';
import { operationsMetric } from './operations-metric.ts';
import { addOperatorOutputs } from './operator-outputs.ts';
import { requireOwnTable, type SourceTable } from './own-table.ts';

export interface DaytallyProps extends RuntimeProps {
  /**
   * The table whose activities are counted: a `Table` or `TableV2` of the app, or an imported one. It needs point-in-time
   * recovery, and must be in the stack's account and region, for DynamoDB exports no other account's.
   */
  readonly table: SourceTable;
  /**
   * What is counted: the path of a definition in JSON, or what `defineTable` has made. Read and checked at synth.
   * @default - the preset `games`
   */
  readonly definition?: string | TableDefinition | undefined;
  /**
   * Where in the export bucket exports are put: path segments of letters, digits, `_`, `.` and `-`, a slash at the end.
   * @default 'exports/'
   */
  readonly s3Prefix?: string | undefined;
  /**
   * How long exports are kept: they hold the players' items.
   * @default Duration.days(1)
   */
  readonly exportRetention?: Duration | undefined;
  /**
   * How many days back the nightly run looks for days that were missed, 1 to 35.
   * @default 7
   */
  readonly catchUpDays?: number | undefined;
  /**
   * Capacity of the Analytics Table.
   * @default 'provisioned' 1 RCU and 1 WCU
   */
  readonly analyticsBilling?: AnalyticsBilling | undefined;
  /**
   * Whether the Analytics Table can be restored to any second of the last 35 days.
   * @default false
   */
  readonly analyticsPointInTimeRecovery?: boolean | undefined;
  /**
   * The Analytics Table that an earlier installation has left behind, to go on with its numbers. It is used as it stands:
   * `analyticsBilling` then says how it is billed, and `analyticsPointInTimeRecovery` cannot be chosen.
   * @default - a new one, which outlives the stack
   */
  readonly analyticsTableName?: string | undefined;
  /**
   * The bucket of per-user detail that an earlier installation has left behind.
   * @default - a new one, which outlives the stack
   */
  readonly detailBucketName?: string | undefined;
  /**
   * Encrypts exports and per-user detail. Where it is imported, its own policy must let the account's roles use it.
   * @default - keys managed by S3
   */
  readonly encryptionKey?: IKey | undefined;
  /**
   * CloudWatch namespace of the product metrics. Two installations in one region need two.
   * @default 'Daytally'
   */
  readonly metricsNamespace?: string | undefined;
  /**
   * How many apps a day have values in CloudWatch, 1 to 10,000: the largest by the first metric. Each costs $0.30 a month
   * for each metric there. All apps are in the Analytics Table; an alarm tells where there are more.
   * @default 100
   */
  readonly maxPublishedApps?: number | undefined;
  /**
   * How many functions at a time count an export that is too large for one, 1 to 1,000. They share the account's
   * concurrency with all of its other functions: 1,000, far less in a new account; what is throttled waits.
   * https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html
   * @default 50
   */
  readonly largeExportConcurrency?: number | undefined;
  /**
   * Who is told of alarms, once they have confirmed the subscription.
   * @default - nobody; subscribe to `alarms.topic`
   */
  readonly alarmEmail?: string | undefined;
  /**
   * Noted with every number, so that one can tell which code has counted it.
   * @default - the package's version and commit, such as `0.1.0+1a2b3c4`
   */
  readonly codeVersion?: string | undefined;
}

/**
 * Daily product metrics of a DynamoDB table, from its nightly export, with no load on the table.
 * The constructs inside stand in the order in which the data flows.
 *
 * ```ts
 * const daytally = new Daytally(this, 'Daytally', { table });
 * daytally.grantInvokeBackfill(operators);
 * ```
 */
export class Daytally extends Construct {
  readonly analytics: AnalyticsTable;
  readonly nightlyExport: NightlyExport;
  readonly aggregation: ExportAggregation;
  readonly history: HistoryWidget;
  readonly dashboard: MetricsDashboard;
  readonly alarms: OperationsAlarms;
  readonly #metricsNamespace: string;

  constructor(scope: Construct, id: string, { definition: given, ...props }: DaytallyProps) {
    super(scope, id);
    const { metricsNamespace = 'Daytally', s3Prefix = 'exports/' } = props;
    requireOwnTable(this, props.table);
    const { tableArn } = props.table;
    const definition = readDefinition(given);
    this.#metricsNamespace = metricsNamespace;
    this.analytics = new AnalyticsTable(this, 'Analytics', {
      billing: props.analyticsBilling,
      pointInTimeRecovery: props.analyticsPointInTimeRecovery,
      encryptionKey: props.encryptionKey,
      tableName: props.analyticsTableName,
      detailBucketName: props.detailBucketName,
    });
    const { analytics } = this;
    this.nightlyExport = new NightlyExport(this, 'NightlyExport', {
      ...props,
      tableArn,
      analytics,
      s3Prefix,
      metricsNamespace,
    });
    this.aggregation = new ExportAggregation(this, 'Aggregation', {
      ...props,
      tableArn,
      exportBucket: this.nightlyExport.bucket,
      s3Prefix,
      analytics,
      metricsNamespace,
      maxPublishedApps: props.maxPublishedApps ?? MAX_PUBLISHED_APPS,
      largeExportConcurrency: props.largeExportConcurrency ?? LARGE_EXPORT_CONCURRENCY,
      codeVersion: props.codeVersion ?? codeVersion(),
      definition,
    });
    const exporter = this.nightlyExport.worker;
    const aggregator = this.aggregation.worker;
    this.history = new HistoryWidget(this, 'History', { ...props, analytics, definition });
    this.dashboard = new MetricsDashboard(this, 'Metrics', {
      metrics: definition.metrics,
      metricsNamespace,
      history: this.history,
      deadLetters: { Export: exporter.deadLetters, Aggregator: aggregator.deadLetters },
    });
    this.alarms = new OperationsAlarms(this, 'Alarms', {
      metricsNamespace,
      exporter,
      aggregator,
      largeExports: this.aggregation.large.stateMachine,
      analytics,
      email: props.alarmEmail,
    });
  }

  /**
   * Adds outputs to the stack by which the command line finds it: `daytally report --stack <its name>`. For one installation
   * in a stack, because the outputs have plain names.
   */
  addOutputs(): void {
    addOperatorOutputs(this);
  }

  /** Lets somebody start backfills and replays: invoke the Export function. */
  grantInvokeBackfill(grantee: IGrantable): Grant {
    return this.nightlyExport.function.grantInvoke(grantee);
  }

  /** Exports that were counted and published, 1 each; the sum of five minutes unless the options say otherwise. */
  metricRunSucceeded(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'runSucceeded', options);
  }

  /** 1 for each run that leaves exact numbers of yesterday, and nothing from any other. */
  metricYesterdayExact(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'yesterdayExact', options);
  }

  /** Days before yesterday, of those to which a night looks back, without exact numbers; once a night, as it begins. */
  metricDaysNotExact(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'daysNotExact', { statistic: 'Maximum', ...options });
  }

  /** Exports of the last two nights that have failed and were not made good since; once a night, as it begins. */
  metricExportsFailed(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'exportsFailed', { statistic: 'Maximum', ...options });
  }

  /** Records of the exports that were counted. */
  metricRecordsRead(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'recordsRead', options);
  }

  /** Records that no rule can read. */
  metricRecordsMalformed(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'recordsMalformed', options);
  }

  /** From the first byte read to the last number published, in milliseconds; the longest unless the options say otherwise. */
  metricRunDurationMillis(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'runDurationMillis', { statistic: 'Maximum', ...options });
  }

  /** Bytes of the data files, compressed. */
  metricBytesRead(options?: MetricOptions): Metric {
    return operationsMetric(this.#metricsNamespace, 'bytesRead', options);
  }
}
