import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PipelineFault } from '../../pipeline/faults.ts';

const MARKER = '.daytally-demo';

/**
 * Makes an empty folder for the demo. A folder that holds anything else than an earlier demo is left alone.
 * @throws PipelineFault
 */
export async function emptyDemoFolder(folder: string): Promise<void> {
  const names: string[] = await readdir(folder).catch(() => []);
  if (names.length > 0 && !names.includes(MARKER)) {
    throw new PipelineFault({
      what: 'the folder is not empty and holds no demo',
      where: folder,
      expected: 'a new or empty folder, or that of an earlier demo',
      found: `${names.length} other entries`,
      remedy: 'name another folder with --out',
    });
  }
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, MARKER), 'This folder is made anew by every `daytally demo`.\n');
}
