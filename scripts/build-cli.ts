import { chmodSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { bundledPackages } from './bundled-packages.ts';
import { putInPlace } from './put-in-place.ts';

/** Packages of the command line that are installed beside it and not built in: large, with native code, or with files of their own. */
const external = ['@aws-sdk/*', 'dynalite', 'open'];

/** What is built in, under which licences. */
export const CLI_PACKAGES_FILE = 'dist/cli/packages.json';

/**
 * Builds the command line: our own code and the small packages that it needs, in a few modules of JavaScript for Node 20 and
 * later. What a command does not need is in a module that it does not load.
 */
export async function buildCommandLine(root: string): Promise<void> {
  await putInPlace(join(root, 'dist/cli'), async (outdir) => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: { daytally: 'src/cli/main.ts', 'count-thread': 'src/adapters/threads/count-thread.ts' },
      outdir,
      bundle: true,
      external,
      splitting: true,
      platform: 'node',
      target: 'node20.19',
      format: 'esm',
      mainFields: ['module', 'main'],
      // Packages in CommonJS ask for Node's modules by `require`, which an ES module does not have.
      banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
      logLevel: 'warning',
      metafile: true,
    });
    const packages = bundledPackages(root, Object.keys(metafile.inputs));
    writeFileSync(join(outdir, basename(CLI_PACKAGES_FILE)), `${JSON.stringify(packages, undefined, 2)}\n`);
    chmodSync(join(outdir, 'daytally.js'), 0o755);
  });
}
