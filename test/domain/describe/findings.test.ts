import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../../src/domain/describe/findings.ts';
import { findingPlace, findingText } from '../../../src/report/describe/finding-words.ts';
import { describeItems, type Item, N, NOW, S } from '../../support/described.ts';

const DAY = 86_400;
const now = NOW / 1000;

/** What is found in 20 items that bear these attributes. */
function found(make: (n: number) => Item): string[] {
  const items = Array.from({ length: 20 }, (_, n) => ({ PK: S(`CART#${n}`), ...make(n) }));
  return findingsIn(describeItems(items)).map((finding) => `${findingPlace(finding)} ${finding.code} ${finding.count}`);
}

describe('a time to live', () => {
  it.each<[string, (n: number) => Item, string[]]>([
    ['to come is well', (n) => ({ ttl: N(now + n * DAY) }), []],
    ['of yesterday is well: DynamoDB takes some days', () => ({ expiresAt: N(now - DAY) }), []],
    ['in milliseconds is never over', () => ({ ttl: N((now + DAY) * 1000) }), ['CART.ttl ttlTooFine 20']],
    ['as text is ignored', () => ({ expiresAt: S('2027-01-01T00:00:00Z') }), ['CART.expiresAt ttlText 20']],
    ['as the text of a number is ignored too', () => ({ TTL: S(`${now + DAY}`) }), ['CART.TTL ttlText 20']],
    [
      'over for weeks is not deleted',
      () => ({ ExpirationTime: N(now - 30 * DAY) }),
      ['CART.ExpirationTime ttlOverdue 20'],
    ],
    [
      'over for more than five years never will be',
      () => ({ ttl: N(now - 6 * 366 * DAY) }),
      ['CART.ttl ttlAncient 20'],
    ],
    ['that is a number of seconds is no time', () => ({ timeToLive: N(3600) }), ['CART.timeToLive ttlNoTime 20']],
    [
      'is told of those that are odd',
      (n) => ({ ttl: n < 5 ? N(now * 1000) : N(now + DAY) }),
      ['CART.ttl ttlTooFine 5', 'CART.ttl mixedTimes 5'],
    ],
    ['inside of a map is none', () => ({ meta: { M: { ttl: N(now * 1000) } } }), []],
    ['is what is called so', () => ({ createdAt: N((now - 9 * DAY) * 1000) }), []],
  ])('%s', (_, make, findings) => expect(found(make)).toEqual(findings));

  it('is told even where hardly any item has it', () => {
    expect(found((n) => (n === 0 ? { expires: S('never') } : {}))).toEqual(['CART.expires ttlText 1']);
  });
});

describe('other oddities', () => {
  it.each<[string, (n: number) => Item, string[]]>([
    [
      'numbers of many digits',
      (n) => ({ total: N(n < 3 ? '12345678901234567.89' : '1.5') }),
      ['CART.total inexactNumbers 3'],
    ],
    [
      'such numbers inside',
      () => ({ lines: { L: [N('12345678901234567891'), N('98765432109876543211')] } }),
      ['CART.lines inexactNumbers 40'],
    ],
    [
      'such numbers in a map, told once',
      () => ({ sum: { M: { net: N('12345678901234567891') } } }),
      ['CART.sum.net inexactNumbers 20'],
    ],
    ['several types', (n) => ({ total: n < 4 ? S('7') : N(7) }), ['CART.total mixedTypes 4']],
    ['nothing, or nothing else', (n) => ({ total: n < 4 ? { NULL: true } : N(7) }), []],
    [
      'several types in a map',
      (n) => ({ m: { M: { x: n < 4 ? S('7') : { BOOL: true } } } }),
      ['CART.m.x mixedTypes 4'],
    ],
    [
      'times in several forms',
      (n) => ({ createdAt: n < 4 ? S('2026-11-21T00:00:00Z') : N(now) }),
      ['CART.createdAt mixedTimes 4'],
    ],
    ['items near the limit', () => ({ body: S('x'.repeat(380_000)) }), ['CART largeItems 380013']],
  ])('%s', (_, make, findings) => expect(found(make)).toEqual(findings));
});

it('says of each in words what comes of it', () => {
  const items = Array.from({ length: 20 }, (_, n) => ({
    PK: S(`CART#${n}`),
    ttl: N(now * 1000),
    a: N('12345678901234567891'),
  }));
  expect(findingsIn(describeItems(items)).map((finding) => `${findingPlace(finding)} ${findingText(finding)}`)).toEqual(
    [
      'CART.a holds 20 numbers of more digits than a double has: JavaScript and others read another number',
      'CART.ttl is not in seconds in 20 items but finer: read as seconds it is thousands of years from now, so they are never deleted',
    ],
  );
});
