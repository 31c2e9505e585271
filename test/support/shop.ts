import { playShop } from '../../src/adapters/local/simulated-shop.ts';
import type { ShopEvent } from '../../src/adapters/local/simulated-shop-history.ts';
import { shopTableShape } from '../../src/adapters/local/simulated-shop-items.ts';
import { SimulatedTable } from '../../src/adapters/local/simulated-table.ts';
import { loadJsonDefinition } from '../../src/definitions/load.ts';
import type { Detail } from '../../src/domain/analytics-record.ts';
import { spanOfDay } from '../../src/domain/export-window.ts';
import type { Summary } from '../../src/domain/summary.ts';
import type { UtcDay } from '../../src/domain/utc-day.ts';
import { exampleFile } from './examples.ts';
import { layOut } from './exports.ts';
import type { StoreTruth } from './shop-truth.ts';

export const shopDefinition = loadJsonDefinition(exampleFile('shop.json'));

export interface PlayedShop {
  readonly table: SimulatedTable;
  /** By the shop's own books. */
  readonly history: readonly ShopEvent[];
}

export function playedShop(options: Parameters<typeof playShop>[1]): PlayedShop {
  const table = new SimulatedTable(shopTableShape);
  return { table, history: playShop(table, options) };
}

/** The lines of the incremental export of a UTC day. */
export const linesOfDay = ({ table }: PlayedShop, day: UtcDay): string[] =>
  [...table.incrementalExport(spanOfDay(day))].map((record) => JSON.stringify(record));

/** All objects of the incremental export of a UTC day, its lines in these files. */
export function layOutDay(day: UtcDay, files: readonly (readonly string[])[]): Map<string, Buffer> {
  const { from, to } = spanOfDay(day);
  const summary = { exportFromTime: new Date(from).toISOString(), exportToTime: new Date(to).toISOString() };
  return layOut({ files, summary });
}

/** What is counted of a store. */
export interface CountedStore {
  readonly summary: Summary;
  readonly detail: Detail;
}

/** What the definition is to have counted of a store, by the truth. */
export const expectedOf = ({ summary, buyersIds, shoppersIds, ordersPerUser }: StoreTruth): CountedStore => {
  const { buyers: _, shoppers: __, orders: ___, ...bare } = summary;
  return {
    summary,
    detail: new Map<string, Detail extends ReadonlyMap<string, infer V> ? V : never>([
      ['buyersIds', buyersIds],
      ['shoppersIds', shoppersIds],
      ['ordersPerUser', ordersPerUser],
      ...Object.entries(bare),
    ]),
  };
};
