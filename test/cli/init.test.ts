import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answered } from '../../src/cli/init/answers.ts';
import { cdkApp } from '../../src/cli/init/cdk-app.ts';
import { parseDefinitionJson } from '../../src/schemas/definition.ts';
import { temporaryDirectory, writeExport } from '../support/exports.ts';
import { TerminalRun } from '../support/pseudo-terminal.ts';
import { runCli } from '../support/run-cli.ts';

const table = ['--table', 'shop', '--region', 'eu-west-1'];
const main = join(import.meta.dirname, '../../src/cli/main.ts');

describe('daytally init', () => {
  it('writes a definition that is right, and an app that can be deployed', async () => {
    const out = join(temporaryDirectory(), 'metrics');
    const { code, stdout, stderr } = await runCli('init', ...table, '--cdk', 'app', '--out', out);
    expect({ code, files: readdirSync(out).sort() }).toEqual({
      code: 0,
      files: ['app.mjs', 'cdk.json', 'daytally.json'],
    });
    const { metrics } = parseDefinitionJson(readFileSync(join(out, 'daytally.json'), 'utf8'), 'daytally.json');
    expect(metrics.map(({ id }) => id)).toEqual(['buyers', 'orders']);
    expect(readFileSync(join(out, 'app.mjs'), 'utf8')).toContain("tableName: 'shop',\n  env: { region: 'eu-west-1' }");
    expect(stderr).toContain(`wrote ${join(out, 'cdk.json')}`);
    for (const command of ['npm install', 'npx cdk bootstrap aws://<account>/eu-west-1', 'npx cdk deploy', 'doctor'])
      expect(stdout).toContain(command);
  });

  it('leaves files as they are that are there', async () => {
    const out = temporaryDirectory();
    writeFileSync(join(out, 'daytally.json'), 'mine');
    const { code, stderr } = await runCli('init', ...table, '--cdk', 'app', '--out', out);
    expect(code).toBe(0);
    expect(stderr).toContain('daytally.json is there already: left as it is');
    expect(readFileSync(join(out, 'daytally.json'), 'utf8')).toBe('mine');
  });

  it('shows what goes into an app that there is', async () => {
    const out = temporaryDirectory();
    const { stdout } = await runCli('init', ...table, '--cdk', 'snippet', '--out', out);
    expect(stdout).toContain("import { Daytally } from 'daytally/cdk';");
    expect(readdirSync(out)).toEqual(['daytally.json']);
  });

  it('says what to name where there is nobody to ask', async () => {
    await expect(answered({ out: '.', region: 'eu-west-1' }, { isTTY: false })).rejects.toThrow(
      'there is nobody to ask: name --table and --cdk',
    );
  });

  it.each([
    [['--table', 'no spaces', '--region', 'eu-west-1'], '--table: expected the name of a table, found no spaces'],
    [['--table', 'shop', '--region', 'London'], '--region: expected an AWS region such as eu-west-1, found London'],
  ])('refuses %j and writes nothing', async (words, says) => {
    const out = join(temporaryDirectory(), 'nothing');
    const { code, stderr } = await runCli('init', ...words, '--cdk', 'app', '--out', out);
    expect({ code, written: existsSync(out) }).toEqual({ code: 2, written: false });
    expect(stderr).toContain(says);
  });

  it('asks on a terminal what it was not told', async () => {
    const cwd = temporaryDirectory();
    const command = [process.execPath, '--import', import.meta.resolve('tsx'), main, 'init'];
    const run = new TerminalRun(command, { columns: 80, rows: 40, cwd });
    await run.until('Which table is counted?');
    run.type('shop\r');
    await run.until('In which region is it?');
    run.type('eu-west-1\r');
    await run.until('How is it deployed?');
    run.type('\r');
    expect(await run.exited).toBe(0);
    expect(readFileSync(join(cwd, 'app.mjs'), 'utf8')).toBe(cdkApp({ table: 'shop', region: 'eu-west-1' }));
    expect((await run.lines()).join('\n')).toContain('npx cdk deploy');
  });

  it('writes nothing after Ctrl-C', async () => {
    const cwd = temporaryDirectory();
    const command = [process.execPath, '--import', import.meta.resolve('tsx'), main, 'init', ...table];
    const run = new TerminalRun(command, { columns: 80, rows: 40, cwd });
    await run.until('How is it deployed?');
    run.type('\u0003');
    expect(await run.exited).toBe(130);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

it('drafts the definition from an export, where there is one', async () => {
  const out = temporaryDirectory();
  const order = (user: string, n: number) => ({
    PK: { S: `USER#${user}` },
    SK: { S: `ORDER#${n}` },
    createdAt: { S: '2024-11-21T12:00:00Z' },
  });
  const items = Array.from({ length: 60 }, (_, n) => order(`u${n % 9}`, n));
  const files = [
    items.map(({ PK, SK, ...rest }) => JSON.stringify({ Keys: { PK, SK }, NewImage: { PK, SK, ...rest } })),
  ];
  const { code, stderr } = await runCli(
    'init',
    ...table,
    '--cdk',
    'app',
    '--out',
    out,
    '--export',
    writeExport({ files }),
  );
  expect({ code, wrote: stderr.includes(`wrote ${join(out, 'daytally.json')}: `) }).toEqual({ code: 0, wrote: true });
  expect(parseDefinitionJson(readFileSync(join(out, 'daytally.json'), 'utf8'), 'x').activities).toHaveLength(1);
});
