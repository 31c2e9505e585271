import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../../src/adapters/local/event-pattern.ts';
import { type EventPattern, manifestCreatedPattern } from '../../../src/schemas/object-created-pattern.ts';
import { objectCreatedEvent } from '../../support/object-created-event.ts';

const pattern = manifestCreatedPattern('daytally-exports', 'exports/');

describe('the pattern of finished exports', () => {
  it.each([
    [
      'an incremental export',
      'exports/incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json',
    ],
    ['a backfill', 'exports/backfill/2024-01-01/7d1f0c9e/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json'],
  ])('matches the manifest of %s', (_what, key) => {
    expect(matchesPattern(pattern, objectCreatedEvent({ bucket: 'daytally-exports', key }))).toBe(true);
  });

  it.each([
    'exports/incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.md5',
    'exports/incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json.md5',
    'exports/incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-files.json',
    'exports/incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/_started',
    'exports/incremental/2024-11-21/AWSDynamoDB/data/abcdefghijklmnopqrstuvwxyz.json.gz',
    'exports/incremental/2024-11-21/manifest-summary.json',
    'exports/incremental/2024-11-21/awsdynamodb/01732233600000-a1b2c3d4/manifest-summary.json',
    'other/exports/incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json',
  ])('does not match the key %s', (key) => {
    expect(matchesPattern(pattern, objectCreatedEvent({ bucket: 'daytally-exports', key }))).toBe(false);
  });

  const key = 'exports/incremental/2024-11-21/AWSDynamoDB/01732233600000-a1b2c3d4/manifest-summary.json';

  it('does not match the same key in another bucket', () => {
    expect(matchesPattern(pattern, objectCreatedEvent({ bucket: 'daytally-exports-2', key }))).toBe(false);
  });

  it.each([
    ['detail-type', 'Object Deleted'],
    ['detail-type', 'Object Restore Completed'],
    ['source', 'aws.s3.impostor'],
  ])('does not match where %s is %s', (field, value) => {
    const event = objectCreatedEvent({ bucket: 'daytally-exports', key });
    expect(matchesPattern(pattern, { ...event, [field]: value })).toBe(false);
  });

  it.each([
    undefined,
    null,
    'text',
    7,
    [],
    {},
    { detail: null },
  ])('does not match %j, which is no such event', (event) => {
    expect(matchesPattern(pattern, event)).toBe(false);
  });
});

describe('matching', () => {
  const matchesText = (values: EventPattern[string], text: unknown) =>
    matchesPattern({ field: values }, { field: text });

  it.each([
    ['a*b', 'ab', true],
    ['a*b', 'a/x/b', true],
    ['a*b', 'a\nb', true],
    ['a*b', 'abc', false],
    ['a*b', 'xab', false],
    ['a.c', 'abc', false],
    ['a(+)[*]', 'a(+)[x]', true],
    ['*', '', true],
    ['A*', 'abc', false],
  ])('the wildcard %j on %j is %s', (wildcard, text, expected) => {
    expect(matchesText([{ wildcard }], text)).toBe(expected);
  });

  it('takes any of the values listed', () => {
    expect(matchesText(['a', { wildcard: 'b*' }], 'bcd')).toBe(true);
    expect(matchesText(['a', { wildcard: 'b*' }], 'cd')).toBe(false);
  });

  it('looks into a list of the event for one that fits', () => {
    expect(matchesText(['a'], ['x', 'a'])).toBe(true);
    expect(matchesText(['a'], ['x'])).toBe(false);
  });

  it('does not take inherited properties for fields', () => {
    expect(matchesPattern({ constructor: { name: ['Object'] } }, {})).toBe(false);
  });

  it('fits every text that is the wildcard with its stars filled in', () => {
    const filledIn = fc.tuple(fc.array(fc.string(), { minLength: 2, maxLength: 5 }), fc.array(fc.string()));
    fc.assert(
      fc.property(filledIn, ([parts, fillings]) => {
        const literals = parts.map((part) => part.replaceAll('*', ''));
        const text = literals.reduce((joined, part, index) => joined + (fillings[index - 1] ?? '') + part);
        expect(matchesText([{ wildcard: literals.join('*') }], text)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
