import { createHash } from 'node:crypto';
import type { WrittenObject } from './export-layout.ts';

/** Where the simulated table and bucket are said to live. */
export interface SimulatedAccount {
  readonly account: string;
  readonly region: string;
}

/**
 * The event that S3 sends to EventBridge when an object has been written.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectCreatedEvent(
  bucket: string,
  object: WrittenObject,
  at: number,
  { account, region }: SimulatedAccount,
) {
  const id = createHash('sha256').update(`${bucket}/${object.key}/${at}`).digest('hex');
  return {
    version: '0',
    id: [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join('-'),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: '0',
      bucket: { name: bucket },
      object: {
        key: object.key,
        size: object.bytes.length,
        etag: createHash('md5').update(object.bytes).digest('hex'),
        sequencer: at.toString(16).toUpperCase().padStart(16, '0'),
      },
      'request-id': id.slice(32, 48).toUpperCase(),
      requester: account,
      'source-ip-address': '192.0.2.1',
      reason: 'PutObject',
    },
  };
}

export type ObjectCreatedEvent = ReturnType<typeof objectCreatedEvent>;
