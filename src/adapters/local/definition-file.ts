import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Definition } from '../../domain/definition.ts';
import { PipelineFault } from '../../pipeline/faults.ts';
import { parseDefinition, parseDefinitionJson } from '../../schemas/definition.ts';

/**
 * Reads a definition: JSON, or a module that exports one as default.
 * @throws PipelineFault where the file cannot be read; InvalidInput where it is no definition
 */
export async function loadDefinition(file: string): Promise<Definition> {
  if (/^\.[cm]?[jt]s$/.test(extname(file))) return parseDefinition(await importDefault(file), file);
  const json = await readFile(file, 'utf8').catch((cause: Error) => {
    throw unreadable(file, cause);
  });
  return parseDefinitionJson(json, file);
}

async function importDefault(file: string): Promise<unknown> {
  const module = await import(pathToFileURL(resolve(file)).href).catch((cause: Error) => {
    throw unreadable(file, cause);
  });
  return (module as { readonly default?: unknown }).default;
}

function unreadable(file: string, cause: Error & { readonly code?: string }): PipelineFault {
  const isTypeScript = cause.code === 'ERR_UNKNOWN_FILE_EXTENSION';
  return new PipelineFault({
    what: 'the definition cannot be read',
    where: file,
    expected: 'a file in JSON, or a module (.js, .mjs, .ts) that exports what defineTable has made as default',
    found: cause.code === 'ENOENT' ? 'no such file' : cause.message,
    ...(isTypeScript
      ? { remedy: 'this version of Node reads no TypeScript: take Node 22.18 or newer, or write it as .mjs or .json' }
      : {}),
    cause,
  });
}
