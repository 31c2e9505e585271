import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { incrementalLine, placed, profile, shop, visit } from '../support/another-table.ts';
import { layOut } from '../support/exports.ts';
import { clear, scan } from '../support/fake-aws.ts';
import { type HttpAws, startHttpAws } from '../support/http-aws.ts';

/* The functions as they are deployed: as the package has them, and the definition in a file beside them. */

const noon = 1_732_190_400; // 2024-11-21T12:00:00Z
const MANIFEST = 'AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json';
const files = [
  [placed('ada', '1', noon, '19.99'), visit('blog', 'a'), profile('ada', noon)],
  [placed('grace', '1', noon, '0.01'), placed('ada', '2', noon, '5'), visit('blog', 'b')],
].map((changes) => changes.map(incrementalLine));

let outdir: string;
let table: EmbeddedTable;
let aws: HttpAws;

beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'daytally-beside-'));
  table = await openEmbeddedTable();
  aws = await startHttpAws();
  const handlers = ['aggregator', 'map-files', 'merge-shard', 'publish-large-export', 'history-widget'];
  await cp(join(import.meta.dirname, '../../dist/handlers'), outdir, { recursive: true });
  for (const name of handlers) await writeFile(join(outdir, name, 'definition.json'), shop.json);
}, 120_000);
afterAll(async () => {
  aws.close();
  await table.close();
  await rm(outdir, { recursive: true });
});

beforeEach(async () => {
  await clear(table.client, table.tableName);
  aws.objects.clear();
  for (const [key, bytes] of layOut({ files })) aws.objects.set(key, bytes);
  for (const [name, value] of Object.entries({
    TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    ANALYTICS_TABLE_NAME: table.tableName,
    BUCKET_NAME: 'daytally-exports',
    DEFINITION_FILE: 'definition.json',
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    AWS_ENDPOINT_URL_S3: aws.endpoint,
    AWS_ENDPOINT_URL_CLOUDWATCH: aws.endpoint,
  })) {
    vi.stubEnv(name, value);
  }
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const context = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 300_000 };
let loads = 0;
/** Loaded anew each time, as at a cold start. */
const invoke = async (name: string, event: unknown) => {
  const url = `${pathToFileURL(join(outdir, name, 'index.mjs')).href}?${++loads}`;
  return await (await import(/* @vite-ignore */ url)).handler(event, context);
};

/** The data files that the manifest lists, as the state machine hands them on. */
const listed = (): unknown[] =>
  Buffer.from(aws.objects.get(MANIFEST.replace('summary', 'files')) ?? [])
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Items without what differs from run to run by nature. */
const stored = async () =>
  (await scan(table.client, table.tableName)).map(
    ({ runId: _, writtenAt: __, startedAt: ___, expiresAt: ____, ...item }) => item,
  );

describe('what lies beside a function decides what is counted', () => {
  it('by the Aggregator, which writes it down', async () => {
    const event = { bucket: 'daytally-exports', key: MANIFEST };
    await expect(invoke('aggregator', event)).resolves.toMatchObject({
      definition: shop.hash,
      records: { read: 6, counted: 6 },
    });
    const [definition, ledger, blog, web] = await stored();
    expect(definition).toMatchObject({ date: { S: '#definition' }, app: { S: shop.hash }, json: { S: shop.json } });
    expect(ledger).toMatchObject({ app: { S: '#run' }, definition: { S: shop.hash } });
    expect(blog).toMatchObject({ app: { S: 'blog' }, visits: { N: '2' } });
    expect(web).toMatchObject({ app: { S: 'web' }, buyersIds: { L: [{}, {}] }, revenue: { S: '25' } });
  });

  it('by the functions of a large export, which end in the same', async () => {
    await invoke('aggregator', { bucket: 'daytally-exports', key: MANIFEST });
    const expected = await stored();
    await clear(table.client, table.tableName);

    const aggregation = {
      bucket: 'daytally-exports',
      manifestKey: MANIFEST,
      partialsPrefix: 'partials/e/x/',
      shards: 2,
    };
    await invoke('map-files', { BatchInput: { aggregation }, Items: listed() });
    for (const shard of [0, 1]) await invoke('merge-shard', { aggregation, shard });
    const startedAt = new Date().toISOString();
    const input = { aggregation, force: false, executionName: 'execution', startedAt };
    await expect(invoke('publish-large-export', input)).resolves.toMatchObject({ days: 1 });
    expect(await stored()).toEqual(expected);
  });

  it('by none of them where it is another in the middle of an export', async () => {
    const aggregation = {
      bucket: 'daytally-exports',
      manifestKey: MANIFEST,
      partialsPrefix: 'partials/e/y/',
      shards: 1,
    };
    await invoke('map-files', { BatchInput: { aggregation }, Items: listed() });
    vi.stubEnv('DEFINITION_FILE', undefined);
    await expect(invoke('merge-shard', { aggregation, shard: 0 })).rejects.toThrow(
      /a partial count is not the one that was looked for: definition; expected .*drop the manifest again/,
    );
  });

  it('and what the history widget shows and takes', async () => {
    await invoke('aggregator', { bucket: 'daytally-exports', key: MANIFEST });
    const end = Date.parse('2024-11-23T09:00:00Z');
    vi.useFakeTimers({ toFake: ['Date'], now: end });
    const widgetContext = {
      timeRange: { mode: 'relative', start: end - 7 * 86_400_000, end },
      theme: 'light',
      width: 600,
      height: 900,
    };
    const html = await invoke('history-widget', { widgetContext });
    vi.useRealTimers();
    for (const { title } of shop.metrics) expect(html).toContain(title);
    expect(html).toContain('<td>25</td>');
    expect(html).not.toContain('Active users');
    await expect(invoke('history-widget', { describe: true })).resolves.toContain('`revenue`');
    await expect(invoke('history-widget', { metric: 'gamesPlayed', widgetContext })).rejects.toThrow(
      `metric: expected ${shop.metrics.map(({ id }) => id).join(', ')}`,
    );
  });

  it.each([
    ['that is not there', 'other.json', /ENOENT/],
    ['that is no definition', 'broken.json', /broken\.json is not valid: version: expected 1/],
    ['that lies elsewhere', '../definition.json', /DEFINITION_FILE: expected the name of a file beside the code/],
  ])('so a file %s fails at the start, before anything is counted', async (_what, file, message) => {
    await writeFile(join(outdir, 'aggregator', 'broken.json'), '{}');
    vi.stubEnv('DEFINITION_FILE', file);
    await expect(invoke('aggregator', { bucket: 'daytally-exports', key: MANIFEST })).rejects.toThrow(message);
  });
});
