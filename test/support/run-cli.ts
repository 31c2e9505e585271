import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { runProgram } from '../../src/cli/program.ts';
import type { Terminal } from '../../src/cli/terminal/terminal.ts';
import { plain } from '../../src/report/terminal-text.ts';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A terminal that keeps what is written to it. */
export function listeningTerminal(): { terminal: Terminal; written: { stdout: string; stderr: string } } {
  const written = { stdout: '', stderr: '' };
  const terminal: Terminal = {
    result: (text) => {
      written.stdout += text.endsWith('\n') ? text : `${text}\n`;
    },
    data: (text) => {
      written.stdout += text.endsWith('\n') ? text : `${text}\n`;
    },
    columns: Number.POSITIVE_INFINITY,
    note: (line) => {
      written.stderr += line.endsWith('\n') ? line : `${line}\n`;
    },
    paint: plain,
    progress: () => ({ update: () => {}, stop: () => {} }),
  };
  return { terminal, written };
}

/** Runs the command line in this process. */
export async function runCli(...words: readonly string[]): Promise<CliResult> {
  const { terminal, written } = listeningTerminal();
  const code = await runProgram(words, terminal);
  return { code, ...written };
}

const root = join(import.meta.dirname, '../..');

/** Runs the command line as a person would: a process of its own, without a terminal. */
export function spawnCli(...words: readonly string[]): Promise<CliResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'src/cli/main.ts'), ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => {
    written.stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    written.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...written }));
  });
}
