import { expect, expectTypeOf, it } from 'vitest';
import { defineTable, type MetricIdOf } from '../../src/domain/define-table.ts';

/* What the compiler says of definitions in TypeScript: `npm run types` fails where one of these errors is none. */

const is = { PK: 'USER#${user}' };

it('is handed on as it is, and knows its metrics', () => {
  const metrics = {
    orders: { of: 'order', measure: 'count' },
    buyers: { of: 'order', measure: 'distinctUsers' },
  } as const;
  const table = defineTable({ version: 1, activities: { order: { is, at: 'createdAt' } }, metrics });
  expect(table).toEqual({ version: 1, activities: { order: { is, at: 'createdAt' } }, metrics });
  expectTypeOf<MetricIdOf<typeof table>>().toEqualTypeOf<'orders' | 'buyers'>();
});

it('is refused when it is compiled, where it cannot be right', () => {
  const activities = { order: { is }, cart: { is } } as const;
  defineTable({
    version: 1,
    activities,
    // @ts-expect-error there is no such activity
    metrics: { orders: { of: 'ordr', measure: 'count' } },
  });
  defineTable({
    version: 1,
    activities,
    // @ts-expect-error nor such a measure
    metrics: { orders: { of: 'order', measure: 'counts' } },
  });
  defineTable({
    version: 1,
    activities,
    metrics: { carts: { of: 'cart', measure: 'count' } },
    // @ts-expect-error nor such a key
    seperator: '#',
  });
  defineTable({
    // @ts-expect-error nor such a version
    version: 2,
    activities,
    metrics: { carts: { of: 'cart', measure: 'count' } },
  });
  defineTable({
    version: 1,
    // @ts-expect-error a hole has a form, which is not to be guessed
    activities: { order: { is, at: { hole: 'order', as: 'auto' } } },
    metrics: { orders: { of: 'order', measure: 'count' } },
  });
});
