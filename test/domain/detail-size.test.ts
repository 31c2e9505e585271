import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemBytes, MAX_ITEM_BYTES } from '../../src/adapters/aws/attribute-values.ts';
import { toRecordItem } from '../../src/adapters/aws/record-item.ts';
import { numbersOf, toAnalyticsRecord } from '../../src/domain/analytics-record.ts';
import { detailBytesOf, exceedsItem, utf8Length } from '../../src/domain/detail-size.ts';
import type { AppDay } from '../../src/domain/tally.ts';
import { exactProvenance } from '../support/count.ts';
import { gamesCounts } from '../support/factories.ts';
import { firstGames, gamesRules } from '../support/first-games.ts';
import { anyId } from '../support/records.ts';

const anyUsers = fc
  .array(fc.tuple(anyId, fc.integer({ min: 1, max: 1e9 })), { maxLength: 20 })
  .map((users) => new Map(users));
const anyCounts: fc.Arbitrary<AppDay> = fc.tuple(anyUsers, anyUsers, anyUsers).map((users) => gamesCounts(...users));

it('measures UTF-8 as Node does, lone surrogates too', () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      },
    ),
    { numRuns: 1_000 },
  ));

it('never says that something is too big for an item that the store would have put into one', () =>
  fc.assert(
    fc.property(anyCounts, (counts) => {
      const record = toAnalyticsRecord(
        { date: '2024-11-21', app: 'sudoku' },
        numbersOf(gamesRules, counts),
        exactProvenance,
        { writtenAt: new Date('2024-11-22T02:15:00Z'), codeVersion: 'v1' },
      );
      expect(detailBytesOf(firstGames, counts)).toBeLessThanOrEqual(itemBytes(toRecordItem(record, firstGames)));
    }),
    { numRuns: 1_000 },
  ));

it('is a sum over users, so that shards may be measured one by one', () =>
  fc.assert(
    fc.property(anyCounts, fc.integer({ min: 2, max: 5 }), (counts, shards) => {
      const part = (users: ReadonlyMap<string, number>, shard: number) =>
        new Map([...users].filter(([userId]) => userId.length % shards === shard));
      const parts = Array.from({ length: shards }, (_, shard) =>
        counts.map(({ users, sums }) => ({ users: part(users, shard), sums })),
      );
      expect(parts.reduce((sum, counts) => sum + detailBytesOf(firstGames, counts), 0)).toBe(
        detailBytesOf(firstGames, counts),
      );
    }),
    { numRuns: 1_000 },
  ));

it('knows the limit of the store', () => {
  expect(exceedsItem(MAX_ITEM_BYTES)).toBe(false);
  expect(exceedsItem(MAX_ITEM_BYTES + 1)).toBe(true);
});
