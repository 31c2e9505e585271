import { isUtf8 } from 'node:buffer';
import type { CountingRules } from '../../domain/counting-rules.ts';
import type { RecordVisitor } from '../../pipeline/ports.ts';
import type { Output } from './gunzip.ts';
import type { Kernel } from './kernel.ts';
import { Row, Told } from './kernel/codes.ts';
import { readLine } from './plain-reader.ts';
import { RowReader } from './row-reader.ts';

const LINE_FEED = 0x0a;

/** DynamoDB's items have 400 KB at most: what is longer than this is no record of it, and is not kept in memory. */
const MAX_LINE_BYTES = 1 << 26;

/** DEFLATE's: copies reach so far back. */
const WINDOW_BYTES = 1 << 15;
/** As much as stays in a core's own cache between decompression and the scan. */
const ROOM_BYTES = 1 << 17;
/** What it takes to be worth a scan. */
const LEAST_ROOM_BYTES = 1 << 13;

/** Takes decompressed bytes in pieces of any size and tells the visitor of every record in them. */
export class LineScanner implements Output {
  records = 0;
  /** Of those, the ones that the kernel did not know what to make of. */
  slowPathRecords = 0;
  #lines = 0;
  /** Where the next bytes go: behind all that have come. */
  #at: number;
  /** Where the line begins whose end has not come yet. */
  #lineAt: number;
  #roomEnd: number;
  #isTooLong = false;
  readonly #activities: RowReader;

  /** @param kernel has the program for these rules */
  constructor(
    readonly kernel: Kernel,
    readonly rules: CountingRules,
    readonly visitor: RecordVisitor,
  ) {
    this.#at = kernel.inputAt;
    this.#lineAt = kernel.inputAt;
    this.#roomEnd = kernel.inputAt + ROOM_BYTES;
    kernel.reserve(ROOM_BYTES);
    this.#activities = new RowReader(kernel, rules, visitor);
  }

  /**
   * Where bytes have to be put before {@link read}: from `at`, up to `end`. The last 32 KB of those before stand in
   * front of `at`.
   */
  makeRoom(): { readonly at: number; readonly end: number } {
    if (this.#roomEnd - this.#at < LEAST_ROOM_BYTES) this.#moveDown();
    return { at: this.#at, end: this.#roomEnd };
  }

  /** Reads the lines that end in the bytes that have been put: each once, when its end is there. */
  read(bytes: number): void {
    const from = this.#at;
    this.#at += bytes;
    if (this.#isTooLong) this.#passLongLine(from);
    const end = this.kernel.bytes.subarray(from, this.#at).lastIndexOf(LINE_FEED) + 1;
    if (end > 0 && from + end > this.#lineAt) this.#readLines(this.#lineAt, from + end);
    if (end > 0) this.#lineAt = from + end;
    else if (this.#at - this.#lineAt > MAX_LINE_BYTES) this.#giveUpLine();
  }

  /** To be called behind the last bytes, for the last line may have no line feed. */
  end(): void {
    if (this.#at === this.#lineAt) return;
    this.kernel.bytes[this.makeRoom().at] = LINE_FEED;
    this.read(1);
  }

  /** Moves what is still needed to the beginning of the room; where that is much, there has to be more room. */
  #moveDown(): void {
    const { kernel } = this;
    const keepFrom = Math.max(kernel.inputAt, Math.min(this.#lineAt, this.#at - WINDOW_BYTES));
    kernel.bytes.copyWithin(kernel.inputAt, keepFrom, this.#at);
    this.#at -= keepFrom - kernel.inputAt;
    this.#lineAt -= keepFrom - kernel.inputAt;
    const room = Math.max(ROOM_BYTES, Math.ceil((this.#at - kernel.inputAt) * 1.5));
    kernel.reserve(room);
    this.#roomEnd = kernel.inputAt + room;
  }

  #giveUpLine(): void {
    this.#reject('line.length');
    this.#lineAt = this.#at;
    this.#isTooLong = true;
  }

  #passLongLine(from: number): void {
    const end = this.kernel.bytes.subarray(from, this.#at).indexOf(LINE_FEED);
    this.#isTooLong = end === -1;
    this.#lineAt = end === -1 ? this.#at : from + end + 1;
  }

  #readLines(from: number, to: number): void {
    const { kernel } = this;
    while (from < to) {
      const { next, lines, isAscii, isStopped } = kernel.classify(from, to);
      if (isAscii || isUtf8(kernel.bytes.subarray(from, next))) this.#project(0, lines);
      else for (let line = 0; line < lines; line++) this.#projectIfUtf8(line);
      this.#lines += lines;
      from = isStopped ? this.#readOther(next, kernel.bytes.indexOf(LINE_FEED, next), ++this.#lines) : next;
    }
  }

  #projectIfUtf8(line: number): void {
    const { kernel } = this;
    const [at, next] = [kernel.lineAt(line), kernel.lineAt(line + 1)];
    if (isUtf8(kernel.bytes.subarray(at, next))) this.#project(line, line + 1);
    else this.#readOther(at, next - 1, this.#lines + line + 1);
  }

  #project(line: number, endLine: number): void {
    while (line < endLine) {
      const { nextLine, rows, ignored, deleted } = this.kernel.project(line, endLine);
      if (ignored > 0) this.visitor.ignored(ignored);
      if (deleted > 0) this.visitor.deleted(deleted);
      this.records += ignored + deleted;
      this.#readRows(rows);
      line = nextLine;
    }
  }

  #readRows(rows: number): void {
    const { table } = this.kernel;
    for (let row = 0; row < rows * Row.BYTES; ) {
      const line = this.#lines + (table[(row + Row.LINE) >> 2] as number) + 1;
      if (table[(row + Row.TOLD) >> 2] !== Told.LINE_ALONE) {
        row = this.#activities.read(row, line);
        this.records++;
      } else {
        const span = (row + Row.SPAN) >> 2;
        this.#readOther(table[span] as number, table[span + 1] as number, line);
        row += Row.BYTES;
      }
    }
  }

  /** Gives a line to `JSON.parse`; the address of the next one. */
  #readOther(from: number, end: number, line: number): number {
    if (readLine(this.kernel.bytes.subarray(from, end), line, this.rules, this.visitor)) {
      this.records++;
      this.slowPathRecords++;
    }
    return end + 1;
  }

  #reject(reason: string): void {
    this.#lines++;
    this.records++;
    this.visitor.malformed(this.#lines, reason);
  }
}
