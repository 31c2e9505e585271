import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, it } from 'vitest';
import { describeOutput } from '../../src/schemas/describe-output.ts';
import { layOut, temporaryDirectory, writeExport } from '../support/exports.ts';
import { fakeS3 } from '../support/fake-aws.ts';
import { mockInstallation } from '../support/mocked-aws.ts';
import { runCli, spawnCli } from '../support/run-cli.ts';
import { linesOfDay, playedShop } from '../support/shop.ts';

const DAY = 20_700;
const shop = linesOfDay(playedShop({ seed: 5, buyers: 200, from: DAY - 2, to: DAY }), DAY);
const summary = { exportFromTime: '2026-09-04T00:00:00Z', exportToTime: '2026-09-05T00:00:00Z' };
const shopExport = (): string => writeExport({ files: [shop.slice(0, 50), shop.slice(50)], summary });

describe('daytally describe', () => {
  it('says what is in a table, and nothing else', async () => {
    const { code, stdout, stderr } = await spawnCli('describe', shopExport());
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Incremental export .*\n(?:.*\n)+kind +items/);
    for (const kind of ['Order', 'Cart', 'Profile', 'Product']) expect(stdout).toMatch(new RegExp(`^${kind} `, 'm'));
  });

  it('prints JSON of the promised form', async () => {
    const { code, stdout } = await runCli('describe', shopExport(), '--format', 'json');
    const output = describeOutput.parse(JSON.parse(stdout));
    expect(code).toBe(0);
    expect(output).toMatchObject({
      typeAttribute: 'Type',
      records: shop.length,
      key: { attributes: ['PK', 'SK'], isTold: true },
    });
  });

  it('writes a page to a file', async () => {
    const file = join(temporaryDirectory(), 'table.html');
    const { stdout, stderr } = await runCli('describe', shopExport(), '--format', 'html', '--out', file);
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: `wrote ${file}\n` });
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>.*What is in the table.*<\/html>\n$/s);
  });

  it('reads but a sample, and says so', async () => {
    const { stdout } = await runCli('describe', shopExport(), '--sample', '20');
    expect(stdout).toContain('A SAMPLE: the first 20 records of each of 2 files');
  });

  it('drafts a definition that passes `daytally check` on the same export', async () => {
    const path = shopExport();
    const file = join(temporaryDirectory(), 'daytally.json');
    const { code, stderr } = await runCli('describe', path, '--draft', file);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(
        /^wrote .*: \d+ activities, \d+ metrics\. See what it counts:\n {2}daytally check \S+ \S+\n$/,
      ),
    });
    const draft = JSON.parse(readFileSync(file, 'utf8'));
    expect(draft.metrics.newOrders).toEqual({
      of: 'newOrder',
      measure: 'countPerUser',
      title: 'New orders',
      description: expect.any(String),
    });
    const checked = await runCli('check', file, path);
    expect({ code: checked.code, stderr: checked.stderr }).toEqual({ code: 0, stderr: '' });
    expect(checked.stdout).not.toContain('To look at');
  });

  it('asks on stderr what was not sure', async () => {
    const visit = (n: number) => ({
      Item: {
        id: { S: `VISIT#x${n}y` },
        of: { S: 'a b' },
        at: { N: `${1_795_000_000 + n}` },
        createdBy: { S: `u${n % 5}x` },
      },
    });
    const path = writeExport({
      files: [Array.from({ length: 30 }, (_, n) => JSON.stringify(visit(n)))],
      summary: { exportType: 'FULL_EXPORT', exportTime: '2026-11-22T00:10:00Z', exportFromTime: undefined },
    });
    const { code, stdout, stderr } = await runCli(
      'describe',
      path,
      '--draft',
      join(temporaryDirectory(), 'daytally.json'),
    );
    expect(code).toBe(0);
    expect(stdout).not.toContain('?');
    expect(stderr.split('\n').slice(2)).toEqual([
      'To answer before it is of use:',
      '  ? Is id the key? A full export does not say: it was guessed.',
      '  ? Where is the user of "VISIT": createdBy? Taken: none.',
      '  ? Are there apps, tenants or stores to tell apart? None was found: all counts as the app "all".',
      '',
    ]);
  });

  it('says nobody in any of its outputs, wherever users stand', async () => {
    const people = ['zanthippe', 'ksaver@example.com', 'u-77aa31', 'wolframina'];
    const image = (n: number) => {
      const text = { S: people[n % people.length] };
      const item = {
        PK: { S: `USER#${text.S}` },
        SK: { S: `ORDER#${text.S}#${n}` },
        user: text,
        Type: text,
        app: text,
      };
      const more = { at: text, createdAt: { N: '1795000000' }, ttl: text, total: text, tags: { SS: [text.S] } };
      return { ...item, ...more, nested: { M: { [`${text.S}`]: text, by: text } } };
    };
    const lines = Array.from({ length: 80 }, (_, n) => {
      const NewImage = image(n);
      return JSON.stringify({ Keys: { PK: NewImage.PK, SK: NewImage.SK }, NewImage });
    });
    const path = writeExport({ files: [lines], summary });
    const draft = join(temporaryDirectory(), 'daytally.json');
    const runs = await Promise.all([
      runCli('describe', path, '--draft', draft),
      runCli('describe', path, '--format', 'json'),
      runCli('describe', path, '--format', 'html'),
      runCli('describe', path, '--sample', '9'),
    ]);
    const outputs = runs.map(({ stdout, stderr }) => stdout + stderr).join('\n') + readFileSync(draft, 'utf8');
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    expect(people.filter((person) => outputs.toLowerCase().includes(person))).toEqual([]);
  });

  it('leaves a file alone that is there already', async () => {
    const file = join(temporaryDirectory(), 'daytally.json');
    writeFileSync(file, 'mine');
    const { code, stderr } = await runCli('describe', shopExport(), '--draft', file);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('there is such a file already') });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('says so where nothing can be drafted, and writes nothing', async () => {
    const file = join(temporaryDirectory(), 'daytally.json');
    const path = writeExport({ files: [['{"Keys":{"id":{"S":"1"}},"NewImage":{"id":{"S":"1"}}}']] });
    const { code, stderr } = await runCli('describe', path, '--draft', file);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('nothing was drafted') });
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    [['describe'], 'name either an export or --stack'],
    [['describe', '.', '--stack'], 'name either an export or --stack'],
    [['describe', '.', '--sample', '0'], 'Expected a whole number from 1'],
    [['describe', '.', '--format', 'csv'], 'Allowed choices are table, json, html'],
    [['describe', '.', '--region', 'eu-west-2'], '--region needs --stack'],
  ])('%j is wrong usage', async (words, says) => {
    const { code, stdout, stderr } = await runCli(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });

  it('prints no table of a damaged export', async () => {
    const { code, stdout, stderr } = await runCli(
      'describe',
      writeExport({ files: [shop], entries: [{ md5Checksum: 'x' }] }),
    );
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('md5Checksum');
  });
});

describe('daytally describe --stack', () => {
  const s3 = mockClient(S3Client);
  afterEach(() => s3.reset());

  function bucketOf(objects: Map<string, Uint8Array>): void {
    mockInstallation({ recoverableSince: 0 });
    const bucket = fakeS3(objects);
    s3.on(ListObjectsV2Command).callsFake((input) => bucket.send(new ListObjectsV2Command(input)));
    s3.on(GetObjectCommand).callsFake((input) => bucket.send(new GetObjectCommand(input)));
  }

  it('reads the newest export in its bucket', async () => {
    bucketOf(layOut({ files: [shop], summary, prefix: 'exports/incremental/2026-09-04/' }));
    const { code, stdout, stderr } = await runCli('describe', '--stack', '--format', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ records: shop.length, typeAttribute: 'Type' });
  });

  it('says what to do where it holds none, or there is no such stack', async () => {
    bucketOf(new Map());
    expect(await runCli('describe', '--stack')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('daytally replay asks for one'),
    });
    expect(await runCli('describe', '--stack', 'Nope')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such stack'),
    });
  });
});
