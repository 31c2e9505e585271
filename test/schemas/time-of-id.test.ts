import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { millisOfKsuid, millisOfUlid, millisOfUuidV7 } from '../../src/schemas/time-of-id.ts';
import { idsOf } from '../law/arbitraries/ids.ts';

const END = Date.UTC(10_000, 0) - 1;
const RUNS = { numRuns: 1_000 };
const instants = fc.integer({ min: 0, max: END });
const chance = (bits: bigint) => fc.bigInt({ min: 0n, max: (1n << bits) - 1n });

describe('a ULID', () => {
  it.each([
    // The example of https://github.com/ulid/javascript
    ['01ARYZ6S41TSV4RRFFQ69G5FAV', 1_469_918_176_385],
    ['01aryz6s41tsv4rrffq69g5fav', 1_469_918_176_385],
    ['00000000000000000000000000', 0],
  ])('%s is of %d', (id, millis) => expect(millisOfUlid(id)).toBe(millis));

  it.each([
    ['7ZZZZZZZZZZZZZZZZZZZZZZZZZ', 'the largest one is of the year 10889'],
    ['80000000000000000000000000', 'more than 128 bits'],
    ['01ARYZ6S41TSV4RRFFQ69G5FA', 'too short'],
    ['01ARYZ6S41TSV4RRFFQ69G5FAVV', 'too long'],
    ['01ARYZ6S41TSV4RRFFQ69G5FAI', 'no I'],
    ['01ARYZ6S41TSV4RRFFQ69G5FAL', 'no L'],
    ['O1ARYZ6S41TSV4RRFFQ69G5FAV', 'no O'],
    ['01ARYZ6S41TSV4RRFFQ69G5FAU', 'no U'],
    ['01ARYZ6S41TSV4RRFFQ69G5FA-', 'no signs'],
    ['01ARYZ6S41TſV4RRFFQ69G5FAV', 'no letter that is a large S in some alphabet'],
    ['', 'nothing'],
  ])('%s is none: %s', (id) => expect(millisOfUlid(id)).toBeUndefined());

  it('tells the time that was put in, whatever else is in it', () =>
    fc.assert(
      fc.property(instants, chance(80n), (millis, rest) => {
        expect(millisOfUlid(idsOf.ulid(millis, rest))).toBe(millis);
        expect(millisOfUlid(idsOf.ulid(millis, rest).toLowerCase())).toBe(millis);
      }),
      RUNS,
    ));
});

describe('a UUID of version 7', () => {
  it.each([
    // The example of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z
    ['017F22E2-79B0-7CC3-98C4-DC0C0C07398F', 1_645_557_742_000],
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f', 1_645_557_742_000],
    ['00000000-0000-7000-8000-000000000000', 0],
    ['00000000-0001-7fff-bfff-ffffffffffff', 1],
  ])('%s is of %d', (id, millis) => expect(millisOfUuidV7(id)).toBe(millis));

  it.each([
    ['017f22e2-79b0-4cc3-98c4-dc0c0c07398f', 'version 4'],
    ['017f22e2-79b0-6cc3-98c4-dc0c0c07398f', 'version 6'],
    ['017f22e2-79b0-7cc3-78c4-dc0c0c07398f', 'the variant before 8'],
    ['017f22e2-79b0-7cc3-c8c4-dc0c0c07398f', 'the variant behind b'],
    ['017f22e279b07cc398c4dc0c0c07398f', 'no hyphens'],
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398', 'too short'],
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398f0', 'too long'],
    ['{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}', 'braces'],
    ['017f22e2-79b0-7cc3-98c4-dc0c0c07398g', 'no digit'],
    ['ffffffff-ffff-7fff-bfff-ffffffffffff', 'the year 10889'],
  ])('%s is none: %s', (id) => expect(millisOfUuidV7(id)).toBeUndefined());

  it('tells the time that was put in, whatever else is in it', () =>
    fc.assert(
      fc.property(instants, chance(74n), (millis, rest) => {
        expect(millisOfUuidV7(idsOf.uuidv7(millis, rest))).toBe(millis);
        expect(millisOfUuidV7(idsOf.uuidv7(millis, rest).toUpperCase())).toBe(millis);
      }),
      RUNS,
    ));
});

describe('a KSUID', () => {
  it.each([
    // The examples of https://github.com/segmentio/ksuid: timestamps 107608047 and 107610780
    ['0ujtsYcgvSTl8PAuAdqWYSMnLOv', 1_507_608_047_000],
    ['0ujzPyRiIAffKhBux4PvQdDqMHY', 1_507_610_780_000],
    ['000000000000000000000000000', 1_400_000_000_000],
    // 160 bits of ones
    ['aWgEPTl1tmebfsQzFP4bxwgy80V', 5_694_967_295_000],
  ])('%s is of %d', (id, millis) => expect(millisOfKsuid(id)).toBe(millis));

  it.each([
    ['aWgEPTl1tmebfsQzFP4bxwgy80W', 'one more than 160 bits'],
    ['zzzzzzzzzzzzzzzzzzzzzzzzzzz', 'far more'],
    ['0ujtsYcgvSTl8PAuAdqWYSMnLO', 'too short'],
    ['0ujtsYcgvSTl8PAuAdqWYSMnLOvv', 'too long'],
    ['0ujtsYcgvSTl8PAuAdqWYSMnLO-', 'no signs'],
    ['0ujtsYcgvSTl8PAuAdqWYSMnLØv', 'no other letters'],
  ])('%s is none: %s', (id) => expect(millisOfKsuid(id)).toBeUndefined());

  it('tells the second that was put in, whatever else is in it', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), chance(128n), (seconds, rest) => {
        const millis = (seconds + 1_400_000_000) * 1000;
        expect(millisOfKsuid(idsOf.ksuid(millis, rest))).toBe(millis);
      }),
      RUNS,
    ));
});
