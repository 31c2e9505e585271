import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '../support/exports.ts';
import { runCli } from '../support/run-cli.ts';

/** What is written to stdout, by the command line and by the library that prints itself. */
async function printed(...words: readonly string[]): Promise<string> {
  const log = vi.spyOn(console, 'log').mockReturnValue();
  const { stdout } = await runCli(...words);
  const lines = log.mock.calls.map(([line]) => `${line}\n`);
  log.mockRestore();
  return stdout + lines.join('');
}

const completed = async (...words: readonly string[]): Promise<string[]> =>
  (await printed('complete', '--', ...words))
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '');

const FILES = ':0';
const NOTHING_ELSE = ':4';

describe('completion', () => {
  it.each<[string[], string[]]>([
    [['agg'], ['aggregate', NOTHING_ELSE]],
    [['re'], ['report', 'replay', 'reprocess', NOTHING_ELSE]],
    [
      ['report', '--fo'],
      ['--folder', '--format', NOTHING_ELSE],
    ],
    [
      ['report', '--format', ''],
      ['table', 'json', 'csv', 'html', 'parquet', NOTHING_ELSE],
    ],
    [
      ['report', '--format', 'h'],
      ['html', NOTHING_ELSE],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', NOTHING_ELSE],
    ],
    [
      ['help', 'agg'],
      ['aggregate', NOTHING_ELSE],
    ],
    [['explain', ''], [NOTHING_ELSE]],
    [['aggregate', './my'], [FILES]],
    [['check', 'daytally.json', ''], [FILES]],
    [['aggregate', 'export', ''], [NOTHING_ELSE]],
    [['aggregate', 'export', '--definition', ''], [FILES]],
    [['report', '--folder', ''], [FILES]],
  ])('of %j is %j', async (words, expected) => {
    expect((await completed(...words)).sort()).toEqual([...expected].sort());
  });

  it('does not offer itself', async () => {
    expect(await completed('comp')).toEqual(['completion', NOTHING_ELSE]);
  });

  it.each(['bash', 'zsh', 'fish'])('has a script for %s that asks the command line', async (shell) => {
    expect(await printed('completion', shell)).toMatch(/daytally complete -- /);
  });

  it('works in bash', async () => {
    const folder = temporaryDirectory();
    const main = join(import.meta.dirname, '../../src/cli/main.ts');
    const tsx = import.meta.resolve('tsx');
    mkdirSync(join(folder, 'bin'));
    const shim = `#!/bin/sh\nexec "${process.execPath}" --import "${tsx}" "${main}" "$@"\n`;
    writeFileSync(join(folder, 'bin/daytally'), shim, { mode: 0o755 });
    writeFileSync(join(folder, 'script'), await printed('completion', 'bash'));
    // What the package bash-completion has, and bash while somebody types.
    const helpers = [
      '_get_comp_words_by_ref() { words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=${words[cword]}; prev=${words[cword-1]}; }',
      'compopt() { :; }',
      '. ./script',
      'COMP_WORDS=(daytally report --format p); COMP_CWORD=3; COMP_LINE="daytally report --format p"; COMP_POINT=26',
      '"$(complete -p daytally | sed "s/.*-F //; s/ .*//")"',
      'echo "${COMPREPLY[@]}"',
    ];
    const ask = helpers.join('\n');
    const env = { PATH: `${join(folder, 'bin')}:${process.env.PATH}`, HOME: folder };
    expect(execFileSync('bash', ['-c', ask], { cwd: folder, env, encoding: 'utf8' }).trim()).toBe('parquet');
  });
});
