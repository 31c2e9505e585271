import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { shippedPackages } from './notices.ts';

/*
 * `npm run release:check`: packs what would be published, publishes nothing, and holds it to what people expect of a package.
 */

const ROOT = resolve(import.meta.dirname, '..');

/** More than this is a mistake: something was packed that nobody needs. */
const MAX_PACKED_BYTES = 2_000_000;

/** What may be built into a package under Apache-2.0 and passed on with a notice. */
const LICENCES = /^(?:Apache-2\.0|MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause)$/;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

const problems: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'daytally-release-'));
try {
  const packed = pack(folder);
  tellFiles(packed);
  const tarball = join(folder, packed.filename);
  run('publint', ['run', tarball, '--strict']);
  // The JSON Schema and the manifest are no modules; `require` of a module is for Node 20.19 and later.
  run('attw', [
    tarball,
    '--profile',
    'esm-only',
    '--exclude-entrypoints',
    'definition.schema.json',
    'description.schema.json',
    'package.json',
  ]);
  checkLicences();
} finally {
  rmSync(folder, { recursive: true });
}
for (const problem of problems) console.error(`release:check: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;

function pack(destination: string): Packed {
  const words = ['pack', '--json', '--silent', '--pack-destination', destination];
  const said = execFileSync('npm', words, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 2] });
  const [packed] = Object.values(JSON.parse(said.slice(said.search(/^[[{]/m))) as Record<string, Packed>);
  if (packed === undefined) throw new Error('npm pack has made nothing');
  return packed;
}

/** By folder, for the modules of a bundle are called by hashes. */
function tellFiles({ files, size, unpackedSize }: Packed): void {
  const folders = new Map<string, { files: number; bytes: number }>();
  for (const { path, size } of files) {
    const name = /^dist\/handlers\/[^/]+|^dist\/[^/]+|^[^/]+/.exec(path)?.[0] ?? path;
    const { files: count, bytes } = folders.get(name) ?? { files: 0, bytes: 0 };
    folders.set(name, { files: count + 1, bytes: bytes + size });
  }
  for (const [name, { files: count, bytes }] of folders) console.log(`${kB(bytes)}  ${name} (${count})`);
  console.log(`${kB(unpackedSize)}  in all, packed ${kB(size).trim()}`);
  if (size > MAX_PACKED_BYTES) problems.push(`the package has ${kB(size)}, more than ${kB(MAX_PACKED_BYTES)}`);
  for (const { path } of files)
    if (!/^(?:dist\/|LICENSE|README\.md|CHANGELOG\.md|package\.json)/.test(path)) problems.push(`${path} is packed`);
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`.padStart(11);
}

function run(tool: string, words: readonly string[]): void {
  try {
    execFileSync('npx', ['--no-install', tool, ...words], { cwd: ROOT, stdio: ['ignore', 1, 2] });
  } catch {
    problems.push(`${tool} finds something: see above`);
  }
}

function checkLicences(): void {
  const bundled = shippedPackages(ROOT);
  for (const license of new Set(bundled.map((one) => one.license))) {
    const names = [...new Set(bundled.filter((one) => one.license === license).map(({ name }) => name))].sort();
    console.log(`${license}: ${names.join(', ')}`);
    if (!LICENCES.test(license)) problems.push(`${names.join(', ')}: ${license} is no licence that was agreed on`);
  }
}
