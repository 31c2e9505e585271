import { PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { formatDayShort } from '../../src/report/format.ts';
import { objectCreatedEvent } from '../support/object-created-event.ts';
import { runCli } from '../support/run-cli.ts';
import { customWidgets, drawDashboard, widgetContext } from './support/dashboard.ts';
import { type Deployment, deploy } from './support/deployment.ts';
import { OWNER, REGION } from './support/emulators.ts';
import {
  daysAgo,
  nightOf,
  numbersOfNight,
  outsideOfNight,
  putExport,
  recordsOfNight,
  valuesOfNight,
} from './support/night.ts';
import { PublishedMetrics } from './support/published-metrics.ts';
import { itemsOf, ledgerOf, type PlainItem, recordsOn } from './support/stored-items.ts';

const RETENTION_SECONDS = 455 * 86_400;
const yesterday = daysAgo(1);

let deployment: Deployment;
let metrics: PublishedMetrics;
let bucket: string;
let table: string;

beforeAll(async () => {
  deployment = await deploy(inject('synthesizedStack'));
  metrics = new PublishedMetrics(deployment.clients);
  bucket = deployment.outputs.ExportBucketName ?? '';
  table = deployment.outputs.AnalyticsTableName ?? '';
});

afterAll(async () => await deployment?.ministack.stop());

const ledger = (date: string, condition?: (entry: PlainItem) => boolean) =>
  ledgerOf(deployment.clients, table, date, condition);

const records = async (date: string) => recordsOn(await itemsOf(deployment.clients, table), date);

const invoke = async (event: object, FunctionName = deployment.outputs.AggregatorFunctionName) => {
  const { FunctionError, Payload } = await deployment.clients.lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  return { failed: FunctionError !== undefined, answer: Buffer.from(Payload ?? []).toString() };
};

/** Every product metric's daily value, as its graph takes it. */
const published = async (date: string) => {
  const values = await metrics.valuesOn('Daytally', date);
  return values.map(({ name, dimensions, value }) => ({ metric: name, app: dimensions.App, value }));
};

const expectedMetrics = Object.entries(valuesOfNight).flatMap(([metric, apps]) =>
  Object.entries(apps).map(([app, value]) => ({ metric, app, value })),
);

const expectNight = async (date: string) => {
  const found = await records(date);
  expect(found).toMatchObject(Object.values(numbersOfNight));
  for (const record of found) {
    expect(record).toMatchObject({ quality: 'exact', exportType: 'INCREMENTAL_EXPORT' });
    expect(record.expiresAt).toBe(Math.floor(Date.parse(String(record.writtenAt)) / 1000) + RETENTION_SECONDS);
  }
};

describe('the stack as it is synthesized, deployed to an emulator', () => {
  it('is changed in nothing but what the emulator cannot do', () => {
    console.log(`Not as in the template:\n  ${deployment.changes.join('\n  ')}`);
    const changed = deployment.changes.map((change) => change.replace(/[0-9A-F]{8}:/, ':'));
    expect(changed.sort()).toMatchInlineSnapshot(`
      [
        "DaytallyAggregationAggregatorDeadLettersPolicy: the tests speak plain HTTP to the emulator, and it enforces that only TLS may be spoken",
        "DaytallyAggregationAggregatorFunction: a Distributed Map reads nothing and says that it succeeded: backfills of many days are left to the one function",
        "DaytallyAggregationAggregatorRoleDefaultPolicy: the condition key cloudwatch:namespace is not known when roles are enforced",
        "DaytallyAggregationLargePublishRoleDefaultPolicy: the condition key cloudwatch:namespace is not known when roles are enforced",
        "DaytallyAlarmsLargeExportFailing: alarms on metric math are refused",
        "DaytallyAlarmsMalformedShare: alarms on metric math are refused",
        "DaytallyAlarmsTopicPolicy: the tests speak plain HTTP to the emulator, and it enforces that only TLS may be spoken",
        "DaytallyAnalyticsDetailBucketPolicy: the tests speak plain HTTP to the emulator, and it enforces that only TLS may be spoken",
        "DaytallyNightlyExportDeadLettersPolicy: the tests speak plain HTTP to the emulator, and it enforces that only TLS may be spoken",
        "DaytallyNightlyExportExportBucketPolicy: the tests speak plain HTTP to the emulator, and it enforces that only TLS may be spoken",
        "DaytallyNightlyExportRoleDefaultPolicy: exports are authorized against every table, not the one that is exported, when roles are enforced",
        "DaytallyNightlyExportRoleDefaultPolicy: the condition key cloudwatch:namespace is not known when roles are enforced",
      ]
    `);
  });

  it('runs with the rights of its roles alone', async () => {
    const health = await fetch(`${deployment.ministack.endpoint}/_ministack/health`);
    expect(await health.json()).toMatchObject({ auth: 'enabled' });
  });

  it('counts a night as soon as its manifest is there', async () => {
    const started = Date.now();
    await putExport(deployment.clients, bucket, yesterday, nightOf(yesterday));
    const entry = await ledger(yesterday);
    console.log(`From the first object to the ledger: ${Date.now() - started} ms`);
    await expectNight(yesterday);
    expect(entry).toMatchObject({
      records: recordsOfNight,
      outside: outsideOfNight(yesterday),
      notPublished: 0,
      quality: 'exact',
    });
    expect(entry.rejectsByReason).toEqual({ 'owner.format': 1, 'line.json': 1 });
  });

  it('has published every metric at noon of its day, less than 24 hours before it was sent at 02:00', async () => {
    expect(sorted(await published(yesterday))).toEqual(sorted(expectedMetrics));
    const noon = Date.parse(`${yesterday}T12:00:00Z`);
    for (const series of await metrics.series('Daytally')) {
      const times = Object.keys(await metrics.points(series, 'Maximum', 60)).map((time) => Date.parse(time));
      expect(times).toEqual([noon]);
    }
    for (const name of ['RunSucceeded', 'YesterdayExact']) {
      const heartbeat = { namespace: 'Daytally/Operations', name, dimensions: {} };
      expect(Object.values(await metrics.points(heartbeat, 'Sum'))).toEqual([1]);
    }
  });

  it('shows them on its dashboard', async () => {
    const graphs = await drawDashboard(deployment.clients, metrics);
    const midnight = `${yesterday}T00:00:00.000Z`;
    const drawn = graphs.flatMap(({ lines }) =>
      lines
        .filter(({ series }) => series.namespace === 'Daytally')
        .map(({ series, points }) => ({ metric: series.name, app: series.dimensions.App, value: points[midnight] })),
    );
    expect(sorted(drawn)).toEqual(sorted(expectedMetrics));
    const runs = graphs.find(({ title }) => title === 'Runs')?.lines[0]?.points;
    expect(Object.values(runs ?? {})).toEqual([1]);
  });

  it('shows a day as it is whose points were published at midnight before', async () => {
    const [series] = await metrics.series('Daytally');
    const { value } = (await metrics.valuesOn('Daytally', yesterday)).find(
      ({ name, dimensions }) => name === series?.name && dimensions.App === series.dimensions.App,
    ) as { value: number };
    const datum = {
      MetricName: series?.name ?? '',
      Dimensions: [{ Name: 'App', Value: series?.dimensions.App }],
      Timestamp: new Date(`${yesterday}T00:00:00Z`),
      Value: value,
      Unit: 'Count' as const,
    };
    await deployment.clients.cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Daytally', MetricData: [datum] }));
    expect(sorted(await published(yesterday))).toEqual(sorted(expectedMetrics));
  });

  it('draws the history on its dashboard from the table', async () => {
    const [endpoint, ...others] = await customWidgets(deployment.clients);
    const { failed, answer } = await invoke({ widgetContext: widgetContext() }, endpoint);
    expect({ failed, others }).toEqual({ failed: false, others: [] });
    const html = JSON.parse(answer) as string;
    expect(html).toContain('sudoku');
    expect(html).toContain(formatDayShort(yesterday));
  });
});

describe('the command line', () => {
  it('reports the same numbers of the deployed stack', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', deployment.ministack.endpoint);
    vi.stubEnv('AWS_REGION', REGION);
    vi.stubEnv('AWS_ACCESS_KEY_ID', OWNER.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', OWNER.secretAccessKey);
    const { code, stdout, stderr } = await runCli('report', '--from', yesterday, '--to', yesterday, '--format', 'json');
    vi.unstubAllEnvs();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const numbers = Object.values(numbersOfNight).map(({ app, summary }) => ({ date: yesterday, app, ...summary }));
    expect(JSON.parse(stdout)).toMatchObject({ days: numbers });
  });
});

describe('the same again', () => {
  it('changes nothing when the manifest is copied onto itself', async () => {
    const before = await ledger(yesterday);
    const { key } = before.manifest as { key: string };
    await deployment.clients.s3.send(
      new CopyObjectCommand({ Bucket: bucket, Key: key, CopySource: `${bucket}/${key}`, MetadataDirective: 'REPLACE' }),
    );
    const after = await ledger(yesterday, ({ runId }) => runId !== before.runId);
    expect(after.records).toEqual(before.records);
    await expectNight(yesterday);
    expect(sorted(await published(yesterday))).toEqual(sorted(expectedMetrics));
  });

  it('changes nothing when one event comes three times at once', async () => {
    const date = daysAgo(3);
    const key = await putExport(deployment.clients, bucket, date, nightOf(date));
    const event = objectCreatedEvent({ bucket, key });
    const answers = await Promise.all([invoke(event), invoke(event)]);
    expect(answers).toMatchObject([{ failed: false }, { failed: false }]);
    await ledger(date);
    await expectNight(date);
    expect(sorted(await published(date))).toEqual(sorted(expectedMetrics));
  });
});

describe('trouble on the way', () => {
  it('takes a broken connection up where it broke off', async () => {
    const date = daysAgo(4);
    deployment.ministack.gateway.cutNext(/\/data\/file0\.json\.gz/, 40);
    await putExport(deployment.clients, bucket, date, nightOf(date));
    expect(await ledger(date)).toMatchObject({ records: recordsOfNight });
    expect(deployment.ministack.gateway.cutPaths).toHaveLength(1);
    await expectNight(date);
  });

  it('publishes nothing of an export with a damaged file, and names it', async () => {
    const date = daysAgo(5);
    const damaged = {
      key: `exports/incremental/${date}/AWSDynamoDB/data/file2.json.gz`,
      bytes: Buffer.from('no gzip'),
    };
    const key = await putExport(deployment.clients, bucket, date, nightOf(date), damaged);
    const { failed, answer } = await invoke({ bucket, key });
    expect(failed).toBe(true);
    expect(answer).toContain(`${bucket}/${damaged.key}`);
    expect(await records(date)).toEqual([]);
    expect(await published(date)).toEqual([]);
  });
});

const sorted = <T extends { metric: string; app: string | undefined }>(values: readonly T[]): T[] =>
  values.toSorted((a, b) => (`${a.metric} ${a.app}` < `${b.metric} ${b.app}` ? -1 : 1));
