import pc from 'picocolors';
import type { Paint } from '../../report/terminal-text.ts';
import { fitLines } from './fit-lines.ts';
import { barText, type Output, ProgressLine } from './progress-line.ts';
import { nameCommands } from './typed-name.ts';

/** What a command may do to the terminal: results on stdout, everything else on stderr. */
export interface Terminal {
  /** Writes a result for people to stdout, with a line feed behind it; lines that are too wide go on below. */
  result(text: string): void;
  /** Writes a result for programs (JSON, CSV, HTML) to stdout, character by character as it is. */
  data(text: string): void;
  /** Writes something for people to stderr, as {@link result} does. */
  note(text: string): void;
  /** Colours of results: none where stdout takes no escape sequences, or NO_COLOR is set. */
  readonly paint: Paint;
  /** How wide a result may be; infinite where nobody has said. */
  readonly columns: number;
  /** A progress bar on stderr; none where stderr takes no escape sequences. */
  progress(label: string, total: number): Progress;
}

export interface Progress {
  update(value: number): void;
  /** May be called again. */
  stop(): void;
}

/** What a terminal is made of: a process has it all. */
export interface TerminalParts {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What stands before a command's words where it was called. */
  readonly typedName: string;
}

export function openTerminal({ stdout, stderr, env, typedName }: TerminalParts): OpenTerminal {
  const line = new ProgressLine(stderr);
  const columnsOf = (output: Output) => (output.isTTY ? output.columns : Number(env.COLUMNS)) || Infinity;
  const write = (output: Output, text: string) => line.aside(() => output.write(withLineFeed(text)));
  const show = (output: Output, text: string) =>
    write(output, fitLines(nameCommands(text, typedName), columnsOf(output)));
  return {
    paint: pc.createColors(takesEscapes(stdout, env) && !env.NO_COLOR),
    get columns() {
      return columnsOf(stdout);
    },
    result: (text) => show(stdout, text),
    data: (text) => write(stdout, text),
    note: (text) => show(stderr, text),
    progress(label, total) {
      if (!takesEscapes(stderr, env)) return { update: () => {}, stop: () => {} };
      const update = (value: number) => line.draw(barText(label, value / total));
      update(0);
      return { update, stop: () => line.clear() };
    },
    close: () => line.clear(),
    interrupted() {
      // The terminal has shown ^C: what comes next begins a line of its own.
      if (line.isDrawn) line.clear();
      else if (stderr.isTTY) stderr.write('\n');
    },
  };
}

export interface OpenTerminal extends Terminal {
  /** Leaves nothing half drawn. */
  close(): void;
  /** The same, after Ctrl-C. */
  interrupted(): void;
}

/** Not where the output goes into a file or a pipe, nor on terminals that know no escape sequences, nor into CI's logs. */
const takesEscapes = ({ isTTY }: Output, { TERM, CI }: TerminalParts['env']): boolean =>
  isTTY === true && TERM !== 'dumb' && (CI === undefined || /^(?:|0|false)$/.test(CI));

const withLineFeed = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
