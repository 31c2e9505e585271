/**
 * Whether something that was built is older than what it is built of. In plain JavaScript, for the command line asks it at
 * every call in a clone.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {string} built a file
 * @param {readonly string[]} sources files and folders
 * @returns {boolean} also where nothing was built
 */
export function isStale(built, sources) {
  const { mtimeMs } = statSync(built, { throwIfNoEntry: false }) ?? { mtimeMs: -1 };
  return mtimeMs < 0 || sources.some((source) => newestIn(source) > mtimeMs);
}

/** A folder is as new as the last file that came or went, too. */
function newestIn(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestIn(join(path, name))), stat.mtimeMs);
}
