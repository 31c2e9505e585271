import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dayOfMillis, formatDay } from '../../../src/domain/utc-day.ts';
import { temporaryDirectory, writeExport } from '../../support/exports.ts';
import { type Size, TerminalRun } from '../../support/pseudo-terminal.ts';

const root = join(import.meta.dirname, '../../..');
const node = (script: string, ...words: string[]) => [
  process.execPath,
  '--import',
  'tsx',
  join(root, script),
  ...words,
];
const demo = (folder: string) => node('src/cli/main.ts', 'demo', '--nights', '3', '--out', folder);

const sizes: readonly Size[] = [
  { columns: 60, rows: 24 },
  { columns: 80, rows: 24 },
  { columns: 140, rows: 60 },
];

/** An export of a day with a few of everything, and the words of commands that read it, or an installation. */
function session(): readonly string[] {
  const day = formatDay(dayOfMillis(Date.now()) - 2);
  const played = (app: string) => ({
    modelId: { S: `session-${app}-1` },
    owner: { S: 'user-1' },
    updatedAt: { N: '1732190400' },
  });
  const items = [played('chess'), played('日本語のアプリの長い名前'), {}, { modelId: { N: '1' } }];
  const files = [items.map((NewImage) => JSON.stringify({ Metadata: {}, Keys: {}, NewImage }))];
  return node(
    'test/support/terminal-session.ts',
    JSON.stringify([
      ['aggregate', writeExport({ files })],
      ['describe', writeExport({ files }), '--draft', join(temporaryDirectory(), 'a long name of a definition.json')],
      ['aggregate', '/no/such/folder'],
      ['report'],
      ['status', '--days', '5000'],
      ['explain', day, 'chess'],
      ['explain', day, 'ches'],
      ['doctor'],
      ['backfill', '--from', formatDay(dayOfMillis(Date.now()) - 6), '--wait', '--poll', '0.1'],
      ['report', '--html'],
      ['replay', '--help'],
    ]),
  );
}

/** What a command writes where nothing of it is a terminal: stdout and stderr into one file. */
async function piped(command: readonly string[], columns?: number): Promise<string[]> {
  const file = join(temporaryDirectory(), 'output');
  const { PATH, HOME } = process.env;
  const output = openSync(file, 'a');
  const [name = '', ...words] = command;
  const child = spawn(name, words, {
    cwd: root,
    stdio: ['ignore', output, output],
    env: { PATH, HOME, TERM: 'xterm-256color', ...(columns === undefined ? {} : { COLUMNS: `${columns}` }) },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await new Promise((resolve) => child.on('close', resolve));
  closeSync(output);
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trimEnd());
}

async function inTerminal(command: readonly string[], size: Size): Promise<TerminalRun> {
  const run = new TerminalRun(command, { ...size, cwd: root });
  await run.exited;
  return run;
}

/** How long the simulated exports took, on this run. */
const withoutDurations = (line: string): string => line.replace(/ +(?:took|\d+ ms|[\d.]+ s)$/, '  …');

/** Without what comes below the last line: the screen has a height, a file has not. */
const textOf = (lines: readonly string[]): string => lines.map(withoutDurations).join('\n').trimEnd();

/** Four processes that do all of the work: seconds, but not where many others want the processor too. */
const patience = { timeout: 180_000 };

describe.each(sizes)('a terminal of $columns × $rows', patience, (size) => {
  /** But for addresses, which have no place to break: those are the terminal's to break. */
  const tooWide = (lines: readonly string[]) =>
    lines.filter((line) => stringWidth(line) > size.columns && !/(?:^| )\S{40,}$/.test(line));

  it('shows the demo as a pipe does', async () => {
    const [run, expected] = await Promise.all([
      inTerminal(demo(join(temporaryDirectory(), 'demo')), size),
      piped(demo(join(temporaryDirectory(), 'demo')), size.columns),
    ]);
    const lines = (await run.lines()).map((line) => line.replace(/daytally-test-\w+/, 'daytally-test-…'));
    expect(run.raw).toContain('nights █');
    expect(textOf(lines)).toBe(textOf(expected.map((line) => line.replace(/daytally-test-\w+/, 'daytally-test-…'))));
    expect(tooWide(lines)).toEqual([]);
    expect(await run.leftovers()).toEqual([]);
  });

  it('shows the other commands as a pipe does', async () => {
    const command = session();
    const [run, expected] = await Promise.all([inTerminal(command, size), piped(command, size.columns)]);
    const lines = await run.lines();
    expect(run.raw).toContain('waiting █');
    expect(textOf(lines)).toBe(textOf(expected));
    expect(tooWide(lines)).toEqual([]);
    expect(await run.leftovers()).toEqual([]);
  });
});

const beside = node('test/support/bar-session.ts');

const wordsOf = (lines: readonly string[]): string[] =>
  lines
    .join(' ')
    .split(' ')
    .filter((word) => word !== '');

describe('lines beside a bar', () => {
  it('lose and gain nothing when the terminal is resized', async () => {
    const run = new TerminalRun(beside, { columns: 100, rows: 24, cwd: root });
    await run.until('20  word');
    run.resize({ columns: 60, rows: 10 });
    await run.until('50  word');
    run.resize({ columns: 140, rows: 50 });
    await run.until('80  end');
    run.resize({ columns: 80, rows: 24 });
    await run.exited;
    expect(wordsOf(await run.lines())).toEqual(wordsOf(await piped(beside)));
  });

  it.each([{ TERM: 'dumb' }, { CI: 'true' }])('come without escape sequences, and no bar, with %j', async (env) => {
    const run = new TerminalRun(beside, { columns: 60, rows: 24, cwd: root, env });
    await run.exited;
    expect(run.raw).not.toContain('\u001b');
    expect(run.raw).not.toContain('░');
    expect(textOf(await run.lines())).toBe(textOf(await piped(beside, 60)));
  });

  it('are all there is through a pipe, and not broken', async () => {
    const lines = await piped(beside);
    expect(lines.join('')).not.toContain('\u001b');
    expect(lines.join('')).not.toContain('░');
    expect(lines).toHaveLength(102);
  });
});
