/** Runs after every `npm ci`: builds the reader's kernel, unless its compiler was left out with `--omit=dev`. */
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

if (['assemblyscript', 'tsx'].every(isInstalled)) {
  process.exitCode = spawnSync('npm', ['run', 'kernel'], { stdio: 'inherit' }).status ?? 1;
} else {
  console.error('the kernel is not built, for the development dependencies are missing: npm ci && npm run kernel');
}
