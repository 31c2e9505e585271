import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import type { RunResult } from './contenders.ts';

export interface Measurement extends RunResult {
  readonly millis: number;
  /** User and system time of all threads of the process: what a busy machine disturbs least. */
  readonly cpuMillis: number;
  /** Of the process, since its start. */
  readonly peakMb: number;
}

/** One configuration in a process of its own, pinned to some cores. */
export class PinnedProcess {
  readonly #child: ChildProcess;
  readonly #lines: Interface;

  constructor(script: string, cores: string, args: readonly string[]) {
    const [command, first] = hasTaskset ? ['taskset', ['-c', cores, process.execPath]] : [process.execPath, []];
    this.#child = spawn(command, [...first, script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream });
  }

  async measure(): Promise<Measurement> {
    this.#child.stdin?.write('run\n');
    const line = await Promise.race([once(this.#lines, 'line'), once(this.#lines, 'close')]);
    if (typeof line[0] !== 'string') throw new Error('the measured process has ended: see its message above');
    return JSON.parse(line[0]);
  }

  async end(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await exit;
  }
}

const hasTaskset = ((): boolean => {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** Runs all configurations in turns, after one turn that does not count. */
export async function interleave<K extends string>(
  processes: Readonly<Record<K, PinnedProcess>>,
  repetitions: number,
): Promise<Record<K, Measurement[]>> {
  const names = Object.keys(processes) as K[];
  const measurements = Object.fromEntries(names.map((name) => [name, [] as Measurement[]])) as Record<K, Measurement[]>;
  for (let turn = 0; turn <= repetitions; turn++) {
    for (const name of names) {
      const measurement = await processes[name].measure();
      if (turn > 0) measurements[name].push(measurement);
    }
  }
  for (const name of names) await processes[name].end();
  return measurements;
}
