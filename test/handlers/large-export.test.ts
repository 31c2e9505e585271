import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { ExecutionAlreadyExists, SFNClient, type StartExecutionCommand } from '@aws-sdk/client-sfn';
import aslValidator from 'asl-validator';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/adapters/local/embedded-dynamodb.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import type { LambdaContext } from '../../src/handlers/lambda-run.ts';
import type { LargeExportInput } from '../../src/schemas/large-export.ts';
import { resourceOf } from '../cdk/support/readable.ts';
import { synthesize } from '../cdk/support/synthesize.ts';
import { layOut } from '../support/exports.ts';
import { day } from '../support/factories.ts';
import { clear, fakeCloudWatch, fakeS3, scan } from '../support/fake-aws.ts';
import { MEMBER, PARTY, SESSION } from '../support/first-games.ts';
import { imageOf } from '../support/records.ts';
import { Execution, StateFailed } from '../support/state-machine.ts';

const THURSDAY = day('2024-11-21');
const PREFIX = 'exports/incremental/2024-11-21/';
const MANIFEST = `${PREFIX}AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json`;

/** Small, but said to be large: 1.8 GB billed. Users come again in many files, some of them under hostile names. */
function anExport(): Map<string, Buffer> {
  const users = ['__proto__', '𝔘ser', ...Array.from({ length: 500 }, (_, index) => `user ${index}`)];
  const line = (file: number, index: number): string => {
    const activity = [SESSION, SESSION, PARTY, MEMBER][index % 4] ?? SESSION;
    const app = index % 7 === 0 ? '__proto__' : 'sudoku';
    const userId = users[(file * 31 + index * 17) % users.length] ?? '';
    const time = { N: `${(THURSDAY - (index % 50 === 0 ? 1 : 0)) * 86_400}` };
    return JSON.stringify({
      NewImage: imageOf({ activity, app, userId, day: THURSDAY }, `${file}-${index}`, time, { N: '1' }),
    });
  };
  const files = Array.from({ length: 40 }, (_, file) => Array.from({ length: 300 }, (_, index) => line(file, index)));
  return layOut({ files: [...files, ['no JSON']], prefix: PREFIX, summary: { billedSizeBytes: 1.8e9 } });
}

const definition = JSON.parse(
  String(resourceOf(synthesize(), 'AWS::StepFunctions::StateMachine').Properties.DefinitionString).replaceAll(
    '<AWS::Partition>',
    'aws',
  ),
);

/** Which handler is deployed as which function. */
const handlers: Record<string, () => Promise<{ handler: (event: never, context: LambdaContext) => Promise<unknown> }>> =
  {
    '<AggregationLargeMapFilesFunction.Arn>': () => import('../../src/handlers/map-files.ts'),
    '<AggregationLargeMergeShardFunction.Arn>': () => import('../../src/handlers/merge-shard.ts'),
    '<AggregationLargePublishFunction.Arn>': () => import('../../src/handlers/publish-large-export.ts'),
  };

let table: EmbeddedTable;
let objects: Map<string, Uint8Array>;
let cloudWatch: ReturnType<typeof fakeCloudWatch>;
let started: Map<string, LargeExportInput>;
let calls: string[];

beforeAll(async () => {
  table = await openEmbeddedTable();
});
afterAll(async () => await table.close());

