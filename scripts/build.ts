import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { COMMIT_FILE, currentCommit } from '../src/package/code-version.ts';
import { buildCommandLine } from './build-cli.ts';
import { buildFaces } from './build-faces.ts';
import { buildHandlers, CONTENTS_FILE } from './build-handlers.ts';
import { writeNotices } from './notices.ts';
import { isStale } from './stale.mjs';

/*
 * Builds dist/, which is what the package is:
 *
 *   cli/                     the command line, in a few modules
 *   handlers/<function>/     each Lambda function with all that it needs
 *   lib/                     `daytally` and `daytally/cdk`, module by module, with their types
 *   definition.schema.json   the JSON Schema of definitions
 *   description.schema.json  the JSON Schema of what `describe --format json` says
 *   third-party-notices.txt  the licences of what is built in
 *   commit.txt               of which commit it is
 *
 *   npm run build                        all of it
 *   npm run build -- handlers            a part
 *   npm run build -- handlers --stale    a part, if its sources have changed
 */

const ROOT = resolve(import.meta.dirname, '..');

/** By the file that is written last. */
const parts = {
  cli: { built: 'dist/cli/daytally.js', build: buildCommandLine },
  handlers: { built: CONTENTS_FILE, build: buildHandlers },
  lib: { built: 'dist/lib/cdk/index.js', build: buildFaces },
} as const;

const words = process.argv.slice(2);
const chosen = Object.entries(parts).filter(([name]) => words.includes(name));
process.chdir(ROOT);
if (chosen.length === 0) rmSync('dist', { recursive: true, force: true });
for (const [, { built, build }] of chosen.length === 0 ? Object.entries(parts) : chosen) {
  if (!words.includes('--stale') || isStale(built, ['src', 'cdk', 'scripts', 'package.json'])) await build(ROOT);
}
if (chosen.length === 0) writeNotices(ROOT);
const commit = currentCommit(ROOT);
if (commit !== undefined) writeFileSync(COMMIT_FILE, `${commit}\n`);
