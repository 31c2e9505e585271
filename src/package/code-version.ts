import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from './root.ts';

/** Where the build notes of which commit it is: an installed package has no history to ask. */
export const COMMIT_FILE = 'dist/commit.txt';

/** The package's version and its commit, such as `0.1.0+1a2b3c4`, or in a clone with changes `0.1.0+1a2b3c4-dirty`. */
export function codeVersion(root = packageRoot()): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };
  const commit = existsSync(join(root, '.git')) ? currentCommit(root) : builtCommit(root);
  return commit === undefined ? version : `${version}+${commit}`;
}

export function currentCommit(root: string): string | undefined {
  try {
    const git = ['describe', '--always', '--exclude', '*', '--dirty'];
    return execFileSync('git', git, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    // A machine without git: the version alone must do.
    return undefined;
  }
}

function builtCommit(root: string): string | undefined {
  const file = join(root, COMMIT_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
