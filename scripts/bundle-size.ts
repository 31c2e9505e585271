import { resolve } from 'node:path';
import { buildHandlers } from './build-handlers.ts';
import { MAX_START_BYTES } from './bundle-handler.ts';

/*
 * Prints how much of each function a cold start loads, and fails where that is too much to start quickly.
 */

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
const { functions } = await buildHandlers(resolve(import.meta.dirname, '..'));
for (const [name, { startBytes, totalBytes }] of Object.entries(functions)) {
  console.log(`${name}: ${kilobytes(startBytes)} at a cold start, ${kilobytes(totalBytes)} in all`);
  if (startBytes > MAX_START_BYTES) process.exitCode = 1;
}
if (process.exitCode === 1) console.error(`A cold start is to load at most ${kilobytes(MAX_START_BYTES)}.`);
