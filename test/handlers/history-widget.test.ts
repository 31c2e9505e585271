import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { dayOfMillis, formatDay } from '../../src/domain/utc-day.ts';
import { formatDayLong } from '../../src/report/format.ts';
import { fillLedger, pointSdkAt } from '../support/fill-ledger.ts';
import { ledgerEntry, summary } from '../support/ledger.ts';

const today = dayOfMillis(Date.now());
const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 10_000 };

let table: EmbeddedTable;
let invoke: (event: unknown) => Promise<string>;

beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  vi.spyOn(console, 'error').mockReturnValue();
  table = await openEmbeddedTable();
  await fillLedger(table, [
    ledgerEntry(today - 400, { chess: summary(4001) }),
    ...[10, 9, 3, 2, 1].map((ago) => ledgerEntry(today - ago, { chess: summary(7000 + ago), go: summary(1) })),
  ]);
  pointSdkAt(table);
  process.env.ANALYTICS_TABLE_NAME = table.tableName;
  const { handler } = await import('../../src/handlers/history-widget.ts');
  invoke = (event) => handler(event, context);
});
afterAll(async () => await table.close());

const shown = (days: number, options: object = {}) => ({
  timeRange: { mode: 'relative', start: Date.now() - days * 86_400_000, end: Date.now() },
  theme: 'light',
  width: 588,
  height: 900,
  ...options,
});

describe('the history widget', () => {
  it('shows the days of the time range', async () => {
    const html = await invoke({ widgetContext: shown(7) });
    expect(html).toContain(`>${formatDayLong(formatDay(today - 3))}</th>`);
    expect(html).toContain('<td role="cell">7,001</td>');
    expect(html).not.toContain('7,009');
  });

  it('shows the whole of the 455 days that are kept', async () => {
    expect(await invoke({ widgetContext: shown(455) })).toContain('<td role="cell">4,001</td>');
  });

  it('follows a zoom into the time range', async () => {
    const zoom = { start: (today - 12) * 86_400_000, end: (today - 4) * 86_400_000 };
    const html = await invoke({
      widgetContext: shown(60, { timeRange: { start: 0, end: Date.now(), zoom } }),
    });
    expect(html).toContain('7,009');
    expect(html).not.toContain('7,001');
  });

  it('takes the theme of the dashboard', async () => {
    expect(await invoke({ widgetContext: shown(7, { theme: 'dark' }) })).toContain('class="daytally widget dark"');
  });

  it('shows the charts alone where there is little room', async () => {
    const html = await invoke({ widgetContext: shown(7, { height: 300 }) });
    expect(html).toContain('<svg');
    expect(html).not.toContain('class="months"');
  });

  it('narrows to an app and a metric', async () => {
    const html = await invoke({ app: 'go', metric: 'activeUsers', widgetContext: shown(7) });
    expect(html).not.toContain('chess');
    expect(html.match(/class="plot"/g)).toHaveLength(1);
  });

  it('describes its parameters', async () => expect(await invoke({ describe: true })).toContain('`gamesPlayed`'));

  it.each([
    [{}, 'the event of the dashboard is not valid'],
    [{ metric: 'fun', widgetContext: shown(7) }, 'metric: expected activeUsers, gamesPlayed'],
    [{ widgetContext: shown(7, { theme: 'pink' }) }, 'the event of the dashboard is not valid'],
  ])('refuses %j', async (event, message) => await expect(invoke(event)).rejects.toThrow(message));
});
