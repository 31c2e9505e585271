import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PipelineFault } from '../../pipeline/faults.ts';

const MARKER = '.daytally-demo';

/**
 * Makes the demo's folder anew. It is filled beside its place, and takes it when it is whole: until then an earlier demo
 * stands. Whatever ends the process, nothing else is left. A folder that holds anything but a demo is left alone.
 * @param fill is given the folder as long as it is elsewhere
 * @throws PipelineFault
 */
export async function makeDemoFolder<T>(folder: string, fill: (folder: string) => Promise<T>): Promise<T> {
  await refuseForeign(folder);
  const place = await realpath(folder).catch(() => resolve(folder));
  const fresh = `${place}.new-${randomBytes(4).toString('hex')}`;
  await mkdir(fresh, { recursive: true });
  const old = `${fresh}-old`;
  const removeRests = () => {
    for (const path of [fresh, old]) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  };
  process.on('exit', removeRests);
  try {
    await writeFile(join(fresh, MARKER), 'This folder is made anew by every `daytally demo`.\n');
    const filled = await fill(fresh);
    changePlaces(place, fresh, old);
    return filled;
  } finally {
    removeRests();
    process.off('exit', removeRests);
  }
}

async function refuseForeign(folder: string): Promise<void> {
  const names: string[] = await readdir(folder).catch(() => []);
  if (names.length === 0 || names.includes(MARKER)) return;
  throw new PipelineFault({
    what: 'the folder is not empty and holds no demo',
    where: folder,
    expected: 'a new or empty folder, or that of an earlier demo',
    found: `${names.length} other entries`,
    remedy: 'name another folder with --out',
  });
}

/** In one go: a signal is answered before or after, never between. */
function changePlaces(place: string, fresh: string, old: string): void {
  try {
    renameSync(place, old);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  renameSync(fresh, place);
}
