import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package: of a clone, or where it is installed. Sources and what is built of them lie below it at various depths. */
export const packageRoot = (): string => rootAbove(import.meta.dirname);

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder)
    throw new Error(`no package.json above ${import.meta.dirname}: the package is not whole; install it again`);
  return rootAbove(above);
}
