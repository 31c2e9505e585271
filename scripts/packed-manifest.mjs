/**
 * The manifest that goes into the package: without the scripts and the development dependencies of a clone. npm warns of a
 * script `prepare` where a tarball is installed that does not come from a registry, although it has nothing to prepare.
 *
 *   node scripts/packed-manifest.mjs put      before packing (prepack)
 *   node scripts/packed-manifest.mjs back     after it (postpack)
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const MANIFEST = 'package.json';
const KEPT = 'package.json.kept';

const putBack = () => existsSync(KEPT) && renameSync(KEPT, MANIFEST);

// What a packing that broke off has left behind is put right first.
putBack();
if (process.argv[2] === 'put') {
  const whole = readFileSync(MANIFEST, 'utf8');
  const { scripts, devDependencies, ...packed } = JSON.parse(whole);
  writeFileSync(KEPT, whole);
  writeFileSync(MANIFEST, `${JSON.stringify(packed, undefined, 2)}\n`);
}
