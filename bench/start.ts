import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildCommandLine } from '../scripts/build-cli.ts';
import type { Measurement } from './processes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = fileURLToPath(new URL('../dist/cli/daytally.js', import.meta.url));

/**
 * How long the built command line takes to start, from the first instruction of the process to its end, and Node alone. In turns, after one
 * that does not count.
 * @param directory of an export that is counted at once
 */
export async function compareStart(directory: string, repetitions: number): Promise<Record<string, Measurement[]>> {
  await buildCommandLine(root);
  const calls: Record<string, readonly string[]> = {
    'node -e 0': ['-e', '0'],
    'daytally --version': [cli, '--version'],
    'daytally --help': [cli, '--help'],
    'aggregate, 100 records': [cli, 'aggregate', directory, '--definition', 'games'],
  };
  const measured = Object.fromEntries(Object.keys(calls).map((name) => [name, [] as Measurement[]]));
  for (let turn = 0; turn <= repetitions; turn++) {
    for (const [name, words] of Object.entries(calls)) {
      const measurement = measure(words);
      if (turn > 0) measured[name]?.push(measurement);
    }
  }
  return measured;
}

/** Node cannot tell what a child has used of the processor; bash can. */
const TIMED = 'TIMEFORMAT="%R %U %S"; time "$0" "$@" >/dev/null 2>&1';

function measure(words: readonly string[]): Measurement {
  const { stderr, status } = spawnSync('bash', ['-c', TIMED, process.execPath, ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`node ${words.join(' ')} has ended with ${status}`);
  const [real = 0, user = 0, system = 0] = stderr.trim().split(' ').map(Number);
  return { counted: undefined, millis: real * 1000, cpuMillis: (user + system) * 1000, peakMb: 0 };
}
