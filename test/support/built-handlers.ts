import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds the functions before the suites where their sources have changed: what is tested is what the package has. */
export default function setup(): void {
  const build = ['--import', 'tsx', 'scripts/build.ts', 'handlers', '--stale'];
  const { status } = spawnSync(process.execPath, build, { cwd: join(import.meta.dirname, '../..'), stdio: 'inherit' });
  if (status !== 0) throw new Error('the functions could not be built: see above');
}
