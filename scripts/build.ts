import { chmod, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { definitionSchema } from './definition-schema.ts';
import { describeSchema } from './describe-schema.ts';

/*
 * Builds dist/ with the JSON Schemas of definitions and of descriptions, and the command line: our own code in a few modules of JavaScript, for
 * Node 20 and later. Packages stay outside and are installed as dependencies: one of them (dynalite's store) has native code.
 */

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: { daytally: 'src/cli/main.ts', 'count-thread': 'src/adapters/threads/count-thread.ts' },
  outdir: 'dist',
  bundle: true,
  packages: 'external',
  // What a command does not need is not loaded.
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
});
await writeFile('dist/definition.schema.json', definitionSchema());
await writeFile('dist/description.schema.json', describeSchema());
await chmod('dist/daytally.js', 0o755);
