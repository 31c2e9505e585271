import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fnv1a, shardOf } from '../../src/domain/shard.ts';
import { anyApp, anyDay, anyId } from '../support/records.ts';

describe('FNV-1a', () => {
  // http://www.isthe.com/chongo/src/fnv/test_fnv.c and RFC 9923
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['b', 0xe70c2de5],
    ['foobar', 0xbf9cf968],
    ['chongo was here!\n', 0xd49930d5],
  ])('of %j is what its authors publish', (text, hash) => {
    expect(fnv1a(text)).toBe(hash);
  });

  it('is that of UTF-8, whatever the text', () => {
    const byHand = (text: string): number =>
      Number(
        Buffer.from(text).reduce((hash, byte) => ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn, 0x811c9dc5n),
      );
    fc.assert(
      fc.property(anyId, (text) => {
        expect(fnv1a(text)).toBe(byHand(text));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('shards', () => {
  it('are numbered from 0 to one less than there are', () =>
    fc.assert(
      fc.property(anyDay, anyApp, anyId, fc.integer({ min: 1, max: 5000 }), (day, app, userId, shards) => {
        const shard = shardOf(day, app, userId, shards);
        expect(Number.isInteger(shard) && shard >= 0 && shard < shards).toBe(true);
      }),
      { numRuns: 1_000 },
    ));

  it('hold about the same number of users each, of one app and day as of many', () => {
    const sizes = (keyOf: (index: number) => [number, string, string]) => {
      const counts = Array.from({ length: 16 }, () => 0);
      for (let index = 0; index < 16_000; index++) {
        const shard = shardOf(...keyOf(index), 16);
        counts[shard] = (counts[shard] ?? 0) + 1;
      }
      return counts;
    };
    const oneDay = sizes((index) => [20_000, 'sudoku', `user-${index}`]);
    const oneUser = sizes((index) => [index, `app${index % 7}`, 'ada']);
    for (const size of [...oneDay, ...oneUser]) expect(Math.abs(size - 1000)).toBeLessThan(150);
  });
});
