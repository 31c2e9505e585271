import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { DirectoryBucket } from '../../../src/adapters/local/directory-bucket.ts';
import { playGame } from '../../../src/adapters/local/simulated-game.ts';
import { parseManifestFiles } from '../../../src/schemas/export-manifest.ts';
import { aggregationTrigger } from '../../../src/schemas/object-created-event.ts';
import { temporaryDirectory } from '../../support/exports.ts';
import { nightly, simulatedWorld } from './simulated-world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NIGHT = 20_051;

describe('SimulatedExporter', () => {
  let world: ReturnType<typeof simulatedWorld<DirectoryBucket>>;
  const { order, at } = nightly(NIGHT);
  const backfill = {
    exportType: 'FULL_EXPORT',
    keyPrefix: 'exports/backfill/2024-01-01/r1/',
    clientToken: 'full',
  } as const;

  beforeEach(async () => {
    world = simulatedWorld(new DirectoryBucket(temporaryDirectory(), 'games-exports'));
    playGame(world.table, { seed: 1, players: 60, from: NIGHT - 2, to: NIGHT + 1 });
    world.clock.now = at;
  });

  const bytesOf = async (key: string): Promise<Buffer> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await world.bucket.stream(key)) chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const json = async (key: string) => JSON.parse((await bytesOf(key)).toString());
  const keys = () => world.events.map(({ detail }) => detail.object.key);
  const idOf = (arn: string | undefined) => arn?.split('/').at(-1);

  it.each([
    { type: 'an incremental', wanted: order, data: (root: string) => `${root}/data` },
    { type: 'a full', wanted: backfill, data: (root: string, id: string) => `${root}/${id}/data` },
  ])('lays $type export out as DynamoDB does, manifests last', async ({ wanted, data }) => {
    const id = idOf((await world.exporter.startExport(wanted)).exportArn) ?? '';
    const root = `${wanted.keyPrefix}AWSDynamoDB`;
    const folder = `${root}/${id}`;
    expect(id).toMatch(/^\d{14}-[0-9a-f]{8}$/);
    expect(keys()[0]).toBe(`${folder}/_started`);
    expect(keys().slice(-4)).toEqual([
      `${folder}/manifest-files.json`,
      `${folder}/manifest-files.md5`,
      `${folder}/manifest-summary.json`,
      `${folder}/manifest-summary.md5`,
    ]);
    const files = keys().slice(1, -4);
    expect(files).toHaveLength(8);
    for (const key of files) expect(key.slice(0, key.lastIndexOf('/'))).toBe(data(root, id));
    for (const key of files) expect(key).toMatch(/\/[a-z2-7]{26}\.json\.gz$/);
    const listed: string[] = [];
    for await (const key of world.bucket.list('exports/')) listed.push(key);
    expect(listed.sort()).toEqual(keys().sort());
  });

  it('writes sizes and checksums that are true, over several files with items and some without', async () => {
    await world.exporter.startExport(order);
    const filesKey = keys().find((key) => key.endsWith('manifest-files.json')) ?? '';
    const summaryKey = filesKey.replace('files.json', 'summary.json');
    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');
    for (const key of [filesKey, summaryKey]) {
      expect((await bytesOf(key.replace('.json', '.md5'))).toString()).toBe(md5(await bytesOf(key)));
    }
    const files = parseManifestFiles((await bytesOf(filesKey)).toString(), filesKey);
    for (const { dataFileS3Key, itemCount, md5Checksum } of files) {
      const bytes = await bytesOf(dataFileS3Key);
      expect(md5(bytes)).toBe(md5Checksum);
      expect(gunzipSync(bytes).toString().split('\n')).toHaveLength(itemCount + 1);
    }
    const counts = files.map(({ itemCount }) => itemCount);
    expect(counts.filter((count) => count > 0).length).toBeGreaterThan(2);
    expect(counts).toContain(0);
    expect((await json(summaryKey)).itemCount).toBe(counts.reduce((sum, count) => sum + count));
  });

  it('says in the summary what was exported', async () => {
    await world.exporter.startExport(order);
    await world.exporter.startExport(backfill);
    const [incremental, full] = await Promise.all(
      keys()
        .filter((key) => key.endsWith('summary.json'))
        .map(json),
    );
    expect(incremental).toMatchObject({
      exportType: 'INCREMENTAL_EXPORT',
      exportFromTime: new Date(NIGHT * DAY).toISOString(),
      exportToTime: new Date((NIGHT + 1) * DAY).toISOString(),
      outputView: 'NEW_AND_OLD_IMAGES',
      s3Prefix: order.keyPrefix.slice(0, -1),
      outputFormat: 'DYNAMODB_JSON',
    });
    expect(incremental).not.toHaveProperty('exportTime');
    expect(full).toMatchObject({ exportTime: new Date(at).toISOString(), s3Prefix: 'exports/backfill/2024-01-01/r1' });
    expect(full).not.toHaveProperty('exportType');
  });

  it('goes to the root of the bucket where no prefix is asked for', async () => {
    await world.exporter.startExport({ ...backfill, keyPrefix: '' });
    const summaryKey = keys().find((key) => key.endsWith('summary.json')) ?? '';
    expect(summaryKey).toMatch(/^AWSDynamoDB\//);
    expect((await json(summaryKey)).s3Prefix).toBeNull();
  });

  it('exports a quiet day as empty files', async () => {
    const quiet = simulatedWorld(new DirectoryBucket(temporaryDirectory(), 'games-exports'));
    quiet.clock.now = at;
    await quiet.exporter.startExport(order);
    expect(quiet.events).toHaveLength(8 + 5);
  });

  it('tells of each object by an event that the aggregator understands', async () => {
    await world.exporter.startExport(order);
    for (const event of world.events) {
      const { key } = event.detail.object;
      expect(event).toMatchObject({ source: 'aws.s3', 'detail-type': 'Object Created' });
      expect(aggregationTrigger.parse(event)).toMatchObject({ bucket: 'games-exports', key });
      expect(event.detail.object.size).toBe((await bytesOf(key)).length);
    }
  });

  it('starts nothing again for the same token within eight hours, and does after', async () => {
    const first = await world.exporter.startExport(order);
    const written = world.events.length;
    world.clock.now += 8 * HOUR - 1;
    expect(await world.exporter.startExport(order)).toEqual({
      exportArn: first.exportArn,
      status: 'COMPLETED',
      alreadyStarted: true,
    });
    expect(world.events).toHaveLength(written);
    world.clock.now += 1;
    const later = await world.exporter.startExport(order);
    expect(later.alreadyStarted).toBe(false);
    expect(later.exportArn).not.toBe(first.exportArn);
    expect(world.events).toHaveLength(2 * written);
  });

  it.each([
    ['type', backfill],
    ['key', { ...order, kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/1' }],
    ['place', { ...order, keyPrefix: 'exports/elsewhere/' }],
  ])('refuses a token that was used for an order of another %s, as DynamoDB does', async (_what, other) => {
    await world.exporter.startExport(order);
    await expect(world.exporter.startExport({ ...other, clientToken: order.clientToken })).rejects.toThrow(
      /nothing was started: .*list-exports/,
    );
    world.clock.now += 8 * HOUR;
    await expect(world.exporter.startExport({ ...other, clientToken: order.clientToken })).resolves.toMatchObject({
      alreadyStarted: false,
    });
  });

  it('uses up no token for what it refuses', async () => {
    await expect(world.exporter.startExport({ ...order, span: { from: 0, to: DAY } })).rejects.toThrow('recovery');
    await expect(world.exporter.startExport(order)).resolves.toMatchObject({ alreadyStarted: false });
  });

  it('tells what became of exports, the newest first, minutes after they were asked for', async () => {
    const since = async (millis: number) =>
      (await world.exporter.exportsSince(millis)).map(({ keyPrefix, status }) => [keyPrefix, status]);
    await world.exporter.startExport(order);
    world.clock.now += 9 * 60_000;
    await world.exporter.startExport(backfill);
    expect(await since(at)).toEqual([
      [backfill.keyPrefix, 'IN_PROGRESS'],
      [order.keyPrefix, 'IN_PROGRESS'],
    ]);
    world.clock.now += 60_000;
    expect(await since(at)).toEqual([
      [backfill.keyPrefix, 'IN_PROGRESS'],
      [order.keyPrefix, 'COMPLETED'],
    ]);
    expect(await since(at + 1)).toEqual([[backfill.keyPrefix, 'IN_PROGRESS']]);
  });

  it('says in the summary with which key it was encrypted', async () => {
    const kmsKeyArn = 'arn:aws:kms:eu-west-2:111122223333:key/1';
    await world.exporter.startExport({ ...order, kmsKeyArn });
    await world.exporter.startExport(backfill);
    const summaries = await Promise.all(
      keys()
        .filter((key) => key.endsWith('summary.json'))
        .map(json),
    );
    expect(summaries).toMatchObject([
      { s3SseAlgorithm: 'KMS', s3SseKmsKeyId: kmsKeyArn },
      { s3SseAlgorithm: 'AES256', s3SseKmsKeyId: null },
    ]);
  });

  it.each([
    { what: 'no span', span: undefined, message: 'needs a span' },
    { what: 'under 15 minutes', span: { from: at - 14 * 60_000, to: at }, message: 'found 14 minutes' },
    { what: 'over 24 hours', span: { from: at - DAY - 60_000, to: at }, message: 'found 1441 minutes' },
    { what: 'beyond recovery', span: { from: at - 36 * DAY, to: at - 35 * DAY }, message: 'cannot be exported' },
    { what: 'in the future', span: { from: at - HOUR, to: at + HOUR }, message: 'cannot be exported' },
  ])('refuses a span that is $what', async ({ span, message }) => {
    const { span: _, ...rest } = order;
    const wanted = span === undefined ? rest : { ...rest, span };
    await expect(world.exporter.startExport(wanted)).rejects.toThrow(message);
    expect(world.events).toEqual([]);
  });

  it('can restore 35 days back, or as many as the owner has it keep', async () => {
    expect(await world.exporter.recovery()).toEqual({ earliest: at - 35 * DAY, periodDays: 35 });
    const short = simulatedWorld(world.bucket, { recoveryPeriodDays: 1 });
    short.clock.now = at;
    expect(await short.exporter.recovery()).toEqual({ earliest: at - DAY, periodDays: 1 });
    await expect(short.exporter.startExport(order)).rejects.toThrow('cannot be exported');
  });
});
