import { spawn } from 'node:child_process';
import open from 'open';
import { expect, it, vi } from 'vitest';
import { openPage } from '../../src/cli/open-page.ts';
import { listeningTerminal } from '../support/run-cli.ts';

vi.mock('open', () => ({ default: vi.fn() }));

/** As if this program of Node were what opens pages here. */
async function opened(program: string): Promise<string> {
  vi.mocked(open).mockImplementationOnce(async () => spawn(process.execPath, ['-e', program]));
  const { terminal, written } = listeningTerminal();
  await openPage('file:///demo/report.html', terminal);
  expect(open).toHaveBeenLastCalledWith('file:///demo/report.html');
  return written.stderr;
}

it('opens a page and says nothing of it, whether the browser goes on or hands it over', async () => {
  expect(await opened('process.exit(0)')).toBe('');
  expect(await opened('setTimeout(() => {}, 1500)')).toBe('');
});

it('says so where there is nothing to open it with', async () => {
  expect(await opened('process.exit(3)')).toBe(
    'note: the page was not opened: this machine has no browser to open it with\n',
  );
  vi.mocked(open).mockRejectedValueOnce(new Error('spawn xdg-open ENOENT'));
  const { terminal, written } = listeningTerminal();
  await openPage('file:///demo/report.html', terminal);
  expect(written.stderr).toContain('not opened: spawn xdg-open ENOENT');
});
