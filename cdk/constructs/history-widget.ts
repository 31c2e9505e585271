import { Duration } from 'aws-cdk-lib';
import { CustomWidget, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { z } from 'zod';
import type { Definition } from '../../src/domain/definition.ts';
import type { widgetEnvironment } from '../../src/schemas/environment.ts';
import type { AnalyticsTable } from './analytics-table.ts';
import { NodeFunction, type RuntimeProps } from './node-function.ts';

export interface HistoryWidgetProps extends RuntimeProps {
  /** Its ledger is what the widget shows. */
  readonly analytics: AnalyticsTable;
  /** What is counted. */
  readonly definition: Definition;
}

/**
 * A widget that draws from the Analytics Table itself: all days that it keeps, as soon as they are written, where
 * CloudWatch's own graphs show old points late and forget metrics that were silent for two weeks.
 * It runs with the rights of whoever looks at the dashboard: they need lambda:InvokeFunction on {@link worker}.
 */
export class HistoryWidget extends Construct {
  readonly worker: NodeFunction;

  constructor(scope: Construct, id: string, { analytics, ...others }: HistoryWidgetProps) {
    super(scope, id);
    this.worker = new NodeFunction(this, 'Widget', {
      ...others,
      entry: 'history-widget',
      description: 'Daytally: draws the history on the dashboard',
      memorySizeMib: 256,
      timeout: Duration.seconds(15),
      environment: { ANALYTICS_TABLE_NAME: analytics.table.tableName } satisfies z.input<typeof widgetEnvironment>,
    });
    analytics.grantReadLedger(this.worker);
  }

  /** The widget, `width` units of the dashboard's grid wide. */
  onDashboard(width: number): IWidget {
    return new CustomWidget({
      title: 'History',
      functionArn: this.worker.function.functionArn,
      width,
      height: 16,
      updateOnTimeRangeChange: true,
    });
  }
}
