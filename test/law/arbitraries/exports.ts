import fc from 'fast-check';
import type { TableDefinition } from '../../../src/domain/define-table.ts';
import type { Manifest } from '../reading/manifest.ts';
import { MIDDLE_DAY } from './times.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const midnight = MIDDLE_DAY * DAY;

const full = fc.record({
  exportType: fc.constant('FULL_EXPORT' as const),
  exportTime: fc.constantFrom(midnight + DAY, midnight + DAY + 1, midnight + 3 * DAY + 11 * 60 * MINUTE),
  startDate: fc.constantFrom(undefined, undefined, '2024-11-22', '2024-11-21', '2024-12-05'),
});

const wholeDay: Manifest = {
  exportType: 'INCREMENTAL_EXPORT',
  outputView: 'NEW_AND_OLD_IMAGES',
  exportFromTime: midnight,
  exportToTime: midnight + DAY,
};

/** Several days, parts of days, and without old images. */
const incremental = fc
  .record({
    exportType: fc.constant('INCREMENTAL_EXPORT' as const),
    outputView: fc.constantFrom('NEW_AND_OLD_IMAGES' as const, 'NEW_AND_OLD_IMAGES' as const, 'NEW_IMAGE' as const),
    exportFromTime: fc.constantFrom(midnight, midnight, midnight - DAY, midnight - 15 * MINUTE, midnight + 1000),
    length: fc.constantFrom(DAY, DAY + 15 * MINUTE, 2 * DAY, 2 * DAY, DAY - 1000, 15 * MINUTE),
  })
  .map(({ length, ...rest }) => ({ ...rest, exportToTime: rest.exportFromTime + length }));

/** Exports of a table: for the most part such as can tell what its definition asks for. */
export const manifests = ({ activities }: TableDefinition): fc.Arbitrary<Manifest> => {
  const fullTells = Object.values(activities).some(({ at, on = 'put' }) => at !== undefined && on === 'put');
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(wholeDay) },
    { weight: 2, arbitrary: incremental },
    { weight: fullTells ? 2 : 1, arbitrary: full },
  );
};
