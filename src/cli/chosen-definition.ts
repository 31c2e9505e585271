import { existsSync } from 'node:fs';
import type { Definition } from '../domain/definition.ts';
import type { Terminal } from './terminal/terminal.ts';

const DEFAULT_FILE = './daytally.json';
const PRESET = 'games';

/** The definition that `--definition` names: a file or the preset; without it `./daytally.json`, or else the preset. */
export async function chosenDefinition(
  named: string | undefined,
  terminal: Pick<Terminal, 'note'>,
): Promise<Definition> {
  if (named === PRESET) return await preset();
  if (named !== undefined) return await load(named);
  if (!existsSync(DEFAULT_FILE)) return await preset();
  terminal.note(`note: counting by ${DEFAULT_FILE} (--definition ${PRESET} for the preset)`);
  return await load(DEFAULT_FILE);
}

// Loaded only where something is counted: what reads definitions is large.
const preset = async (): Promise<Definition> => (await import('../definitions/preset.ts')).gamesDefinition;
const load = async (file: string): Promise<Definition> => (await import('../definitions/load.ts')).loadDefinition(file);
