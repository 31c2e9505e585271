import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  NoSuchBucket,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { ExportFault, MissingObject, PipelineFault } from '../../pipeline/faults.ts';
import type { ByteRange, DetailFiles, ExportFiles, PartialFiles } from '../../pipeline/ports.ts';
import { abortable, sendOptions } from './abortable.ts';

/** How often in a row a stream may break off before a byte of it has come. */
const MAX_BREAKS_WITHOUT_PROGRESS = 5;

/** A bucket in S3. */
export class S3Files implements ExportFiles, DetailFiles, PartialFiles {
  constructor(
    private readonly client: S3Client,
    readonly bucket: string,
    /** Ends all waiting, retries included. */
    private readonly signal?: AbortSignal,
  ) {}

  /** A connection that drops in the middle is taken up again where it broke off, if the object is still the same. */
  async stream(key: string, range: Partial<ByteRange> = {}): Promise<AsyncIterable<Uint8Array>> {
    const first = await this.#get(key, range);
    return this.#resuming(key, range, first);
  }

  async *list(prefix: string): AsyncGenerator<string> {
    const pages = paginateListObjectsV2(
      { client: this.client },
      { Bucket: this.bucket, Prefix: prefix },
      sendOptions(this.signal),
    );
    for await (const { Contents = [] } of pages) {
      for (const { Key } of Contents) if (Key !== undefined) yield Key;
    }
  }

  /** In one piece, so that the SDK can repeat it. */
  async put(key: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void> {
    const body = bytes instanceof Uint8Array ? bytes : Buffer.concat(bytes);
    const put = new PutObjectCommand({ Bucket: this.bucket, Key: key, Body: body });
    await abortable(this.client.send(put, sendOptions(this.signal)), this.signal);
  }

  async *#resuming(
    key: string,
    { from = 0, to }: Partial<ByteRange>,
    first: GetObjectCommandOutput,
  ): AsyncGenerator<Uint8Array> {
    const length = first.ContentLength ?? 0;
    let response = first;
    let offset = 0;
    for (let breaks = 0; ; breaks++) {
      const start = offset;
      try {
        for await (const chunk of bodyOf(response)) {
          this.signal?.throwIfAborted();
          offset += chunk.length;
          yield chunk;
        }
        if (offset >= length) return;
        throw new Error(`the connection ended after ${offset} of ${length} bytes`);
      } catch (error) {
        if (offset > start) breaks = 0;
        if (this.signal?.aborted || breaks >= MAX_BREAKS_WITHOUT_PROGRESS) throw error;
      }
      if (offset >= length) return;
      response = await this.#get(key, { from: from + offset, to }, first.ETag);
    }
  }

  async #get(key: string, { from = 0, to }: { from?: number; to?: number | undefined }, etag?: string) {
    const range = from === 0 && to === undefined ? {} : { Range: `bytes=${from}-${to === undefined ? '' : to - 1}` };
    const get = new GetObjectCommand({ Bucket: this.bucket, Key: key, ...range, ...(etag && { IfMatch: etag }) });
    try {
      return await abortable(this.client.send(get, sendOptions(this.signal)), this.signal);
    } catch (error) {
      throw toFault(error, this.bucket, key);
    }
  }
}

/** On Node the body is a stream of buffers. */
const bodyOf = ({ Body }: GetObjectCommandOutput): AsyncIterable<Uint8Array> =>
  (Body ?? []) as AsyncIterable<Uint8Array>;

function toFault(error: unknown, bucket: string, key: string): unknown {
  if (error instanceof NoSuchKey) return new MissingObject(bucket, key, error);
  if (error instanceof NoSuchBucket || hasName(error, 'NoSuchBucket')) {
    return new PipelineFault({
      what: 'there is no such bucket',
      where: bucket,
      remedy: 'check its name',
      cause: error,
    });
  }
  if (hasName(error, 'PreconditionFailed')) {
    return new ExportFault({
      what: 'the object was changed while it was read',
      where: `${bucket}/${key}`,
      expected: 'the object as it was when reading began',
      found: 'another',
      remedy: 'run the manifest again',
      cause: error,
    });
  }
  return hasName(error, 'AccessDenied') ? denied(error as Error, `${bucket}/${key}`) : error;
}

/** What may not be done is in the message, if at all: `… is not authorized to perform: kms:Decrypt on resource: arn:…`. */
function denied(cause: Error, where: string): PipelineFault {
  const key = /perform: (kms:\w+)(?: on (?:the )?resource: (\S+))?/.exec(cause.message);
  if (key === null)
    return new PipelineFault({
      what: 'S3 denies access to an object',
      where,
      expected: 's3:GetObject on it and s3:ListBucket on the bucket (without which a missing object is denied too)',
      found: 'AccessDenied',
      remedy: 'give whoever reads these permissions, and use of the KMS key where there is one',
      cause,
    });
  return new PipelineFault({
    what: 'the KMS key by which an object is encrypted may not be used',
    where,
    expected: `${key[1]} on ${key[2] ?? 'the key'}`,
    found: 'AccessDenied',
    remedy: "let whoever reads use the key, by the key's own policy too, and see that it is enabled",
    cause,
  });
}

const hasName = (error: unknown, name: string): boolean => error instanceof S3ServiceException && error.name === name;
