import { truncate } from '../../report/terminal-text.ts';

/** As much of a `tty.WriteStream` as is used. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Erases the line in which the cursor stands. https://invisible-island.net/xterm/ctlseqs/ctlseqs.html: EL */
const ERASE = '\r\u001b[K';

/**
 * The last line of the terminal, drawn again and again. It changes no mode of the terminal (cursor, wrap, colours), so
 * that there is none to restore, whatever ends the process; see docs/decisions/0015-one-redrawn-line.md.
 */
export class ProgressLine {
  #drawn = '';

  constructor(private readonly output: Output) {}

  get isDrawn(): boolean {
    return this.#drawn !== '';
  }

  /** @param text one line */
  draw(text: string): void {
    // One column stays free: a full line would wrap, and only its second half could be erased.
    const columns = this.output.columns || 80;
    this.output.write((this.isDrawn ? ERASE : '') + truncate(text, columns - 1));
    this.#drawn = text;
  }

  clear(): void {
    if (this.isDrawn) this.output.write(ERASE);
    this.#drawn = '';
  }

  /** Writes whole lines in the place of this one, which goes on below them. */
  aside(write: () => void): void {
    const drawn = this.#drawn;
    this.clear();
    write();
    if (drawn !== '') this.draw(drawn);
  }
}

const BAR_WIDTH = 20;

/** `nights ████████████░░░░░░░░  60 %`: short, so that it does not wrap when the terminal is made narrower. */
export function barText(label: string, share: number): string {
  const done = Math.min(1, Math.max(0, share));
  const full = Math.floor(done * BAR_WIDTH);
  const percent = `${Math.floor(done * 100)}`.padStart(3);
  return `${label} ${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${percent} %`;
}
