import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Course, distributed, inline } from '../../support/aggregations.ts';
import { incrementalLine, paidBack, placed, profile, shop, visit } from '../../support/another-table.ts';
import { layOut } from '../../support/exports.ts';
import { day } from '../../support/factories.ts';
import { firstGames, MEMBER, PARTY, SESSION } from '../../support/first-games.ts';
import { anyId, imageOf } from '../../support/records.ts';

const THURSDAY = day('2024-11-21');
const RUNS = 200;

const anyRecord = fc.oneof(
  { weight: 12, arbitrary: aSession() },
  fc.constantFrom(
    '{"Keys":{"modelId":{"S":"session-chess-1"}}}',
    '{"NewImage":{"modelId":{"S":"profile-1"}}}',
    '{"NewImage":{"modelId":{"S":"session-chess-2"},"owner":{"S":"nobody"},"updatedAt":{"N":"1732190400"}}}',
    'not JSON',
  ),
);

function aSession() {
  return fc
    .record({
      activity: fc.constantFrom(SESSION, PARTY, MEMBER),
      app: fc.constantFrom('sudoku', 'chess', '__proto__', '𝔘pp', '\ufffd', 'Ünïcode'),
      userId: fc.oneof(fc.constantFrom('ada', 'grace', '__proto__', '%__proto__', '\ud800', '𝔘', '\uffff'), anyId),
      day: fc.constantFrom(THURSDAY - 2, THURSDAY - 1, THURSDAY, THURSDAY, THURSDAY, THURSDAY + 1),
      id: fc.nat(99),
    })
    .map(({ id, ...activity }) => {
      const time = { N: `${activity.day * 86_400 + id}` };
      return JSON.stringify({ NewImage: imageOf(activity, `${id}`, time, { N: '1' }) });
    });
}

const twoDays = { exportFromTime: '2024-11-20T00:00:00.000Z' };

const anyCourse: fc.Arbitrary<Course> = fc.record({
  filesPerBatch: fc.integer({ min: 1, max: 4 }),
  shards: fc.integer({ min: 1, max: 9 }),
  order: fc.nat(7),
  repeated: fc.array(fc.nat(5), { maxLength: 3 }),
});

/** Amounts of any length and sign, as DynamoDB writes them. */
const amount = fc
  .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^[1-9][0-9]{0,30}(\.[0-9]{0,6}[1-9])?$/))
  .map(([sign, digits]) => sign + digits);
const buyer = fc
  .oneof(fc.constantFrom('ada', 'grace', '__proto__', '𝔘', '\uffff'), anyId)
  .filter((user) => !user.includes('#'));
const second = fc.integer({ min: (THURSDAY - 1) * 86_400, max: (THURSDAY + 1) * 86_400 - 1 });

/** Orders with their amounts, refunds, profiles, and visits of nobody in apps of their own. */
const anyChange = fc.oneof(
  fc
    .tuple(buyer, fc.nat(9), second, amount, amount)
    .map(([user, order, at, total, tax]) => placed(user, `${order}`, at, total, tax)),
  fc.tuple(buyer, fc.nat(9), second, amount).map(([user, order, at, total]) => {
    return paidBack(user, `${order}`, new Date(at * 1000).toISOString(), total);
  }),
  fc.tuple(buyer, second).map(([user, at]) => profile(user, at)),
  fc.tuple(fc.constantFrom('web', 'shop', '__proto__', 'Ü'), fc.nat(99)).map(([app, id]) => visit(app, `${id}`)),
);

describe('a large export', () => {
  it('ends in what counting it in one piece ends in, byte by byte, however it is cut, repeated and ordered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyRecord, { maxLength: 25 }), { maxLength: 6 }),
        anyCourse,
        async (files, course) => {
          const objects = layOut({ files, summary: twoDays });
          expect(await distributed(firstGames, objects, course)).toEqual(await inline(firstGames, objects));
        },
      ),
      { numRuns: RUNS },
    );
  });

  it('of sums, of users who are nobody and of what the export cannot tell ends in the same too', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyChange.map(incrementalLine), { maxLength: 15 }), { maxLength: 5 }),
        anyCourse,
        // Of two days nobody can say on which of them the visits were; without old images, not what has changed.
        fc.constantFrom({}, twoDays, { outputView: 'NEW_IMAGES' }),
        async (files, course, summary) => {
          const objects = layOut({ files, summary });
          expect(await distributed(shop, objects, course)).toEqual(await inline(shop, objects));
        },
      ),
      { numRuns: RUNS },
    );
  });

  const longName = (index: number) => `user-𝔘-${index}`.padEnd(300, 'x');
  const gamesLine = (index: number) =>
    JSON.stringify({
      NewImage: imageOf(
        { activity: index % 3 === 0 ? PARTY : SESSION, app: 'sudoku', userId: longName(index), day: THURSDAY },
        `${index}`,
        { N: `${THURSDAY * 86_400}` },
        { N: '1' },
      ),
    });
  /** Visits are of nobody, and so must not take a place among the users. */
  const shopLine = (index: number) =>
    incrementalLine(
      [
        visit('web', `${index}`),
        placed(longName(index), '1', THURSDAY * 86_400, `${index}.5`),
        profile(longName(index), THURSDAY * 86_400),
      ][index % 3] ?? visit('web', ''),
    );

  it.each([
    ['the games', firstGames, gamesLine, [600, 640, 680, 720], 3_000],
    ['the shop', shop, shopLine, [900, 960, 1_020, 1_080], 2_000],
  ])('of %s ends in the same Parquet files and pointers where detail is too big for an item', async (...row) => {
    const [, definition, line, aroundTheLimit, usersFarBeyond] = row;
    const linesFarBeyond = 3_000;
    for (const count of [...aroundTheLimit, linesFarBeyond]) {
      const lines = Array.from({ length: count }, (_, index) => line(index));
      const objects = layOut({ files: [lines.slice(0, count / 2), lines.slice(count / 2)] });
      const course = { filesPerBatch: 1, shards: 7, order: 1, repeated: [0] };
      const expected = await inline(definition, objects);
      expect(await distributed(definition, objects, course)).toEqual(expected);
      if (count === linesFarBeyond) expect(expected.files.size).toBe(usersFarBeyond / 5);
    }
  });
});
