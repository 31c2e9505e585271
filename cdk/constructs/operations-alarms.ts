import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import type { OperationsMetricId } from '../../src/domain/operations-metrics.ts';
import type { AnalyticsTable } from './analytics-table.ts';
import { operationsMetric } from './operations-metric.ts';
import type { PipelineFunction } from './pipeline-function.ts';

export interface OperationsAlarmsProps {
  /** CloudWatch namespace of the product metrics. */
  readonly metricsNamespace: string;
  readonly exporter: PipelineFunction;
  readonly aggregator: PipelineFunction;
  readonly largeExports: StateMachine;
  /** Where the numbers go. */
  readonly analytics: AnalyticsTable;
  /**
   * Who is told, once they have confirmed the subscription.
   * @default - nobody; subscribe to the topic
   */
  readonly email?: string | undefined;
}

/** A night ends within minutes of 02:00 UTC: 24 hours to the next, and six in which a retry may still succeed. */
const NIGHT_MISSING_HOURS = 30;
const MALFORMED_PERCENT = 1;

/** Tells by a topic when the numbers stop, or stop being right. What to do about each alarm: docs/runbook.md. */
export class OperationsAlarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: OperationsAlarmsProps) {
    super(scope, id);
    this.topic = this.#makeTopic();
    if (props.email !== undefined) this.topic.addSubscription(new EmailSubscription(props.email));
    this.#nightMissing(props);
    this.#toldEachNight('DaysNotExact', 'Days before yesterday have no exact numbers.', 'daysNotExact', props);
    this.#toldEachNight(
      'ExportsFailed',
      'DynamoDB could not write exports that were asked for.',
      'exportsFailed',
      props,
    );
    this.#malformedShare(props);
    this.#tooManyApps(props);
    this.#failing('ExportFailing', 'The export of a night could not be asked for.', props.exporter);
    this.#failing('AggregatorFailing', 'A finished export could not be counted or published.', props.aggregator);
    this.#largeExports(props);
    this.#writesThrottled(props);
    this.#deadLetters('ExportDeadLetters', 'A nightly run was given up after all retries.', props.exporter);
    this.#deadLetters('AggregatorDeadLetters', 'A finished export was given up after all retries.', props.aggregator);
  }

  #nightMissing({ metricsNamespace }: OperationsAlarmsProps): void {
    this.#alarm('NightMissing', {
      alarmDescription: `Yesterday has had no exact numbers for ${NIGHT_MISSING_HOURS} hours.`,
      metric: operationsMetric(metricsNamespace, 'yesterdayExact', { period: Duration.hours(1) }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: NIGHT_MISSING_HOURS,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  /** A number that comes once a night: what it says holds until the next one. */
  #toldEachNight(
    id: string,
    alarmDescription: string,
    figure: OperationsMetricId,
    { metricsNamespace }: OperationsAlarmsProps,
  ): void {
    const metric = operationsMetric(metricsNamespace, figure, { statistic: 'Maximum', period: Duration.minutes(5) });
    this.#alarmOnAny(id, alarmDescription, metric, TreatMissingData.IGNORE);
  }

  #malformedShare({ metricsNamespace }: OperationsAlarmsProps): void {
    const period = Duration.hours(1);
    this.#alarm('MalformedShare', {
      alarmDescription: `More than ${MALFORMED_PERCENT} % of the records could not be read.`,
      metric: new MathExpression({
        expression: 'IF(read > 0, 100 * malformed / read, 0)',
        label: 'Malformed records, percent',
        usingMetrics: {
          read: operationsMetric(metricsNamespace, 'recordsRead', { period }),
          malformed: operationsMetric(metricsNamespace, 'recordsMalformed', { period }),
        },
        period,
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: MALFORMED_PERCENT,
      evaluationPeriods: 1,
    });
  }

  #tooManyApps({ metricsNamespace }: OperationsAlarmsProps): void {
    const metric = operationsMetric(metricsNamespace, 'appsNotPublished', {
      statistic: 'Maximum',
      period: Duration.hours(1),
    });
    this.#alarmOnAny('TooManyApps', 'A day has more apps than may have metrics in CloudWatch.', metric);
  }

  #failing(id: string, alarmDescription: string, worker: PipelineFunction): void {
    this.#alarmOnAny(
      id,
      alarmDescription,
      worker.function.metricErrors({ period: Duration.minutes(5), statistic: 'Sum' }),
    );
  }

  #largeExports({ largeExports }: OperationsAlarmsProps): void {
    const period = Duration.minutes(5);
    const metric = new MathExpression({
      // Not a + b: that has no value where one of them has none, and each of these is sent only when it happens.
      expression: 'SUM([failed, timedOut, aborted])',
      label: 'Executions that did not succeed',
      usingMetrics: {
        failed: largeExports.metricFailed({ period }),
        timedOut: largeExports.metricTimedOut({ period }),
        aborted: largeExports.metricAborted({ period }),
      },
      period,
    });
    this.#alarmOnAny('LargeExportFailing', 'A large export could not be counted or published.', metric);
  }

  /** A night is throttled for minutes, as it is meant to be. For an hour only a backfill is, or what does not get on. */
  #writesThrottled({ analytics }: OperationsAlarmsProps): void {
    this.#alarm('WritesThrottled', {
      alarmDescription: 'The Analytics Table has refused writes for want of capacity for an hour.',
      metric: new Metric({
        namespace: 'AWS/DynamoDB',
        metricName: 'WriteThrottleEvents',
        dimensionsMap: { TableName: analytics.table.tableName },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: 0,
      evaluationPeriods: 12,
    });
  }

  #deadLetters(id: string, alarmDescription: string, { deadLetters }: PipelineFunction): void {
    const waiting = deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) });
    this.#alarmOnAny(id, alarmDescription, waiting);
  }

  #alarmOnAny(
    id: string,
    alarmDescription: string,
    metric: IMetric,
    treatMissingData = TreatMissingData.NOT_BREACHING,
  ): void {
    const comparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD;
    const props = { alarmDescription, metric, comparisonOperator, threshold: 0, evaluationPeriods: 1 };
    this.#alarm(id, { ...props, treatMissingData });
  }

  #alarm(id: string, props: AlarmProps): void {
    const alarm = new Alarm(this, id, {
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...props,
      alarmDescription: `${props.alarmDescription ?? ''} What to do: docs/runbook.md, ${id}.`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /**
   * Not encrypted with AWS's own key, for alarms may not use that one; the messages name alarms, never players.
   * A topic with a policy of its own admits nobody else, so the alarms must be let in.
   */
  #makeTopic(): Topic {
    const topic = new Topic(this, 'Topic', { displayName: 'Daytally', enforceSSL: true });
    const { account } = Stack.of(this);
    topic.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
    return topic;
  }
}
