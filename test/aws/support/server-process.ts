import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventually } from './eventually.ts';

/** A server that was started here and is to be stopped here. */
export interface ServerProcess {
  readonly endpoint: string;
  readonly pid: number;
  /** Its standard output and error. */
  readonly log: string;
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
  /** Answers with success once the server is up. */
  readonly healthPath: string;
}

const START_MILLIS = 60_000;
const STOP_MILLIS = 5_000;

/** A port of this machine that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

/** Starts a server in a folder of its own and waits until it answers. */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const { name, program, args, env, port, healthPath } = command;
  const folder = mkdtempSync(join(tmpdir(), `daytally-${name}-`));
  const log = join(folder, `${name}.log`);
  // Nothing of the tests' own environment: the functions that it runs would inherit it.
  // In a process group of its own: what it starts is ended with it, and Ctrl-C is ours to answer.
  const child = spawn(program, args, { cwd: folder, env: { ...baseEnvironment(folder), ...env }, detached: true });
  const output = createWriteStream(log);
  child.stdout.pipe(output);
  child.stderr.pipe(output);
  const orphaned = () => killGroup(child);
  process.once('exit', orphaned);
  const stop = async () => {
    await end(child);
    process.off('exit', orphaned);
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const endpoint = `http://127.0.0.1:${port}`;
  await eventually(`${name} answers`, () => answers(`${endpoint}${healthPath}`, child), START_MILLIS).catch(
    async (error) => {
      await stop();
      throw error;
    },
  );
  return { endpoint, pid: child.pid ?? 0, log, stop };
}

/** The same Node as the tests' comes first: the emulator runs Lambda functions with it. */
const baseEnvironment = (folder: string): Record<string, string> => ({
  PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
  HOME: folder,
  TMPDIR: folder,
  LANG: 'C.UTF-8',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
});

async function answers(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the server ended with code ${child.exitCode}`);
  const response = await fetch(url).catch(() => undefined);
  return response?.ok ?? false;
}

/** By its own process id, with force where it does not end by itself; then what it has started and left behind. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_MILLIS);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(force);
  }
  killGroup(child);
}

/** A group is named by its first process, and lasts as long as any of its processes. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ESRCH';
    if (!isGone) throw error;
  }
}
