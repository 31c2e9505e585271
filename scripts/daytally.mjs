/**
 * The command line in a clone: the built one, made anew where the sources have changed since. `tsx` takes most of a second to
 * start; what is built starts at once.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { isStale } from './stale.mjs';

const root = join(import.meta.dirname, '..');
const built = join(root, 'dist/cli/daytally.js');
const sources = ['src', 'scripts', 'package.json'].map((name) => join(root, name));

if (isStale(built, sources)) {
  const build = ['--import', 'tsx', 'scripts/build.ts', 'cli'];
  const { status } = spawnSync(process.execPath, build, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}
await import(built);
