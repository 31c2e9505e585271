import { SingleBar } from 'cli-progress';
import pc from 'picocolors';
import type { Paint } from '../report/terminal-text.ts';

/** What a command may do to the terminal: results on stdout, everything else on stderr. */
export interface Terminal {
  /** Writes a result to stdout, whole, with a line feed behind it. */
  result(text: string): void;
  /** Writes a line for people to stderr. */
  note(line: string): void;
  /** Colours of results: none where stdout is no terminal, or NO_COLOR is set. */
  readonly paint: Paint;
  /** A progress bar on stderr; silent where stderr is no terminal. */
  progress(label: string, total: number): Progress;
}

export interface Progress {
  update(value: number): void;
  stop(): void;
}

/** https://no-color.org */
const hasColors = process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export const processTerminal: Terminal = {
  paint: pc.createColors(hasColors),
  result: (text) => void process.stdout.write(withLineFeed(text)),
  note: (line) => void process.stderr.write(withLineFeed(line)),
  progress(label, total) {
    const bar = new SingleBar({
      stream: process.stderr,
      noTTYOutput: false,
      hideCursor: true,
      clearOnComplete: true,
      format: `${label} {bar} {percentage}%`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
    });
    bar.start(total, 0);
    return { update: (value) => bar.update(value), stop: () => bar.stop() };
  },
};

const withLineFeed = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);
