import { dynamoDbClient } from '../adapters/aws/clients.ts';
import { LedgerReader } from '../adapters/aws/ledger-reader.ts';
import { WarmLedger } from '../adapters/aws/warm-ledger.ts';
import { daysBetween, formatDay } from '../domain/utc-day.ts';
import { toFragment } from '../report/html/page.ts';
import { DAYS_READ_BEFORE } from '../report/nights.ts';
import { buildReport } from '../report/report.ts';
import { daysOfRange, widgetDescription } from '../report/widget.ts';
import { parseEnvironment, widgetEnvironment } from '../schemas/environment.ts';
import { InvalidInput, parseInput } from '../schemas/parse-input.ts';
import { widgetEvent } from '../schemas/widget-event.ts';
import { definitionBeside } from './definition.ts';
import { type LambdaContext, runInvocation } from './lambda-run.ts';

const environment = parseEnvironment(widgetEnvironment, process.env);
const definition = definitionBeside(environment.DEFINITION_FILE);
const { metrics } = definition;
const client = dynamoDbClient();
const warm = new WarmLedger();

/** Enough to say that the table did not answer in time. */
const RESERVED_MILLIS = 1000;

/**
 * The custom widget of the CloudWatch dashboard: the report, from the ledger alone.
 * @param event see schemas/widget-event.ts
 * @returns HTML, or Markdown where the dashboard asks for a description
 */
export const handler = async (event: unknown, context: LambdaContext): Promise<string> =>
  await runInvocation('daytally-history-widget', context, RESERVED_MILLIS, async ({ log, signal }) => {
    const request = parseInput(widgetEvent, event, 'the event of the dashboard');
    if ('describe' in request) return widgetDescription(metrics);
    const { timeRange, theme, height } = request.widgetContext;
    const now = Date.now();
    const { from, to } = daysOfRange(timeRange.zoom ?? timeRange, now);
    const ledger = new LedgerReader({ client, tableName: environment.ANALYTICS_TABLE_NAME, signal });
    const dates = daysBetween(from - DAYS_READ_BEFORE, to).map(formatDay);
    const entries = await warm.read(ledger, dates);
    log.step('ledger read', { from: formatDay(from), to: formatDay(to), entries: entries.length });
    const { app, metric } = request;
    const report = buildReport({
      entries,
      from,
      to,
      now,
      earliestRestorable: null,
      metrics,
      definitions: [definition],
      app,
      metric: metricOf(metric),
    });
    return toFragment(report, { theme, height });
  });

function metricOf(id: string | undefined) {
  const found = metrics.find((metric) => metric.id === id);
  if (id === undefined || found !== undefined) return found?.id;
  const expected = metrics.map((metric) => metric.id).join(', ');
  throw new InvalidInput('the parameters of the widget', [{ path: 'metric', expected, found: id }]);
}
