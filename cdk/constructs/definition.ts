import { loadJsonDefinition } from '../../src/definitions/load.ts';
import { gamesDefinition } from '../../src/definitions/preset.ts';
import type { TableDefinition } from '../../src/domain/define-table.ts';
import type { Definition } from '../../src/domain/definition.ts';
import { parseDefinition } from '../../src/schemas/definition.ts';

/**
 * @param given a path of JSON, or what `defineTable` has made; the preset `games` where nothing is given
 * @throws InvalidInput, naming what is wrong
 */
export function readDefinition(given: string | TableDefinition | undefined): Definition {
  if (given === undefined) return gamesDefinition;
  return typeof given === 'string' ? loadJsonDefinition(given) : parseDefinition(given, 'the definition');
}
