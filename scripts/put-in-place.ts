import { mkdirSync, renameSync, rmSync } from 'node:fs';

/** Makes a folder elsewhere and then puts it in the place of the old one: whoever reads the old one meanwhile finds it whole. */
export async function putInPlace(folder: string, make: (elsewhere: string) => Promise<void>): Promise<void> {
  const elsewhere = `${folder}.new-${process.pid}`;
  mkdirSync(elsewhere, { recursive: true });
  try {
    await make(elsewhere);
    rmSync(folder, { recursive: true, force: true });
    renameSync(elsewhere, folder);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}
