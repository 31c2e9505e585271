import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryDirectory, writeExport } from '../../support/exports.ts';
import { CTRL_C, INTERRUPTED, isRunning, TerminalRun } from '../../support/pseudo-terminal.ts';

const root = join(import.meta.dirname, '../../..');
const size = { columns: 80, rows: 24 };

/** A folder that holds nothing but an earlier demo. */
function withEarlierDemo(): { readonly parent: string; readonly folder: string } {
  const parent = temporaryDirectory();
  const folder = join(parent, 'demo');
  mkdirSync(folder);
  writeFileSync(join(folder, '.daytally-demo'), '');
  writeFileSync(join(folder, 'report.html'), 'the last one');
  return { parent, folder };
}

/** So many times, one right behind the other; or again and again until the process has ended. */
async function interrupt(run: TerminalRun, times: number): Promise<void> {
  if (times !== Number.POSITIVE_INFINITY) {
    for (let time = 0; time < times; time++) run.type(CTRL_C);
    return;
  }
  const typing = setInterval(() => run.type(CTRL_C), 20);
  await run.exited;
  clearInterval(typing);
}

const asNode = [process.execPath, '--import', 'tsx', 'src/cli/main.ts', 'demo'];
const asNpm = ['npm', 'run', 'demo', '--'];

describe('Ctrl-C', { timeout: 180_000 }, () => {
  it.each<[moment: string, text: string, times: number, command: readonly string[]]>([
    ['from the first moment on, until it ends,', '', Number.POSITIVE_INFINITY, asNode],
    ['while the game is played', 'deployed on', 1, asNode],
    ['while nights are counted', 'nights █', 2, asNpm],
    ['beside the last steps', 'dropped again', 1, asNode],
  ])('%s leaves nothing', async (_, text, times, command) => {
    const { parent, folder } = withEarlierDemo();
    const run = new TerminalRun([...command, '--nights', '9', '--out', folder], { ...size, cwd: root });
    await run.until(text);
    await interrupt(run, times);
    expect(await run.exited).toBe(INTERRUPTED);
    await vi.waitUntil(() => !isRunning(run));
    expect(await run.leftovers()).toEqual([]);
    expect((await run.lines()).join('\n')).not.toContain('░');
    expect(readdirSync(parent)).toEqual(['demo']);
    expect(readdirSync(folder)).toEqual(['.daytally-demo', 'report.html']);
  });
});

it('a terminal that is closed leaves nothing either', { timeout: 180_000 }, async () => {
  const { parent, folder } = withEarlierDemo();
  const run = new TerminalRun([...asNode, '--nights', '9', '--out', folder], { ...size, cwd: root });
  await run.until('nights █');
  process.kill(run.pid, 'SIGHUP');
  expect(await run.exited).toBe(129);
  expect(readdirSync(parent)).toEqual(['demo']);
});

it('Ctrl-C ends a description before anything is written', { timeout: 180_000 }, async () => {
  const lines = Array.from({ length: 200_000 }, (_, n) => `{"Item":{"PK":{"S":"USER#${n}"},"at":{"N":"1795000000"}}}`);
  const folder = temporaryDirectory();
  const words = ['--format', 'html', '--out', join(folder, 'table.html'), '--draft', join(folder, 'daytally.json')];
  const command = [process.execPath, '--import', 'tsx', 'src/cli/main.ts', 'describe', writeExport({ files: [lines] })];
  const run = new TerminalRun([...command, ...words], { ...size, cwd: root });
  await run.until('reading █');
  run.type(CTRL_C);
  expect(await run.exited).toBe(INTERRUPTED);
  expect((await run.lines()).join('\n')).not.toContain('░');
  expect(readdirSync(folder)).toEqual([]);
});
