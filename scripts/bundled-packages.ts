import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package that is built into what we ship. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** Where it lies, below the clone. */
  readonly folder: string;
}

const PACKAGE = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * The packages that modules belong to, by name.
 * @param modules their paths below the clone
 */
export function bundledPackages(root: string, modules: readonly string[]): BundledPackage[] {
  const folders = new Set(modules.flatMap((path) => PACKAGE.exec(path)?.[0] ?? []));
  return [...folders]
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as BundledPackage;
      return { name: manifest.name, version: manifest.version, license: manifest.license, folder };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
