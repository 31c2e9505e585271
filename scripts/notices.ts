import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLI_PACKAGES_FILE } from './build-cli.ts';
import { CONTENTS_FILE, type HandlersContents } from './build-handlers.ts';
import type { BundledPackage } from './bundled-packages.ts';

/** Every package that is built into what we ship, each once. */
export function shippedPackages(root: string): BundledPackage[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));
  const all = [...(read(CONTENTS_FILE) as HandlersContents).packages, ...(read(CLI_PACKAGES_FILE) as BundledPackage[])];
  return [...new Map(all.map((one) => [`${one.name}@${one.version}`, one])).values()];
}

/** Writes whose work goes along, and under which terms: most licences ask for no more than that. */
export function writeNotices(root: string): void {
  const notices = shippedPackages(root).map(
    ({ name, version, license, folder }) => `${name} ${version} (${license})\n\n${licenceText(join(root, folder))}\n`,
  );
  writeFileSync(join(root, 'dist/third-party-notices.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
}

function licenceText(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
}
