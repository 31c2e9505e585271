import { isUtf8 } from 'node:buffer';
import type { ActivityType } from '../../domain/activity.ts';
import type { RecordVisitor } from '../../pipeline/ports.ts';
import { type Kernel, KIND, ROW } from './kernel.ts';
import { readLine } from './plain-reader.ts';

const LINE_FEED = 0x0a;

/** DynamoDB's items have 400 KB at most: what is longer than this is no record of it, and is not kept in memory. */
export const MAX_LINE_BYTES = 1 << 26;

const typeOfKind: Readonly<Record<number, ActivityType>> = {
  [KIND.SESSION]: 'session',
  [KIND.PARTY]: 'party',
  [KIND.MEMBER]: 'member',
};

/** Takes decompressed bytes in chunks of any size and tells the visitor of every record in them. */
export class LineScanner {
  records = 0;
  /** Of those, the ones that the kernel did not know what to make of. */
  slowPathRecords = 0;
  #lines = 0;
  /** Bytes of a line whose end has not come yet; they stand at the beginning of the input. */
  #carried = 0;
  #isTooLong = false;

  constructor(
    readonly kernel: Kernel,
    readonly visitor: RecordVisitor,
  ) {}

  push(chunk: Uint8Array): void {
    const bytes = this.#isTooLong ? this.#afterLongLine(chunk) : chunk;
    const whole = bytes.lastIndexOf(LINE_FEED) + 1;
    if (whole === 0 && this.#carried + bytes.length > MAX_LINE_BYTES) this.#giveUpLine();
    else this.#append(bytes, whole);
  }

  /** To be called behind the last chunk, for the last line may have no line feed. */
  end(): void {
    if (this.#carried > 0) this.push(Uint8Array.of(LINE_FEED));
  }

  /** Each line is read once, when its end is there: a long one costs no more for coming in many chunks. */
  #append(bytes: Uint8Array, whole: number): void {
    const { kernel } = this;
    const at = kernel.inputAt + this.#carried;
    kernel.reserve(this.#carried + bytes.length);
    kernel.bytes.set(bytes, at);
    this.#carried += bytes.length;
    if (whole === 0) return;
    this.#readLines(kernel.inputAt, at + whole);
    kernel.bytes.copyWithin(kernel.inputAt, at + whole, at + bytes.length);
    this.#carried = bytes.length - whole;
  }

  #giveUpLine(): void {
    this.#reject('line.length');
    this.#carried = 0;
    this.#isTooLong = true;
  }

  #afterLongLine(chunk: Uint8Array): Uint8Array {
    const end = chunk.indexOf(LINE_FEED);
    this.#isTooLong = end === -1;
    return chunk.subarray(end === -1 ? chunk.length : end + 1);
  }

  #readLines(from: number, to: number): void {
    const { bytes } = this.kernel;
    if (isUtf8(bytes.subarray(from, to))) {
      this.#scan(from, to);
      return;
    }
    for (let next: number; from < to; from = next) {
      next = bytes.indexOf(LINE_FEED, from) + 1;
      if (isUtf8(bytes.subarray(from, next))) this.#scan(from, next);
      else this.#reject('line.utf8');
    }
  }

  #scan(from: number, to: number): void {
    while (from < to) {
      const { next, rows, textBytes, ignored, deleted, lines } = this.kernel.scan(from, to);
      if (ignored > 0) this.visitor.ignored(ignored);
      if (deleted > 0) this.visitor.deleted(deleted);
      this.records += ignored + deleted;
      this.#readRows(rows, textBytes);
      this.#lines += lines;
      from = next;
    }
  }

  #readRows(rows: number, textBytes: number): void {
    const { bytes, table, textAt } = this.kernel;
    // Decoded at once, and cut in pieces: one call for some hundred records, and right for all that are ASCII.
    const text = bytes.toString('latin1', textAt, textAt + textBytes);
    let at = 0;
    for (let row = 0; row < rows * ROW.COLUMNS; row += ROW.COLUMNS) {
      const kind = table[row + ROW.KIND] as number;
      if (kind === KIND.OTHER) this.#readOther(row);
      else at = this.#readActivity(kind, row, text, at);
    }
  }

  /** The strings of a record stand one behind the other, those of the next record behind them. */
  #readActivity(kind: number, row: number, text: string, at: number): number {
    const { table } = this.kernel;
    const ownerAt = at + (table[row + ROW.MODEL_ID] as number);
    const timeAt = ownerAt + (table[row + ROW.OWNER] as number);
    const end = timeAt + (table[row + ROW.TIME] as number);
    const isWide = (kind & KIND.IS_WIDE) !== 0;
    this.records++;
    this.visitor.activity(
      {
        type: typeOfKind[kind & KIND.TYPES] as ActivityType,
        modelId: isWide ? this.#wideText(at, ownerAt) : text.slice(at, ownerAt),
        owner: isWide ? this.#wideText(ownerAt, timeAt) : text.slice(ownerAt, timeAt),
        time: isWide ? this.#wideText(timeAt, end) : text.slice(timeAt, end),
        timeType: (kind & KIND.IS_NUMBER) !== 0 ? 'N' : 'S',
      },
      this.#lineOf(row),
    );
    return end;
  }

  #wideText(from: number, to: number): string {
    const { bytes, textAt } = this.kernel;
    return bytes.toString('utf8', textAt + from, textAt + to);
  }

  #readOther(row: number): void {
    const { bytes, table } = this.kernel;
    const line = bytes.subarray(table[row + ROW.FROM], table[row + ROW.TO]);
    if (!readLine(line, this.#lineOf(row), this.visitor)) return;
    this.records++;
    this.slowPathRecords++;
  }

  #lineOf(row: number): number {
    return this.#lines + (this.kernel.table[row + ROW.LINE] as number) + 1;
  }

  #reject(reason: string): void {
    this.#lines++;
    this.records++;
    this.visitor.malformed(this.#lines, reason);
  }
}
