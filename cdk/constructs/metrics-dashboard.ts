import { Duration, Names, Stack } from 'aws-cdk-lib';
import {
  Dashboard,
  GraphWidget,
  GraphWidgetView,
  type IMetric,
  type IWidget,
  MathExpression,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Metric } from '../../src/domain/definition.ts';
import type { OperationsMetricId } from '../../src/domain/operations-metrics.ts';
import type { HistoryWidget } from './history-widget.ts';
import { operationsMetric } from './operations-metric.ts';

export interface MetricsDashboardProps {
  /** A graph each. */
  readonly metrics: readonly Metric[];
  /** CloudWatch namespace of the product metrics. */
  readonly metricsNamespace: string;
  /** Stands above all else. */
  readonly history: HistoryWidget;
  /** What failed for good, by what it is called on the graph. */
  readonly deadLetters: Readonly<Record<string, IQueue>>;
}

const DAY = Duration.days(1);
const GRID_WIDTH = 24;

/** The history from the table; one graph per product metric, a line per app; below them, how the nightly runs fare. */
export class MetricsDashboard extends Construct {
  readonly dashboard: Dashboard;
  /** Where it is found in the console. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: MetricsDashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: Names.uniqueResourceName(this, { separator: '-', maxLength: 100 }),
      defaultInterval: Duration.days(28),
      periodOverride: PeriodOverride.INHERIT,
    });
    this.dashboard.addWidgets(props.history.onDashboard(GRID_WIDTH));
    this.dashboard.addWidgets(...props.metrics.map((metric) => this.#productGraph(metric, props)));
    this.dashboard.addWidgets(heading('Nightly runs'));
    this.dashboard.addWidgets(...this.#operationsRow(props));
    const { region } = Stack.of(this);
    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${this.dashboard.dashboardName}`;
  }

  /** A search, for apps come and go; `Maximum`, for a value may have been published more than once. */
  #productGraph({ cloudWatch, title, description }: Metric, { metricsNamespace }: MetricsDashboardProps): IWidget {
    const search = new MathExpression({
      expression: `SEARCH('{"${metricsNamespace}",App} MetricName="${cloudWatch}"', 'Maximum', ${DAY.toSeconds()})`,
      usingMetrics: {},
      // Replaced by CloudWatch with each line's app.
      label: "${PROP('Dim.App')}",
      period: DAY,
    });
    return this.#graph(title, description, [search], { width: GRID_WIDTH / 2 });
  }

  #operationsRow({ metricsNamespace, deadLetters }: MetricsDashboardProps): IWidget[] {
    const perDay = (id: OperationsMetricId, label: string, statistic: string) =>
      operationsMetric(metricsNamespace, id, { label, statistic, period: DAY });
    const waiting = Object.entries(deadLetters).map(([label, queue]) =>
      queue.metricApproximateNumberOfMessagesVisible({ label, statistic: 'Maximum', period: DAY }),
    );
    const width = GRID_WIDTH / 4;
    return [
      this.#graph('Runs', 'Runs that ended well', [perDay('runSucceeded', 'Succeeded', 'Sum')], { width }),
      this.#graph('Duration', 'Milliseconds', [perDay('runDurationMillis', 'Longest run', 'Maximum')], { width }),
      this.#graph('Malformed records', 'Records', [perDay('recordsMalformed', 'Malformed', 'Sum')], { width }),
      this.#graph('Dead letters', 'Messages', waiting, { width }),
    ];
  }

  #graph(title: string, axis: string, left: IMetric[], { width }: { readonly width: number }): IWidget {
    return new GraphWidget({
      title,
      left,
      width,
      height: 6,
      view: GraphWidgetView.TIME_SERIES,
      leftYAxis: { label: axis, min: 0, showUnits: false },
      region: Stack.of(this).region,
    });
  }
}

const heading = (text: string): IWidget => new TextWidget({ markdown: `## ${text}`, width: GRID_WIDTH, height: 1 });
