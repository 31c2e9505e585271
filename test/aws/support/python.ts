import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const VENV = join(ROOT, '.venv');
const REQUIREMENTS = join(import.meta.dirname, '../requirements.txt');
const CONSTRAINTS = join(import.meta.dirname, '../constraints.txt');
const OLDEST = [3, 10] as const;

/** What keeps the emulators from being run, and what to do about it. */
export class PythonMissing extends Error {
  override readonly name = 'PythonMissing';
}

/** The path of a program that the virtual environment holds. */
export const venvProgram = (name: string): string => join(VENV, 'bin', name);

/**
 * Makes the virtual environment with the pinned emulators, unless it stands as it should.
 * @throws PythonMissing
 */
export function prepareVenv(): void {
  const wanted = createHash('sha256')
    .update(readFileSync(REQUIREMENTS))
    .update(readFileSync(CONSTRAINTS))
    .digest('hex');
  const mark = join(VENV, 'requirements.sha256');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return;
  const python = findPython();
  process.stderr.write(`Making .venv with ${python} and the emulators of ${REQUIREMENTS}\n`);
  rmSync(VENV, { recursive: true, force: true });
  run(python, ['-m', 'venv', VENV], 'Python cannot make virtual environments: install its venv module (python3-venv)');
  run(
    venvProgram('python'),
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS, '-c', CONSTRAINTS],
    'pip could not install the emulators: see above; it needs to reach a package index',
  );
  writeFileSync(mark, wanted);
}

/** The first of the usual names that is recent enough. */
function findPython(): string {
  const found = ['python3', 'python'].map((name) => ({ name, version: versionOf(name) }));
  const python = found.find(({ version }) => version !== undefined && isRecent(version));
  if (python !== undefined) return python.name;
  const seen = found.map(({ name, version }) => `${name}: ${version?.join('.') ?? 'not there'}`).join(', ');
  throw new PythonMissing(`The AWS emulators need Python ${OLDEST.join('.')} or later on the PATH; found ${seen}.`);
}

function versionOf(name: string): readonly [number, number] | undefined {
  const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  const match = /^Python (\d+)\.(\d+)/.exec(stdout ?? '');
  return match === null ? undefined : [Number(match[1]), Number(match[2])];
}

const isRecent = ([major, minor]: readonly [number, number]): boolean =>
  major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);

function run(program: string, args: readonly string[], problem: string): void {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new PythonMissing(error === undefined ? problem : `${problem} (${error.message})`);
}
