import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bringApp, CDK, installed, NAG, type NodeVersion, readTemplate, runNode, TYPES } from './support/stranger.ts';

const versions: readonly NodeVersion[] = ['this', '24'];

let folder: string;
beforeAll(async () => {
  ({ folder } = await installed(...CDK, NAG, ...TYPES));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(versions)("a stranger's CDK app on Node %s", (version) => {
  it('in JavaScript takes a table of four kinds and a definition of its own, and passes cdk-nag', async () => {
    bringApp('javascript.mjs', folder);
    const out = join(folder, `javascript-${version}`);
    await runNode(version, ['javascript.mjs'], folder, { CDK_OUTDIR: out, CDK_VALIDATION: 'false' });
    for (const stack of ['Made', 'MadeV2', 'ByArn', 'ByName']) {
      const functions = Object.values(readTemplate(out, stack).Resources).filter(
        ({ Type }) => Type === 'AWS::Lambda::Function',
      );
      expect(functions).toHaveLength(6);
    }
  });

  it('finds the functions bundled, each with the definition beside it where it counts', () => {
    const out = join(folder, `javascript-${version}`);
    const assets = readdirSync(out).filter((name) => name.startsWith('asset.'));
    const definitions = assets.filter((name) => readdirSync(join(out, name)).includes('definition.json'));
    for (const name of assets) expect(readdirSync(join(out, name))).toContain('index.mjs');
    expect(definitions.length).toBeGreaterThan(0);
    for (const name of definitions) {
      const { metrics } = JSON.parse(readFileSync(join(out, name, 'definition.json'), 'utf8'));
      expect(JSON.stringify(metrics)).toContain('buyers');
    }
  });

  it('is told why it cannot count the table of another account', async () => {
    bringApp('another-account.mjs', folder);
    const failure = await runNode(version, ['another-account.mjs'], folder).catch((error) => error);
    expect(failure.code).toBe(1);
    expect(failure.stderr).toContain("account: expected one of the stack's account 111122223333");
    expect(failure.stderr).toContain('DynamoDB exports a table for its own account alone');
  });

  it('needs none of the tools with which the package was built', () => {
    const names = readdirSync(join(folder, 'node_modules'));
    for (const name of ['esbuild', 'tsx', 'assemblyscript', '@aws-lambda-powertools'])
      expect(names).not.toContain(name);
  });
});

it('compiles in strict TypeScript with the types of libraries checked, and synthesizes', async () => {
  bringApp('typescript.ts', folder);
  const options = [
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--strict',
    '--skipLibCheck',
    'false',
    '--types',
    'node',
  ];
  const compiler = join(folder, 'node_modules/typescript/bin/tsc');
  const compiled = await runNode('this', [compiler, ...options, 'typescript.ts'], folder).catch((error) => error);
  expect(compiled.stdout).toBe('');
  const out = join(folder, 'typescript');
  await runNode('this', ['typescript.js'], folder, { CDK_OUTDIR: out, CDK_VALIDATION: 'false' });
  expect(Object.keys(readTemplate(out, 'Shop').Resources).length).toBeGreaterThan(30);
});

it("synthesizes in less than five seconds, but for CDK's own validation of the template", async () => {
  const words = ['--input-type=module', '-e'];
  const timed = `
    await import('aws-cdk-lib/aws-dynamodb');
    const start = process.cpuUsage();
    const [{ App, Stack }, { Table }, { Daytally }] = await Promise.all(
      ['aws-cdk-lib', 'aws-cdk-lib/aws-dynamodb', 'daytally/cdk'].map((name) => import(name)));
    const app = new App();
    const stack = new Stack(app, 'Games');
    new Daytally(stack, 'Daytally', { table: Table.fromTableName(stack, 'Table', 'games') });
    app.synth();
    const { user, system } = process.cpuUsage(start);
    console.log((user + system) / 1e6);`;
  const { stdout } = await runNode('this', [...words, timed], folder, { CDK_VALIDATION: 'false' });
  // Processor time, for the machine may be busy with other things.
  expect(Number(stdout)).toBeGreaterThan(0);
  expect(Number(stdout)).toBeLessThan(5);
});
