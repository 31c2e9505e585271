import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  backfillOrder,
  incrementalOrder,
  type Occasion,
  type OrderTarget,
  purposeOf,
  withToken,
} from '../../../src/pipeline/request/export-orders.ts';
import { day } from '../../support/factories.ts';

const target: OrderTarget = {
  tableArn: 'arn:aws:dynamodb:eu-west-2:111122223333:table/games',
  bucket: 'daytally-exports',
  s3Prefix: 'exports/',
};
const tonight: Occasion = { night: '2024-11-22', ended: 0 };
const yesterday = day('2024-11-21');

const tokenOf = (on = yesterday, of = target, occasion = tonight): string =>
  withToken(incrementalOrder(on, of).order, of, occasion).clientToken;

describe('a client token', () => {
  it('is what DynamoDB takes, and the same for the same request of the same night', () => {
    expect(tokenOf()).toMatch(/^[0-9a-f]{36}$/);
    expect(tokenOf()).toBe(tokenOf(yesterday, { ...target }, { ...tonight }));
  });

  it.each([
    ['day', tokenOf(yesterday - 1)],
    ['table', tokenOf(yesterday, { ...target, tableArn: `${target.tableArn}2` })],
    ['bucket', tokenOf(yesterday, { ...target, bucket: 'other' })],
    ['prefix', tokenOf(yesterday, { ...target, s3Prefix: 'other/' })],
    ['key', tokenOf(yesterday, { ...target, kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/1' })],
    ['another key', tokenOf(yesterday, { ...target, kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/2' })],
    ['night', tokenOf(yesterday, target, { ...tonight, night: '2024-11-23' })],
    ['number of those that have ended', tokenOf(yesterday, target, { ...tonight, ended: 1 })],
  ])('is another for another %s', (_what, token) => expect(token).not.toBe(tokenOf()));

  it('covers every parameter of the request: changed in any, it is another', () => {
    const { order } = incrementalOrder(yesterday, { ...target, kmsKeyArn: 'arn:aws:kms:eu-west-2:111122223333:key/1' });
    for (const name of Object.keys(order)) {
      const changed = { ...order, [name]: 'changed' } as typeof order;
      expect(withToken(changed, target, tonight).clientToken, name).not.toBe(
        withToken(order, target, tonight).clientToken,
      );
    }
  });

  it('of a backfill is the same for a retry and another for another invocation', () => {
    const of = (requestId: string) =>
      withToken(backfillOrder(yesterday - 30, yesterday, requestId, target).order, target, tonight);
    expect(of('request-1')).toEqual(of('request-1'));
    expect(of('request-1').clientToken).not.toBe(of('request-2').clientToken);
    expect(of('request-1').keyPrefix).not.toBe(of('request-2').keyPrefix);
  });
});

describe('what an export was asked for', () => {
  it('is said by its place', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.constantFrom('exports/', 'a/b/', ''), (on, s3Prefix) => {
        const at = { ...target, s3Prefix };
        const one = incrementalOrder(on, at);
        expect(purposeOf(one.order.keyPrefix, at)).toEqual({ mode: 'incremental', from: one.window.from });
        const all = backfillOrder(on, on + 9, 'request-1', at);
        expect(purposeOf(all.order.keyPrefix, at)).toEqual({ mode: 'backfill', from: all.window.from });
      }),
    ));

  it.each([
    '',
    'exports/',
    'exports/other/2024-11-21/',
    'incremental/2024-11-21/',
    'exports/incremental/2024-11-2/',
  ])('is not ours at "%s"', (keyPrefix) => expect(purposeOf(keyPrefix, target)).toBeUndefined());
});
