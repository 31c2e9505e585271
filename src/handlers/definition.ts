import { readFileSync } from 'node:fs';
import { gamesDefinition } from '../definitions/preset.ts';
import type { Definition } from '../domain/definition.ts';
import { parseDefinitionJson } from '../schemas/definition.ts';

/**
 * The definition that lies beside the function's code, where the stack has put it.
 * @param file its name; the preset `games` where there is none
 * @throws InvalidInput; Error of the file system where the file is not there
 */
export const definitionBeside = (file: string | undefined): Definition =>
  file === undefined
    ? gamesDefinition
    : parseDefinitionJson(readFileSync(new URL(file, import.meta.url), 'utf8'), file);
