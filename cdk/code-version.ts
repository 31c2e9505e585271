import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { parseJsonInput } from '../src/schemas/parse-input.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** The package's version and, in a clone, the commit, such as `0.1.0+1a2b3c4` or `0.1.0+1a2b3c4-dirty`. */
export function codeVersion(): string {
  const manifest = readFileSync(resolve(ROOT, 'package.json'), 'utf8');
  const { version } = parseJsonInput(z.object({ version: z.string('a version') }), manifest, 'package.json');
  const commit = currentCommit();
  return commit === undefined ? version : `${version}+${commit}`;
}

function currentCommit(): string | undefined {
  try {
    const git = ['describe', '--always', '--exclude', '*', '--dirty'];
    return execFileSync('git', git, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    // A copy of the sources without their history, or a machine without git: the version alone must do.
    return undefined;
  }
}
