import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { DYNALITE, type Installed, installed } from './support/stranger.ts';

const run = promisify(execFile);

let alone: Installed;
let folder: string;
const bin = () => join(folder, 'node_modules/.bin/daytally');

beforeAll(async () => {
  alone = await installed();
  ({ folder } = alone);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the package, installed in an empty folder', () => {
  it('warns of nothing, and brings nothing that only some need', () => {
    expect(alone.said).not.toMatch(/warn|deprecat/i);
    const names = readdirSync(join(folder, 'node_modules'));
    for (const name of ['dynalite', 'vitest', 'typescript', 'aws-cdk-lib', 'constructs', 'esbuild', 'tsx']) {
      expect(names).not.toContain(name);
    }
  });

  it('tells its version with the commit, and its commands', async () => {
    const [version, commit] = (await run(bin(), ['--version'])).stdout.trimEnd().split('+');
    expect(version).toBe(manifest.version);
    expect(commit).toMatch(/^[0-9a-f]{7,}(?:-dirty)?$/);
    const { stdout } = await run(bin(), ['--help']);
    for (const command of ['aggregate', 'demo', 'report', 'status', 'explain'])
      expect(stdout).toContain(`  ${command} `);
  });

  it('names itself as it can be typed', async () => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
    const onPath = { ...env, PATH: `${dirname(bin())}${delimiter}${env.PATH}` };
    const usages = await Promise.all([
      run(bin(), ['--help'], { env }),
      run('npx', ['daytally', '--help'], { env, cwd: folder }),
      run('daytally', ['--help'], { env: onPath }),
    ]);
    expect(usages.map(({ stdout }) => /^Usage: (.*) \[options]/.exec(stdout)?.[1])).toEqual([
      'npx daytally',
      'npx daytally',
      'daytally',
    ]);
  });

  it('says what is wrong without a stack, with exit code 1', async () => {
    const failure = await run(bin(), ['aggregate', join(folder, 'nothing-here')]).catch((error) => error);
    expect(failure).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^daytally: /) });
    expect(failure.stderr).not.toContain('    at ');
  });

  it('says of the demo what to install for it', async () => {
    const failure = await run(bin(), ['demo', '--out', join(folder, 'demo')]).catch((error) => error);
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining('npm install dynalite') });
    expect(failure.stderr).not.toContain('    at ');
  });

  it('has a definition in TypeScript for every editor: the JSON Schema resolves', async () => {
    const resolve = "console.log(import.meta.resolve('daytally/definition.schema.json'))";
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', resolve], { cwd: folder });
    expect(stdout).toMatch(/dist\/definition\.schema\.json\n$/);
  });
});

describe('with dynalite beside it', () => {
  let demo: Installed;
  const demoBin = () => join(demo.folder, 'node_modules/.bin/daytally');
  beforeAll(async () => {
    demo = await installed(DYNALITE);
  });
  afterAll(() => rmSync(demo.folder, { recursive: true }));

  it('runs the demo, counts one of its exports and reports its numbers', async () => {
    const out = join(demo.folder, 'demo');
    const { stdout } = await run(demoBin(), ['demo', '--nights', '3', '--out', out]);
    expect(stdout).toContain('Active users');
    const exports = join(out, 'bucket/exports/incremental');
    const date = (await readdir(exports)).sort().at(-1) ?? '';
    const counted = JSON.parse((await run(demoBin(), ['aggregate', join(exports, date), '--format', 'json'])).stdout);
    const reported = JSON.parse(
      (await run(demoBin(), ['report', '--folder', out, '--from', date, '--to', date, '--format', 'json'])).stdout,
    );
    expect(counted.days.length).toBeGreaterThan(0);
    expect(reported.days).toEqual(counted.days.map((day: object) => ({ ...day, quality: 'exact' })));
  });
});
