/*
 * `daytally/cdk`: the construct, its parts and their props. Its parts are made by it; they are here so that what hangs on
 * them (`daytally.nightlyExport.bucket`) has a type that can be named.
 */
export { type AnalyticsBilling, AnalyticsTable, type AnalyticsTableProps } from './constructs/analytics-table.ts';
export { Daytally, type DaytallyProps } from './constructs/daytally.ts';
export { ExportAggregation, type ExportAggregationProps } from './constructs/export-aggregation.ts';
export { HistoryWidget, type HistoryWidgetProps } from './constructs/history-widget.ts';
export { LargeExportAggregation, type LargeExportAggregationProps } from './constructs/large-export-aggregation.ts';
export { MetricsDashboard, type MetricsDashboardProps } from './constructs/metrics-dashboard.ts';
export { NightlyExport, type NightlyExportProps } from './constructs/nightly-export.ts';
export { NodeFunction, type NodeFunctionProps, type RuntimeProps } from './constructs/node-function.ts';
export { OperationsAlarms, type OperationsAlarmsProps } from './constructs/operations-alarms.ts';
export type { SourceTable } from './constructs/own-table.ts';
export { PipelineFunction } from './constructs/pipeline-function.ts';
export { DaytallyStack, type DaytallyStackProps } from './daytally-stack.ts';
