import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

/** Compiles, downloads and installs. */
const INSTALL_MILLIS = 300_000;

let folder: string;
const bin = () => join(folder, 'app/node_modules/.bin/daytally');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daytally-package-'));
  await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root });
  await run(
    'npm',
    ['install', '--prefix', join(folder, 'app'), '--no-audit', join(folder, `daytally-${manifest.version}.tgz`)],
    {
      cwd: folder,
    },
  );
}, INSTALL_MILLIS);
afterAll(async () => await rm(folder, { recursive: true }));

describe('the package, installed in an empty folder', () => {
  it('brings no development dependencies along', async () => {
    const installed = await readdir(join(folder, 'app/node_modules'));
    expect(installed).toContain('dynalite');
    for (const name of ['vitest', 'typescript', 'aws-cdk-lib', 'esbuild']) expect(installed).not.toContain(name);
  });

  it('tells its version and its commands', async () => {
    expect((await run(bin(), ['--version'])).stdout).toBe(`${manifest.version}\n`);
    const { stdout } = await run(bin(), ['--help']);
    for (const command of ['aggregate', 'demo', 'report', 'status', 'explain'])
      expect(stdout).toContain(`  ${command} `);
  });

  it('names itself as it can be typed', async () => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
    const onPath = { ...env, PATH: `${dirname(bin())}${delimiter}${env.PATH}` };
    const usages = await Promise.all([
      run(bin(), ['--help'], { env }),
      run('npx', ['daytally', '--help'], { env, cwd: join(folder, 'app') }),
      run('daytally', ['--help'], { env: onPath }),
    ]);
    expect(usages.map(({ stdout }) => /^Usage: (.*) \[options]/.exec(stdout)?.[1])).toEqual([
      'npx daytally',
      'npx daytally',
      'daytally',
    ]);
  });

  it('runs the demo, counts one of its exports and reports its numbers', async () => {
    const out = join(folder, 'demo');
    const { stdout } = await run(bin(), ['demo', '--nights', '3', '--out', out]);
    expect(stdout).toContain('Active users');
    const exports = join(out, 'bucket/exports/incremental');
    const date = (await readdir(exports)).sort().at(-1) ?? '';
    const counted = JSON.parse((await run(bin(), ['aggregate', join(exports, date), '--format', 'json'])).stdout);
    const reported = JSON.parse(
      (await run(bin(), ['report', '--folder', out, '--from', date, '--to', date, '--format', 'json'])).stdout,
    );
    expect(counted.days.length).toBeGreaterThan(0);
    expect(reported.days).toEqual(counted.days.map((day: object) => ({ ...day, quality: 'exact' })));
  });

  it('says what is wrong without a stack, with exit code 1', async () => {
    const failure = await run(bin(), ['aggregate', join(folder, 'nothing-here')]).catch((error) => error);
    expect(failure).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^daytally: /) });
    expect(failure.stderr).not.toContain('    at ');
  });
});
