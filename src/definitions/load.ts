import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Definition } from '../domain/definition.ts';
import { parseDefinition, parseDefinitionJson } from '../schemas/definition.ts';
import { InvalidInput } from '../schemas/parse-input.ts';

/**
 * Reads a definition: JSON, or a module (.js, .mjs, .ts) that exports one as default.
 * @throws InvalidInput where the file cannot be read, or is none
 */
export const loadDefinition = async (file: string): Promise<Definition> =>
  /^\.[cm]?[jt]s$/.test(extname(file)) ? parseDefinition(await importDefault(file), file) : loadJsonDefinition(file);

/** As {@link loadDefinition}, of JSON alone, for those who cannot wait. */
export function loadJsonDefinition(file: string): Definition {
  let json: string;
  try {
    json = readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause as NodeJS.ErrnoException);
  }
  return parseDefinitionJson(json, file);
}

async function importDefault(file: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(resolve(file)).href)) as { readonly default?: unknown }).default;
  } catch (cause) {
    throw unreadable(file, cause as NodeJS.ErrnoException);
  }
}

function unreadable(file: string, cause: NodeJS.ErrnoException): InvalidInput {
  const expected =
    cause.code === 'ERR_UNKNOWN_FILE_EXTENSION'
      ? 'JSON or JavaScript (this version of Node reads no TypeScript: Node 22.18 and newer do)'
      : 'a definition in JSON, or a module that exports one as default';
  const found = ['ENOENT', 'ERR_MODULE_NOT_FOUND'].includes(cause.code ?? '') ? 'no such file' : cause.message;
  return new InvalidInput(file, [{ path: '(whole)', expected, found }], { cause });
}
