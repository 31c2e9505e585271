import { isUtf8 } from 'node:buffer';
import type { ActivityType } from '../../domain/activity.ts';
import type { RecordVisitor } from '../../pipeline/ports.ts';
import type { Output } from './gunzip.ts';
import { type Kernel, KIND, NOWHERE, ROW } from './kernel.ts';
import { readLine } from './plain-reader.ts';

const LINE_FEED = 0x0a;

/** DynamoDB's items have 400 KB at most: what is longer than this is no record of it, and is not kept in memory. */
const MAX_LINE_BYTES = 1 << 26;

const typeOfKind: Readonly<Record<number, ActivityType>> = {
  [KIND.SESSION]: 'session',
  [KIND.PARTY]: 'party',
  [KIND.MEMBER]: 'member',
};

/** DEFLATE's: copies reach so far back. */
const WINDOW_BYTES = 1 << 15;
/** As much as stays in a core's own cache between decompression and the scan. */
const ROOM_BYTES = 1 << 18;
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

  constructor(
    readonly kernel: Kernel,
    readonly visitor: RecordVisitor,
  ) {
    this.#at = kernel.inputAt;
    this.#lineAt = kernel.inputAt;
    this.#roomEnd = kernel.inputAt + ROOM_BYTES;
    kernel.reserve(ROOM_BYTES);
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
    const userAt = at + (table[row + ROW.APP + 1] as number);
    const timeAt = userAt + (table[row + ROW.USER + 1] as number);
    const end = timeAt + (table[row + ROW.TIME] as number);
    const type = typeOfKind[kind & KIND.TYPES] as ActivityType;
    const app = this.#known(row + ROW.APP, (kind & KIND.IS_APP_KNOWN) !== 0, at, userAt);
    const userId = this.#known(row + ROW.USER, (kind & KIND.IS_USER_KNOWN) !== 0, userAt, timeAt);
    const time = (kind & KIND.IS_WIDE) !== 0 ? this.#decode(timeAt, end) : text.slice(timeAt, end);
    const timeType = (kind & KIND.IS_NUMBER) !== 0 ? 'N' : 'S';
    this.records++;
    this.visitor.activity({ type, app, userId, time, timeType }, this.#lineOf(row));
    return end;
  }

  /** The same string as the last time where the kernel knows the text: whoever looks it up need not hash it again. */
  #known(column: number, isKnown: boolean, from: number, to: number): string {
    const { table, knownTexts } = this.kernel;
    const place = table[column] as number;
    if (isKnown) return knownTexts[place] as string;
    const text = this.#decode(from, to);
    if (place !== NOWHERE) knownTexts[place] = text;
    return text;
  }

  #decode(from: number, to: number): string {
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
