import { describe, expect, it } from 'vitest';
import type { PastExport } from '../../../src/pipeline/ports.ts';
import { failedExports } from '../../../src/pipeline/request/failed-exports.ts';

const target = {
  tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
  bucket: 'daytally-exports',
  s3Prefix: 'exports/',
  kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/0a1b2c3d',
};
const gone = { code: 'S3NoSuchBucket', message: 'gone' };

let starts = 0;
const past = (place: string, status: PastExport['status'], failure = gone): PastExport => ({
  exportArn: `arn:export/${++starts}`,
  keyPrefix: `exports/${place}/`,
  status,
  startedAt: starts,
  ...(status === 'FAILED' ? { failure } : {}),
});
/** From the first to the last. */
const failedOf = (...exports: readonly PastExport[]) => failedExports(exports, target);

describe('exports that have failed', () => {
  it.each([
    ['one that is complete', ['COMPLETED'], 0],
    ['one that is under way', ['IN_PROGRESS'], 0],
    ['one that has failed', ['FAILED'], 1],
    ['several for one day', ['FAILED', 'FAILED', 'FAILED'], 1],
    ['one that was made good', ['FAILED', 'COMPLETED'], 0],
    ['one that is being made good', ['FAILED', 'IN_PROGRESS'], 1],
    ['one after one that went well', ['COMPLETED', 'FAILED'], 1],
  ] as const)('of %s', (_what, states, expected) => {
    const exports = states.map((status) => past('incremental/2024-11-20', status));
    expect(failedOf(...exports)).toHaveLength(expected);
    expect(failedOf(...exports.toReversed())).toHaveLength(expected);
  });

  it('are told by day, the last failure of each', () => {
    const [first, other, last] = [
      past('incremental/2024-11-20', 'FAILED'),
      past('incremental/2024-11-19', 'FAILED'),
      past('incremental/2024-11-20', 'FAILED', { code: 'S3AccessDenied', message: 'no' }),
    ];
    expect(failedOf(first, other, last)).toMatchObject([
      { mode: 'incremental', from: '2024-11-19', failureCode: 'S3NoSuchBucket', exportArn: other.exportArn },
      { mode: 'incremental', from: '2024-11-20', failureCode: 'S3AccessDenied', exportArn: last.exportArn },
    ]);
  });

  it('are those of backfills too, whichever was asked for last from the same day', () => {
    expect(failedOf(past('backfill/2024-01-01/aaaaaaaaaaaa', 'FAILED'))).toMatchObject([
      { mode: 'backfill', from: '2024-01-01', command: 'daytally backfill --from 2024-01-01' },
    ]);
    const again = past('backfill/2024-01-01/bbbbbbbbbbbb', 'COMPLETED');
    expect(failedOf(past('backfill/2024-01-01/aaaaaaaaaaaa', 'FAILED'), { ...again, startedAt: 1e9 })).toEqual([]);
  });

  it('are not those that somebody else has asked for', () => {
    expect(failedOf(past('archive/2024-11-20', 'FAILED'))).toEqual([]);
    expect(failedExports([{ ...past('', 'FAILED'), keyPrefix: 'incremental/2024-11-20/' }], target)).toEqual([]);
  });

  it.each([
    ['S3NoSuchBucket', 'The specified bucket does not exist', 'the bucket daytally-exports is gone'],
    [
      'S3AccessDenied',
      'Access Denied (Service: Amazon S3; Status Code: 403)',
      "look for a Deny in the bucket's policy",
    ],
    ['AccessDenied', 'not authorized to perform: kms:GenerateDataKey on resource', `use the key ${target.kmsKeyArn} `],
    ['S3KMS.DisabledException', 'the key is disabled', 'see that the key is enabled'],
    ['KMSInvalidState', 'the key is pending deletion', `use the key ${target.kmsKeyArn} `],
    ['InternalError', 'try again', 'mend what it names'],
  ])('%s (%s) say what to do', (code, message, remedy) => {
    const [failed] = failedOf(past('incremental/2024-11-20', 'FAILED', { code, message }));
    expect(failed).toMatchObject({
      failureCode: code,
      command: 'daytally replay --from 2024-11-20 --to 2024-11-20',
      failureMessage: message,
      remedy: expect.stringContaining(remedy),
    });
  });
});
