import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, bundleHandler } from './bundle-handler.ts';
import { type BundledPackage, bundledPackages } from './bundled-packages.ts';
import { putInPlace } from './put-in-place.ts';

/** The modules of src/handlers that are functions of their own, by name. */
const handlerNames = (root: string): string[] =>
  readdirSync(join(root, 'src/handlers'))
    .filter((file) => /^export const handler\b/m.test(readFileSync(join(root, 'src/handlers', file), 'utf8')))
    .map((file) => file.replace(/\.ts$/, ''))
    .sort();

/** What lies in dist/handlers beside the functions, for those who ask what they load and bring along. */
export interface HandlersContents {
  readonly functions: Readonly<Record<string, Pick<Bundle, 'startBytes' | 'totalBytes'>>>;
  readonly packages: readonly BundledPackage[];
}

export const CONTENTS_FILE = 'dist/handlers/contents.json';

/** Bundles every function into a folder of dist/handlers. */
export async function buildHandlers(root: string): Promise<HandlersContents> {
  const bundles: [name: string, bundle: Bundle][] = [];
  await putInPlace(join(root, 'dist/handlers'), async (outdir) => {
    const made = handlerNames(root).map(async (name) => [name, await bundleHandler(name, join(outdir, name))] as const);
    for (const [name, bundle] of await Promise.all(made)) bundles.push([name, bundle]);
  });
  const contents = {
    functions: Object.fromEntries(bundles.map(([name, { inputs: _, ...sizes }]) => [name, sizes])),
    packages: bundledPackages(
      root,
      bundles.flatMap(([, { inputs }]) => inputs),
    ),
  };
  writeFileSync(join(root, CONTENTS_FILE), `${JSON.stringify(contents, undefined, 2)}\n`);
  return contents;
}
