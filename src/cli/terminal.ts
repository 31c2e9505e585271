import { SingleBar } from 'cli-progress';

/** What a command may do to the terminal: results on stdout, everything else on stderr. */
export interface Terminal {
  /** Writes a result to stdout, whole. */
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

export const terminal: Terminal = {
  result: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
  progress(label, total) {
    const bar = new SingleBar({
      stream: process.stderr,
      noTTYOutput: false,
      hideCursor: true,
      clearOnComplete: true,
      format: `${label} {bar} {percentage}% {value}/{total}`,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      barsize: 24,
    });
    bar.start(total, 0);
    return { update: (value) => bar.update(value), stop: () => bar.stop() };
  },
};
