import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, it } from 'vitest';
import { S3Files } from '../../../src/adapters/aws/s3-files.ts';
import { findNewestManifest } from '../../../src/pipeline/count/find-manifest.ts';
import { readText } from '../../../src/pipeline/count/open-object.ts';
import { ExportFault, MissingObject, PipelineFault } from '../../../src/pipeline/faults.ts';
import { fakeS3 } from '../../support/fake-aws.ts';

const content = Buffer.from('0123456789abcdefghij');

/** A body that breaks off after some bytes: with an error, or as if it had ended. */
const broken = (bytes: Buffer, how: 'error' | 'end') =>
  Readable.from(
    (function* () {
      if (bytes.length > 0) yield bytes;
      if (how === 'error') throw new Error('socket hang up');
    })(),
  );

/** An S3 that gives `pieces` bytes an answer. */
function flakyS3(how: 'error' | 'end', piece: number) {
  const mock = mockClient(new S3Client({ region: 'eu-west-2' }));
  mock.on(GetObjectCommand).callsFake(({ Range }) => {
    const [, start, last] = /^bytes=(\d+)-(\d*)$/.exec(Range ?? 'bytes=0-') ?? [];
    const rest = content.subarray(Number(start), last ? Number(last) + 1 : undefined);
    const Body = rest.length <= piece ? Readable.from([rest]) : broken(rest.subarray(0, piece), how);
    return { Body, ContentLength: rest.length, ETag: '"first"' };
  });
  return mock;
}

describe('streaming', () => {
  it.each(['error', 'end'] as const)('takes a connection that drops (%s) up again where it broke off', async (how) => {
    const mock = flakyS3(how, 8);
    const files = new S3Files(mock as unknown as S3Client, 'exports');
    await expect(readText(await files.stream('data/a.json.gz'))).resolves.toBe(content.toString());
    const at = { Bucket: 'exports', Key: 'data/a.json.gz' };
    expect(mock.commandCalls(GetObjectCommand).map(({ args }) => args[0].input)).toEqual([
      at,
      { ...at, Range: 'bytes=8-', IfMatch: '"first"' },
      { ...at, Range: 'bytes=16-', IfMatch: '"first"' },
    ]);
  });

  it('of a part asks for that part, and after a drop for what is left of it', async () => {
    const mock = flakyS3('end', 5);
    const files = new S3Files(mock as unknown as S3Client, 'exports');
    await expect(readText(await files.stream('a', { from: 3, to: 12 }))).resolves.toBe('3456789ab');
    expect(mock.commandCalls(GetObjectCommand).map(({ args }) => args[0].input.Range)).toEqual([
      'bytes=3-11',
      'bytes=8-11',
    ]);
    await expect(readText(await files.stream('a', { from: 0, to: 1 }))).resolves.toBe('0');
  });

  it('goes on as long as there is progress, however often it breaks off', async () => {
    const files = new S3Files(flakyS3('error', 1) as unknown as S3Client, 'exports');
    await expect(readText(await files.stream('a'))).resolves.toBe(content.toString());
  });

  it('gives up where nothing comes any more', async () => {
    const mock = flakyS3('error', 0);
    const files = new S3Files(mock as unknown as S3Client, 'exports');
    await expect(files.stream('a').then(readText)).rejects.toThrow('socket hang up');
    expect(mock.commandCalls(GetObjectCommand)).toHaveLength(6);
  });

  it('does not join the halves of two different objects', async () => {
    const mock = flakyS3('error', 8);
    mock.on(GetObjectCommand, { IfMatch: '"first"' }).rejects(serviceError('PreconditionFailed'));
    const files = new S3Files(mock as unknown as S3Client, 'exports');
    await expect(files.stream('a').then(readText)).rejects.toThrow(ExportFault);
  });

  it('stops where the time is up', async () => {
    const controller = new AbortController();
    const files = new S3Files(fakeS3(new Map([['a', content]])), 'exports', controller.signal);
    const stream = await files.stream('a');
    controller.abort(new Error('the time is up'));
    await expect(readText(stream)).rejects.toThrow('the time is up');
    await expect(files.stream('a')).rejects.toThrow('the time is up');
  });
});

const serviceError = (name: string) =>
  new S3ServiceException({ name, message: `${name} message`, $fault: 'client', $metadata: {} });

describe('errors say what to do', () => {
  it.each([
    [
      'a missing object',
      new NoSuchKey({ message: 'none', $metadata: {} }),
      MissingObject,
      'exports/a: an object is missing',
    ],
    ['denied access', serviceError('AccessDenied'), PipelineFault, 's3:ListBucket on the bucket'],
    [
      'a key that may not be used',
      Object.assign(serviceError('AccessDenied'), {
        message:
          'User: arn:aws:sts::1:assumed-role/me is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:eu-west-2:1:key/2',
      }),
      PipelineFault,
      'expected kms:Decrypt on arn:aws:kms:eu-west-2:1:key/2; found AccessDenied; let whoever reads use the key',
    ],
    ['a missing bucket', serviceError('NoSuchBucket'), PipelineFault, 'exports: there is no such bucket'],
    ['anything else', serviceError('SlowDown'), S3ServiceException, 'SlowDown message'],
  ])('%s', async (_what, error, type, message) => {
    const mock = mockClient(new S3Client({ region: 'eu-west-2' }));
    mock.on(GetObjectCommand).rejects(error);
    const failure = await new S3Files(mock as unknown as S3Client, 'exports').stream('a').catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(type);
    expect((failure as Error).message).toContain(message);
  });
});

describe('finding the newest complete export', () => {
  const keys = [
    ...Array.from({ length: 25 }, (_, n) => `exports/incremental/2024-11-20/AWSDynamoDB/data/${n}.json.gz`),
    'exports/incremental/2024-11-20/AWSDynamoDB/01732154400000-aaaaaaaa/manifest-summary.json',
    'exports/incremental/2024-11-21/AWSDynamoDB/01732240800000-bbbbbbbb/manifest-summary.json',
    'exports/incremental/2024-11-21/AWSDynamoDB/01732240800000-bbbbbbbb/manifest-summary.md5',
    'exports/incremental/2024-11-22/AWSDynamoDB/01732327200000-cccccccc/_started',
    'exports/backfill/2024-01-01/request/AWSDynamoDB/01732100000000-dddddddd/manifest-summary.json',
  ];
  const files = new S3Files(fakeS3(new Map(keys.map((key) => [key, content])), { pageSize: 10 }), 'exports');

  it.each([
    ['exports/', 'exports/incremental/2024-11-21/AWSDynamoDB/01732240800000-bbbbbbbb/manifest-summary.json'],
    ['exports/incremental/2024-11-20/', keys[25]],
    ['exports/backfill/', keys.at(-1)],
  ])('under %s, over all pages of the bucket', async (prefix, expected) => {
    await expect(findNewestManifest(files, prefix)).resolves.toBe(expected);
  });

  it('says so where none is complete', async () => {
    await expect(findNewestManifest(files, 'exports/incremental/2024-11-22/')).rejects.toThrow(
      'exports/exports/incremental/2024-11-22/: there is no complete export here',
    );
  });
});
