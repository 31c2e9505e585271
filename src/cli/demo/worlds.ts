import { playGame } from '../../adapters/local/simulated-game.ts';
import { gameKeyExample, gameTableShape } from '../../adapters/local/simulated-items.ts';
import { playShop } from '../../adapters/local/simulated-shop.ts';
import { shopTableShape } from '../../adapters/local/simulated-shop-items.ts';
import { type Item, SimulatedTable, type TableShape } from '../../adapters/local/simulated-table.ts';
import { takenBy } from '../../domain/conditions.ts';
import type { Definition } from '../../domain/definition.ts';
import { midnightOf, type UtcDay } from '../../domain/utc-day.ts';
import { PipelineFault } from '../../pipeline/faults.ts';
import { valueAt, viewsOf } from '../../schemas/attribute-view.ts';

/** A simulated application with a table of its own. */
export interface DemoWorld {
  /** What people do in it, as a sentence begins. */
  readonly people: string;
  /** Whose table it is and what its keys are like, for who has brought a definition of another. */
  readonly table: string;
  readonly shape: TableShape;
  play(table: SimulatedTable, options: WorldOptions): void;
}

export interface WorldOptions {
  readonly seed: number;
  /** How many there are on the first day. */
  readonly people: number;
  /** Both inclusive. */
  readonly from: UtcDay;
  readonly to: UtcDay;
}

const worlds: readonly DemoWorld[] = [
  {
    people: 'People play three games',
    table: `that of a game, keyed ${gameKeyExample} (--definition games)`,
    shape: gameTableShape,
    play: (table, { people, ...options }) => playGame(table, { players: people, ...options }),
  },
  {
    people: 'People buy in three stores',
    table: 'that of a shop, keyed STORE#berlin#USER#ada and ORDER#77 (--definition examples/shop.json)',
    shape: shopTableShape,
    play: (table, { people, ...options }) => playShop(table, { buyers: people, ...options }),
  },
];

/**
 * The world whose table a definition is of: the first that holds an item which is one of the definition's activities.
 * @throws PipelineFault where there is none
 */
export function worldFor(definition: Definition): DemoWorld {
  const found = worlds.find((world) => itemsOf(world).some((item) => isActivity(item, definition)));
  if (found !== undefined) return found;
  throw new PipelineFault({
    what: 'the demo can play no table that this definition is of',
    expected: `a definition of one of its tables: ${worlds.map(({ table }) => table).join(', or ')}`,
    found: `activities that none of their items is: ${definition.activities.map(({ id }) => id).join(', ')}`,
    remedy: 'to count an export of your own table: daytally aggregate <export> --definition <file>',
  });
}

/** Some days of few people: they leave an item of every kind. */
function itemsOf({ shape, play }: DemoWorld): Item[] {
  const table = new SimulatedTable(shape);
  play(table, { seed: 1, people: 50, from: SOME_DAY, to: SOME_DAY + 9 });
  return [...table.stateAt(midnightOf(SOME_DAY + 10))];
}

const SOME_DAY: UtcDay = 20_000;

const isActivity = (item: Item, { activities, attributes }: Definition): boolean => {
  const image = viewsOf(attributes.map((path) => valueAt(item, path)));
  return activities.some(({ is }) => takenBy(is, image) !== undefined);
};
