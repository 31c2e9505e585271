import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayReplace, type Provenance, qualityOf } from '../../src/domain/provenance.ts';

const exact: Provenance = {
  exportId: '01',
  exportType: 'INCREMENTAL_EXPORT',
  exportTime: '2024-11-02T00:00:00.000Z',
  quality: 'exact',
  definition: '0123456789abcdef',
};
const lower: Provenance = { ...exact, exportType: 'FULL_EXPORT', quality: 'lowerBound' };
const byAnother = { definition: 'fedcba9876543210' };

const provenance: fc.Arbitrary<Provenance> = fc
  .tuple(
    fc.constantFrom('FULL_EXPORT' as const, 'INCREMENTAL_EXPORT' as const),
    fc.integer({ min: 1, max: 3 }),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([exportType, day, id]) => ({
    definition: exact.definition,
    exportType,
    exportId: `0${id}`,
    exportTime: `2024-11-0${day}T00:00:00.000Z`,
    quality: qualityOf(exportType),
  }));

describe('precedence of stored numbers', () => {
  it.each([
    [
      'a lower bound never takes the place of an exact number',
      { ...lower, exportTime: '2025-01-01T00:00:00.000Z' },
      exact,
      false,
    ],
    [
      'an exact number takes the place of a later lower bound',
      exact,
      { ...lower, exportTime: '2025-01-01T00:00:00.000Z' },
      true,
    ],
    ['between equals the later state wins', { ...lower, exportTime: '2024-11-03T00:00:00.000Z' }, lower, true],
    ['and the earlier loses', lower, { ...lower, exportTime: '2024-11-03T00:00:00.000Z' }, false],
    ['of the same state the export that was started later wins', { ...exact, exportId: '02' }, exact, true],
    ['and that which was started earlier loses', exact, { ...exact, exportId: '02' }, false],
    ['the same export may write again', exact, exact, true],
    [
      'what another definition has counted takes the place of a later export of the same quality',
      { ...exact, ...byAnother },
      { ...exact, exportTime: '2024-11-03T00:00:00.000Z', exportId: '02' },
      true,
    ],
    ['of lower bounds too', { ...lower, ...byAnother }, lower, true],
    ['but a lower bound never that of an exact number', { ...lower, ...byAnother }, exact, false],
    ['and an exact number that of a lower bound', { ...exact, ...byAnother }, lower, true],
  ])('%s', (_name, mine, theirs, expected) => expect(mayReplace(mine, theirs)).toBe(expected));

  it('is a total order under one definition, so that any order of writes ends with the same winner', () =>
    fc.assert(
      fc.property(fc.array(provenance, { minLength: 1, maxLength: 6 }), fc.nat(), (writes, seed) => {
        const winner = (list: readonly Provenance[]) =>
          list.reduce((stands, mine) => (mayReplace(mine, stands) ? mine : stands));
        const turned = [...writes.slice(seed % writes.length), ...writes.slice(0, seed % writes.length)];
        expect(winner(turned)).toEqual(winner(writes));
        expect(winner(writes.toReversed())).toEqual(winner(writes));
      }),
      { numRuns: 1_000 },
    ));
});
