import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CloudWatchPublisher,
  dimensionValueOf,
  MAX_METRICS_PER_REQUEST,
  MAX_REQUEST_BYTES,
} from '../../../src/adapters/aws/cloudwatch-publisher.ts';
import { MAX_APP_BYTES } from '../../../src/domain/activity.ts';
import type { MetricPoint } from '../../../src/domain/metric-points.ts';
import { anyApp } from '../../support/records.ts';

const midnight = Date.parse('2024-11-22T00:00:00Z');

function aPublisher() {
  const mock = mockClient(new CloudWatchClient({ region: 'eu-west-2' }));
  mock.on(PutMetricDataCommand).resolves({});
  const publisher = new CloudWatchPublisher({ client: mock as unknown as CloudWatchClient, namespace: 'Games' });
  return { publisher, inputs: () => mock.commandCalls(PutMetricDataCommand).map(({ args }) => args[0].input) };
}

const points = (count: number, app = 'sudoku'): MetricPoint[] =>
  Array.from({ length: count }, (_, n) => ({ name: 'ActiveUsers', app: `${app}${n}`, value: n, timestamp: midnight }));

it("stamps a value with its day's midnight, its app and the unit Count", async () => {
  const { publisher, inputs } = aPublisher();
  await publisher.publish([{ name: 'GamesPlayed', app: 'sudoku', value: 7, timestamp: midnight }]);
  expect(inputs()).toEqual([
    {
      Namespace: 'Games',
      MetricData: [
        {
          MetricName: 'GamesPlayed',
          Dimensions: [{ Name: 'App', Value: 'sudoku' }],
          Timestamp: new Date('2024-11-22T00:00:00.000Z'),
          Value: 7,
          Unit: 'Count',
        },
      ],
    },
  ]);
});

describe('requests', () => {
  it('carry at most 1,000 metrics, each once and in order', async () => {
    const { publisher, inputs } = aPublisher();
    await publisher.publish(points(2500));
    expect(inputs().map(({ MetricData = [] }) => MetricData.length)).toEqual([1000, 1000, 500]);
    expect(inputs().flatMap(({ MetricData = [] }) => MetricData.map(({ Value }) => Value))).toEqual(
      points(2500).map(({ value }) => value),
    );
    expect(MAX_METRICS_PER_REQUEST).toBe(1000);
  });

  it('stay below 1 MB with the longest of names', async () => {
    const { publisher, inputs } = aPublisher();
    await publisher.publish(points(1500, 'n'.repeat(1019)));
    expect(inputs().length).toBeGreaterThan(2);
    for (const input of inputs()) expect(JSON.stringify(input).length).toBeLessThan(MAX_REQUEST_BYTES);
    expect(inputs().flatMap(({ MetricData = [] }) => MetricData)).toHaveLength(1500);
  });

  it('are not made where there is nothing to say', async () => {
    const { publisher, inputs } = aPublisher();
    await publisher.publish([]);
    expect(inputs()).toEqual([]);
  });
});

describe("an app's name as a dimension", () => {
  it.each([
    ['sudoku', 'sudoku'],
    ['two words', 'two words'],
    ['数独', '%E6%95%B0%E7%8B%AC'],
    [':app', '%3Aapp'],
    ['  ', '%20%20'],
    ['tab\there', 'tab%09here'],
    ['日', '%E6%97%A5'],
    ['%E6%97%A5', '%25E6%2597%25A5'],
  ])('%j is %s', (app, value) => expect(dimensionValueOf(app)).toBe(value));

  it('is always one that CloudWatch takes, and another for another app', () => {
    const isName = (app: string): boolean => Buffer.byteLength(app) <= MAX_APP_BYTES;
    const hostile = fc.oneof(anyApp, fc.string({ minLength: 1, maxLength: 255, unit: 'binary' })).filter(isName);
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        expect(dimensionValueOf(one)).toMatch(/^(?!:)(?=.*[!-~])[ -~]{1,1024}$/);
        if (one !== other) expect(dimensionValueOf(one)).not.toBe(dimensionValueOf(other));
      }),
      { numRuns: 1000 },
    );
  });
});

it('tells how the work goes in a namespace beside, without dimensions and stamped by CloudWatch', async () => {
  const { publisher, inputs } = aPublisher();
  await publisher.tell({
    runSucceeded: 1,
    recordsRead: 1000,
    recordsMalformed: 2,
    runDurationMillis: 3456,
    appsNotPublished: 4,
    bytesRead: 78_900,
  });
  expect(inputs()).toEqual([
    {
      Namespace: 'Games/Operations',
      MetricData: [
        { MetricName: 'RunSucceeded', Unit: 'Count', Value: 1 },
        { MetricName: 'RecordsRead', Unit: 'Count', Value: 1000 },
        { MetricName: 'RecordsMalformed', Unit: 'Count', Value: 2 },
        { MetricName: 'RunDurationMillis', Unit: 'Milliseconds', Value: 3456 },
        { MetricName: 'AppsNotPublished', Unit: 'Count', Value: 4 },
        { MetricName: 'BytesRead', Unit: 'Bytes', Value: 78_900 },
      ],
    },
  ]);
});

it('tells nothing of what it was not given', async () => {
  const { publisher, inputs } = aPublisher();
  await publisher.tell({ daysNotExact: 0, exportsFailed: 2 });
  expect(inputs()).toEqual([
    {
      Namespace: 'Games/Operations',
      MetricData: [
        { MetricName: 'DaysNotExact', Unit: 'Count', Value: 0 },
        { MetricName: 'ExportsFailed', Unit: 'Count', Value: 2 },
      ],
    },
  ]);
});
