import { describe, expect, it } from 'vitest';
import { type ExportScope, rulesFor } from '../../src/domain/counting-rules.ts';
import { defineTable } from '../../src/domain/define-table.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';

const is = { PK: 'USER#${user}' };
const changes = { put: 'put', insert: 'insert', delete: 'delete', becomes: { becomes: { status: 'paid' } } } as const;

/** Each change, with a time of its own and without. */
const definition = parseDefinition(
  defineTable({
    version: 1,
    activities: Object.fromEntries(
      Object.entries(changes).flatMap(([id, on]) => [
        [id, { is, on, at: 'at' }],
        [`${id}Undated`, { is, on }],
      ]),
    ),
    metrics: { puts: { of: 'put', measure: 'count' } },
  }),
  'the definition',
);

const toldBy = (scope: ExportScope): string[] => {
  const { told } = rulesFor(definition, scope);
  return definition.activities.filter((_, index) => told[index]).map(({ id }) => id);
};

const all = definition.activities.map(({ id }) => id);

describe('what an export can tell', () => {
  it.each<[name: string, ExportScope, told: string[]]>([
    ['a full export', { exportType: 'FULL_EXPORT', hasOldImages: false, day: null }, ['put']],
    ['one day, with old images', { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day: 20_049 }, all],
    [
      'one day, without old images',
      { exportType: 'INCREMENTAL_EXPORT', hasOldImages: false, day: 20_049 },
      ['put', 'putUndated'],
    ],
    [
      'several days or parts of some, with old images',
      { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day: null },
      ['put', 'insert', 'delete', 'becomes'],
    ],
    [
      'several days or parts of some, without old images',
      { exportType: 'INCREMENTAL_EXPORT', hasOldImages: false, day: null },
      ['put'],
    ],
  ])('%s', (_name, scope, told) => expect(toldBy(scope)).toEqual(told));

  it('dates what bears no time by its day', () => {
    expect(rulesFor(definition, { exportType: 'INCREMENTAL_EXPORT', hasOldImages: true, day: 0 }).day).toBe(0);
  });
});