beforeEach(async () => {
  vi.resetModules();
  await clear(table.client, table.tableName);
  const environment = {
    TABLE_ARN: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
    ANALYTICS_TABLE_NAME: table.tableName,
    BUCKET_NAME: 'daytally-exports',
    AWS_REGION: 'eu-west-2',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
    LARGE_EXPORT_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-2:111122223333:stateMachine:Large',
    // So little that 12,000 items make three shards.
    LARGE_EXPORT_MEMORY_MB: '131',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2024-11-22T03:00:00Z') });
  objects = anExport();
  started = new Map();
  calls = [];
  cloudWatch = fakeCloudWatch();
  vi.spyOn(S3Client.prototype, 'send').mockImplementation(fakeS3(objects).send as never);
  vi.spyOn(CloudWatchClient.prototype, 'send').mockImplementation(cloudWatch.client.send as never);
  vi.spyOn(SFNClient.prototype, 'send').mockImplementation((async ({ input }: StartExecutionCommand) => {
    const name = input.name ?? '';
    if (started.has(name)) throw new ExecutionAlreadyExists({ message: name, $metadata: {} });
    started.set(name, JSON.parse(input.input ?? ''));
    return { executionArn: `arn:${name}` };
  }) as never);
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const context: LambdaContext = { awsRequestId: 'request-1', getRemainingTimeInMillis: () => 300_000 };

const drop = async (sequencer: unknown) =>
  await (await import('../../src/handlers/aggregator.ts')).handler(
    { detail: { bucket: { name: 'daytally-exports' }, object: { key: MANIFEST, sequencer } } },
    context,
  );

/** How often each call fails before it succeeds. */
interface Trouble {
  readonly failures?: number;
  readonly error?: string;
  readonly seed?: number;
}

function execute(name: string, { failures = 0, error = 'SlowDown', seed = 1 }: Trouble = {}): Execution {
  const failed = new Map<string, number>();
  const world = {
    seed,
    readObject: async (_bucket: string, key: string) => Buffer.from(objects.get(key) ?? '').toString(),
    invoke: async (functionArn: string, payload: unknown) => {
      const call = `${functionArn} ${JSON.stringify(payload)}`;
      const times = failed.get(call) ?? 0;
      failed.set(call, times + 1);
      if (times < failures) throw Object.assign(new Error('busy'), { name: error });
      calls.push(functionArn);
      const load = handlers[functionArn];
      if (load === undefined) throw new Error(`there is no function ${functionArn}`);
      return await (await load()).handler(payload as never, context);
    },
  };
  return new Execution(definition, started.get(name), world, { Name: name, StartTime: '2024-11-22T03:00:00.000Z' });
}

/** All that is stored and published; which run it was is the one thing that may differ. */
async function outcome() {
  const items = await scan(table.client, table.tableName);
  return { items: items.map(({ runId: _, ...item }) => item), metrics: new Map(cloudWatch.maxima) };
}

async function countedInOnePiece() {
  vi.stubEnv('LARGE_EXPORT_STATE_MACHINE_ARN', undefined);
  await drop('00');
  const inOnePiece = await outcome();
  await clear(table.client, table.tableName);
  cloudWatch.maxima.clear();
  vi.stubEnv('LARGE_EXPORT_STATE_MACHINE_ARN', 'arn:aws:states:eu-west-2:111122223333:stateMachine:Large');
  vi.resetModules();
  return inOnePiece;
}

const countOf = (part: string): number => calls.filter((functionArn) => functionArn.includes(part)).length;

it('is a valid definition', () => {
  expect(aslValidator(structuredClone(definition))).toMatchObject({ isValid: true, errors: [] });
});

describe('starting', () => {
  it('names the execution by the export and the event, so that a copy of the event starts nothing', async () => {
    expect(await drop('0A1B')).toMatchObject({
      exportId: '01732233600000-a1b2c3d4',
      plan: { mode: 'distributed', shards: 3 },
      alreadyStarted: false,
    });
    expect(await drop('0A1B')).toMatchObject({ alreadyStarted: true });
    expect([...started.keys()]).toEqual(['01732233600000-a1b2c3d4-0A1B']);
    expect(await scan(table.client, table.tableName)).toEqual([]);
  });

  it.each([
    ['no sequencer', undefined],
    ['one of another form', '00-1 Ä'],
  ])('names the execution by the invocation where the event has %s', async (_what, sequencer) => {
    expect(await drop(sequencer)).toMatchObject({ alreadyStarted: false });
    expect(await drop(sequencer)).toMatchObject({ alreadyStarted: true });
    expect([...started.keys()]).toEqual(['01732233600000-a1b2c3d4-request-1']);
  });

  it('starts again, apart from the first, where the manifest is dropped again', async () => {
    await drop('0A1B');
    expect(await drop('0A1C')).toMatchObject({ alreadyStarted: false });
    const prefixes = [...started.values()].map(({ aggregation }) => aggregation.partialsPrefix);
    expect(prefixes).toEqual(['0A1B', '0A1C'].map((event) => `partials/01732233600000-a1b2c3d4-${event}/`));
  });
});

describe('the state machine as it is deployed', () => {
  it.each([
    ['one after the other', { seed: 0 }],
    ['side by side, in another order', { seed: 5 }],
    ['with three failures of each call', { seed: 1, failures: 3 }],
  ])('ends in what one function would have ended in: %s', async (_name, trouble) => {
    const inOnePiece = await countedInOnePiece();
    await drop('0A1B');
    const result = await execute('01732233600000-a1b2c3d4-0A1B', trouble).run();
    expect(result).toEqual({ exportId: '01732233600000-a1b2c3d4', days: 1 });
    expect(await outcome()).toEqual(inOnePiece);
    expect(inOnePiece.items.map(({ app }) => app?.S)).toEqual([gamesDefinition.hash, '#run', '__proto__', 'sudoku']);
    expect({ batches: countOf('MapFiles'), merges: countOf('MergeShard'), publishes: countOf('Publish') }).toEqual({
      batches: 6,
      merges: 3,
      publishes: 1,
    });
  });

  it('waits for hours where the account has no concurrency left, and then is as if it had been there', async () => {
    const inOnePiece = await countedInOnePiece();
    await drop('0A1B');
    await execute('01732233600000-a1b2c3d4-0A1B', { failures: 150, error: 'Lambda.TooManyRequestsException' }).run();
    expect(await outcome()).toEqual(inOnePiece);
  });

  it('publishes nothing of a damaged export, says why, and goes on where it failed once that is mended', async () => {
    const inOnePiece = await countedInOnePiece();
    await drop('0A1B');
    const [key, bytes] = [...objects].find(([name]) => name.endsWith('file17.json.gz')) ?? ['', Buffer.of()];
    objects.set(key, bytes.subarray(0, -20));
    const execution = execute('01732233600000-a1b2c3d4-0A1B', { seed: 3 });
    const failure = await execution.run().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StateFailed);
    expect(failure).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
      reason: expect.stringMatching(/^ExportFault: .*file17\.json\.gz: the data file cannot be decompressed/),
    });
    expect(countOf('Publish') + countOf('MergeShard')).toBe(0);
    expect(await scan(table.client, table.tableName)).toEqual([]);

    objects.set(key, bytes);
    const before = countOf('MapFiles');
    await execution.run();
    expect(countOf('MapFiles')).toBeLessThanOrEqual(6 + 1);
    expect(countOf('MapFiles')).toBeGreaterThan(before);
    expect(await outcome()).toEqual(inOnePiece);
  });

  it('says how to start over where its intermediate objects have expired', async () => {
    await drop('0A1B');
    const execution = execute('01732233600000-a1b2c3d4-0A1B');
    const put = objects.set.bind(objects);
    vi.spyOn(objects, 'set').mockImplementation((key, value) => (key.includes('/shards/') ? objects : put(key, value)));
    await expect(execution.run()).rejects.toMatchObject({
      error: 'MissingPartial',
      reason: expect.stringMatching(/shards\/0\.json: .*drop the manifest again/),
    });
  });
});
