import { SingleBar } from 'cli-progress';

/** What a command may do to the terminal: results on stdout, everything else on stderr. */
export interface Terminal {
  /** Writes a result to stdout, whole, with a line feed behind it. */
  result(text: string): void;
  /** Writes a line for people to stderr. */
  note(line: string): void;
  /** A progress bar on stderr; silent where stderr is no terminal. */
  progress(label: string, total: number): Progress;
}

export interface Progress {
  update(value: number): void;
  stop(): void;
}

export const processTerminal: Terminal = {
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

/** Text of unknown origin, such as an app's name, without what would steer the terminal. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
