import { existsSync } from 'node:fs';
import { loadDefinition } from '../definitions/load.ts';
import { gamesDefinition } from '../definitions/preset.ts';
import type { Definition } from '../domain/definition.ts';
import type { Terminal } from './terminal/terminal.ts';

const DEFAULT_FILE = './daytally.json';
const PRESET = 'games';

/** The definition that `--definition` names: a file or the preset; without it `./daytally.json`, or else the preset. */
export async function chosenDefinition(
  named: string | undefined,
  terminal: Pick<Terminal, 'note'>,
): Promise<Definition> {
  if (named === PRESET) return gamesDefinition;
  if (named !== undefined) return await loadDefinition(named);
  if (!existsSync(DEFAULT_FILE)) return gamesDefinition;
  terminal.note(`note: counting by ${DEFAULT_FILE} (--definition ${PRESET} for the preset)`);
  return await loadDefinition(DEFAULT_FILE);
}
