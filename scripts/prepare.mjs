/**
 * Runs after every `npm ci`, before `npm pack`, and where the package is installed from git: builds the reader's kernel and
 * then all that the package is, unless the compilers were left out with `--omit=dev`. Not where it is installed from a tarball.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

const isInstalled = (name) => {
  try {
    resolve(`${name}/package.json`);
    return true;
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return false;
    throw error;
  }
};

const run = (script) => spawnSync('npm', ['run', '--silent', script], { stdio: ['ignore', 2, 2] }).status ?? 1;

if (['assemblyscript', 'esbuild', 'tsx', 'typescript'].every(isInstalled)) {
  process.exitCode = run('kernel') || run('build');
} else {
  console.error('nothing is built, for the development dependencies are missing: npm ci && npm run prepare');
}
