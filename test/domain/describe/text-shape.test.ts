import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Token, tokensOf } from '../../../src/domain/describe/text-shape.ts';

/** Words as they are, anything else by its form: `USER#<uuid>`. */
const shapeOf = (text: string): string =>
  tokensOf(text)
    .map(({ word, form, separator }) => `${word ?? `<${form}>`}${separator ?? ''}`)
    .join('');

const UUID = '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d';

describe('the shape of a text', () => {
  it.each([
    ['USER#4711', 'USER#<number>'],
    ['USER#ada', 'USER#ada'],
    [`ORDER#${UUID}#ITEM#7`, 'ORDER#<uuid>#ITEM#<number>'],
    ['STORE#new-york#USER#a1b2', 'STORE#new-york#USER#<id>'],
    ['PROFILE', 'PROFILE'],
    ['#METADATA#x1y', '#METADATA#<id>'],
    ['EVENT#01ARZ3NDEKTSV4RRFFQ69G5FAV', 'EVENT#<ulid>'],
    ['LOG#2026-11-21T10:00:00.123Z', 'LOG#<dateTime>'],
    ['log:2026-11-21T10:00:00Z:web', 'log:<dateTime>:web'],
    ['session-sudoku-7f3a9c-19bc', 'session-sudoku-<id>'],
    ['member-user-7f3a', 'member-user-<id>'],
    ['leaderboard-chess-2026-11-21', 'leaderboard-chess-<date>'],
    [`friendship-${UUID}-${UUID}`, 'friendship-<uuid>-<uuid>'],
    ['cus_NffrFeUfNV2Hib', 'cus_<id>'],
    ['CUST1001', 'CUST<number>'],
    ['$shop#userid_a1b2#orderid_7', '$shop#userid_<id>#orderid_<number>'],
    [UUID, '<uuid>'],
    ['0190163d-8694-739b-aea5-966c26f8ad90', '<uuidv7>'],
    ['0ujtsYcgvSTl8PAuAdqWYSMnLOv', '<ksuid>'],
    ['ada.lovelace@example.com', '<email>'],
    ['deadbeef0123', '<hex>'],
    ['V1StGXR8_Z5jdHi6B-myT', '<id>'],
    ['2026-11-21', '<date>'],
    ['2026-11-21 10:00:00', '<dateTimeWithoutZone>'],
    ['Friday night', '<text>'],
    ['-12.5', '<number>'],
    ['', ''],
  ])('of %s is %s', (text, shape) => expect(shapeOf(text)).toBe(shape));

  const anyText = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc
      .array(fc.constantFrom('USER', 'ada', '#', '-', '_', ':', '/', '.', '2026-11-21', UUID, '7f3a', '@', ''), {
        maxLength: 30,
      })
      .map((parts) => parts.join('')),
  );

  it('ends where the text does, and nowhere before', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const ends = tokensOf(text).map(({ separator }) => separator === null);
        expect(ends.indexOf(true)).toBe(ends.length - 1);
        expect(ends.length).toBeLessThanOrEqual(13);
      }),
    );
  });

  it('shows words in the order in which they stand in the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let at = 0;
        for (const { word, separator } of tokensOf(text) as readonly Token[]) {
          if (word === null) continue;
          const found = text.indexOf(word + (separator ?? ''), at);
          expect(found).toBeGreaterThanOrEqual(at);
          at = found + word.length;
        }
      }),
    );
  });
});
