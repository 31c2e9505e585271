import { constants } from 'node:os';
import { spawn } from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { onTestFinished } from 'vitest';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export interface TerminalOptions extends Size {
  /** What the process is given beside PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

const [HIDE_CURSOR, SHOW_CURSOR] = ['\u001b[?25l', '\u001b[?25h'];

/** A process in a pseudo-terminal, and what a terminal draws of what it writes, scrollback included. */
export class TerminalRun {
  /** The exit code as a shell tells it: that of a signal is 128 and its number. */
  readonly exited: Promise<number>;
  readonly pid: number;
  /** All that was written, escape sequences included. */
  raw = '';
  readonly #screen: InstanceType<typeof xterm.Terminal>;
  readonly #process: ReturnType<typeof spawn>;

  constructor(command: readonly string[], { columns: cols, rows, env = {}, cwd }: TerminalOptions) {
    const { PATH = '', HOME = '' } = process.env;
    const [file = '', ...words] = command;
    this.#screen = new xterm.Terminal({ cols, rows, scrollback: 10_000, allowProposedApi: true });
    this.#process = spawn(file, words, {
      ...{ cols, rows },
      env: { PATH, HOME, TERM: 'xterm-256color', ...env },
      ...(cwd === undefined ? {} : { cwd }),
    });
    this.pid = this.#process.pid;
    this.#process.onData((data) => {
      this.raw += data;
      this.#screen.write(data);
    });
    this.exited = new Promise((resolve) => {
      this.#process.onExit(({ exitCode, signal }) => resolve(signal ? 128 + signal : exitCode));
    });
    onTestFinished(() => {
      if (isRunning(this)) process.kill(-this.pid, 'SIGKILL');
    });
  }

  /** As if typed. */
  type(text: string): void {
    this.#process.write(text);
  }

  resize({ columns, rows }: Size): void {
    this.#process.resize(columns, rows);
    this.#screen.resize(columns, rows);
  }

  /** Until something has been written, or the process has ended. */
  async until(text: string): Promise<void> {
    let hasEnded = false;
    void this.exited.then(() => {
      hasEnded = true;
    });
    while (!hasEnded && !this.raw.includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** The lines on the screen and above it; what the terminal has broken for want of room is one line. */
  async lines(): Promise<string[]> {
    await this.#drawn();
    const { buffer } = this.#screen;
    const lines: string[] = [];
    for (let y = 0; y < buffer.active.length; y++) {
      const row = buffer.active.getLine(y);
      const goesOn = buffer.active.getLine(y + 1)?.isWrapped === true;
      const text = row?.translateToString(!goesOn) ?? '';
      if (row?.isWrapped) lines.push(`${lines.pop()}${text}`);
      else lines.push(text);
    }
    return lines.map((line) => line.trimEnd());
  }

  /** What the process has left switched, told as a terminal shows it: empty where all is as it was. */
  async leftovers(): Promise<string[]> {
    await this.#drawn();
    const { modes, buffer } = this.#screen;
    await new Promise<void>((resolve) => this.#screen.write('x', resolve));
    const cell = buffer.active.getLine(buffer.active.baseY + buffer.active.cursorY)?.getCell(buffer.active.cursorX - 1);
    return [
      ...(modes.wraparoundMode ? [] : ['no line wrap']),
      ...(cell?.isAttributeDefault() ? [] : ['colours']),
      ...(this.raw.lastIndexOf(HIDE_CURSOR) > this.raw.lastIndexOf(SHOW_CURSOR) ? ['no cursor'] : []),
      ...(buffer.active.type === 'normal' ? [] : ['the alternate screen']),
    ];
  }

  #drawn(): Promise<void> {
    return new Promise((resolve) => this.#screen.write('', resolve));
  }
}

/** Whether anything of the run is still there: a pseudo-terminal's process leads a group of its own. */
export function isRunning({ pid }: TerminalRun): boolean {
  try {
    return process.kill(-pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

export const CTRL_C = '\u0003';
export const INTERRUPTED = 128 + constants.signals.SIGINT;
