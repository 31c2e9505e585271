import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleHandler, MAX_START_BYTES } from './bundle-handler.ts';

/*
 * Prints how much of each function a cold start loads, and fails where that is too much to start quickly.
 */

const folder = 'src/handlers';

const handlers: string[] = [];
for (const name of await readdir(folder)) {
  if (/^export const handler\b/m.test(await readFile(join(folder, name), 'utf8'))) handlers.push(name.slice(0, -3));
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
const outdir = await mkdtemp(join(tmpdir(), 'daytally-bundle-'));
for (const handler of handlers.sort()) {
  const { startBytes, totalBytes } = await bundleHandler(handler, join(outdir, handler));
  console.log(`${handler}: ${kilobytes(startBytes)} at a cold start, ${kilobytes(totalBytes)} in all`);
  if (startBytes > MAX_START_BYTES) process.exitCode = 1;
}
await rm(outdir, { recursive: true });
if (process.exitCode === 1) console.error(`A cold start is to load at most ${kilobytes(MAX_START_BYTES)}.`);
