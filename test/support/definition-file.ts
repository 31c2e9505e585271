import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Definition } from '../../src/domain/definition.ts';
import { temporaryDirectory } from './exports.ts';

/** Writes a definition into a file that is removed when the test ends. @returns its path */
export function definitionFile({ json }: Pick<Definition, 'json'>): string {
  const file = join(temporaryDirectory(), 'definition.json');
  writeFileSync(file, json);
  return file;
}
