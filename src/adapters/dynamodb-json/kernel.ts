import { kernelBase64 } from './kernel.generated.ts';
import type { Program } from './program.ts';

/** What the kernel exports: see kernel/index.ts, where each has its meaning. Addresses are offsets in the memory. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly classify: (from: number, to: number, masksAt: number) => number;
  readonly lineCount: WebAssembly.Global;
  readonly isAscii: WebAssembly.Global;
  readonly isStopped: WebAssembly.Global;
  readonly lineAt: (index: number) => number;
  readonly project: (line: number, endLine: number) => number;
  readonly rowCount: () => number;
  readonly ignored: WebAssembly.Global;
  readonly deleted: WebAssembly.Global;
  readonly inflate: (from: number, to: number, isWhole: boolean, out: number, outEnd: number, window: number) => number;
  readonly inflateIn: WebAssembly.Global;
  readonly inflateOut: WebAssembly.Global;
  readonly startInflate: () => void;
  readonly gzippedAt: WebAssembly.Global;
  readonly maxGzipped: WebAssembly.Global;
  readonly programAt: WebAssembly.Global;
  readonly rowsAt: WebAssembly.Global;
  readonly knownPlaces: WebAssembly.Global;
}

/** Lines that have been classified. */
export interface ClassifiedLines {
  /** The address behind the last of them. */
  readonly next: number;
  readonly lines: number;
  readonly isAscii: boolean;
  /** Whether the line at `next` is one that the kernel does not read. */
  readonly isStopped: boolean;
}

/** What a call of `project` has found. */
export interface Projection {
  /** The first line that was not read. */
  readonly nextLine: number;
  readonly rows: number;
  readonly ignored: number;
  readonly deleted: number;
}

/** What a call of `inflate` came to. */
export interface Inflated {
  /** One of {@link INFLATE}. */
  readonly result: number;
  /** The address of the first compressed byte that was not used. */
  readonly inAt: number;
  /** The address behind what was written. */
  readonly outAt: number;
}

/** Results of `inflate`, see kernel/inflate.ts. */
export const INFLATE = {
  NEEDS_INPUT: 0,
  NEEDS_ROOM: 1,
  ENDED: 2,
  CUT_OFF: 3,
  BAD_BLOCK: 4,
  BAD_STORED: 5,
  BAD_LENGTHS: 6,
  BAD_CODE: 7,
  TOO_FAR_BACK: 8,
} as const;

/** The place of a text that is not kept among the known ones. */
export const NOWHERE = -1;

const PAGE_BYTES = 0x10000;
/** The kernel loads blocks of 64 bytes from any address below the end of its input. */
const READABLE_BEHIND_INPUT = 128;
/** The kernel makes so many bytes of masks for each block of so many bytes of input; see kernel/masks.ts. */
const BLOCK_BYTES = 64;
const MASK_BYTES = 32;
/** One of masks that end every search, and one that is loaded with it. */
const BLOCKS_BEHIND = 2;
/** An instance that a long line has made larger than this is not kept. */
const MAX_KEPT_BYTES = 0x1000000;

/** An instance of the WebAssembly module and its memory. Used by one reader at a time. */
export class Kernel {
  readonly #exports: KernelExports;
  readonly gzippedAt: number;
  readonly maxGzipped: number;
  /** Where {@link table} begins. */
  readonly rowsAt: number;
  /** How many texts the kernel knows at a time; see kernel/known.ts. */
  readonly knownPlaces: number;
  /** The texts that the kernel knows, by their place. */
  readonly knownTexts: string[] = [];
  /** Where lines begin: behind the program. */
  inputAt: number;
  #program: Program | undefined;
  /** The whole memory, and the rows in it. They are replaced when it grows: never keep them over a {@link reserve}. */
  bytes: Buffer;
  table: Int32Array;
  numbers: Float64Array;
  /** Where the masks of lines go: behind the input. */
  #masksAt: number;

  constructor() {
    this.#exports = new WebAssembly.Instance(compiled()).exports as unknown as KernelExports;
    this.gzippedAt = this.#exports.gzippedAt.value;
    this.maxGzipped = this.#exports.maxGzipped.value;
    this.rowsAt = this.#exports.rowsAt.value;
    this.inputAt = this.#exports.programAt.value;
    this.knownPlaces = this.#exports.knownPlaces.value;
    this.#masksAt = this.inputAt;
    [this.bytes, this.table, this.numbers] = this.#views();
  }

  /** Takes a program in the place of the one that it has; what it is to read then begins at another {@link inputAt}. */
  load(program: Program): void {
    if (program === this.#program) return;
    this.#program = program;
    const programAt = this.#exports.programAt.value;
    this.inputAt = programAt + Math.ceil(program.length / PAGE_BYTES) * PAGE_BYTES;
    this.reserve(0);
    this.bytes.set(program, programAt);
  }

  /** Makes room for an input of so many bytes, doubling so that a long line is not copied again and again. */
  reserve(inputBytes: number): void {
    const inputEnd = this.inputAt + inputBytes + READABLE_BEHIND_INPUT;
    this.#masksAt = Math.ceil(inputEnd / BLOCK_BYTES) * BLOCK_BYTES;
    const needed = this.#masksAt + (Math.ceil(inputBytes / BLOCK_BYTES) + BLOCKS_BEHIND) * MASK_BYTES;
    const has = this.#exports.memory.buffer.byteLength;
    if (needed <= has) return;
    this.#exports.memory.grow(Math.ceil(Math.max(needed - has, has / 2) / PAGE_BYTES));
    [this.bytes, this.table, this.numbers] = this.#views();
  }

  /** Finds lines and makes masks of them; not of all of them, where it is stopped or there are very many. */
  classify(from: number, to: number): ClassifiedLines {
    const { classify, lineCount, isAscii, isStopped } = this.#exports;
    const next = classify(from, to, this.#masksAt);
    return { next, lines: lineCount.value, isAscii: isAscii.value !== 0, isStopped: isStopped.value !== 0 };
  }

  /** The address of a line that has been classified, or behind the last one. */
  lineAt(index: number): number {
    return this.#exports.lineAt(index);
  }

  /** Reads lines that have been classified; not all of them, where the results fill their room. */
  project(line: number, endLine: number): Projection {
    const { project, rowCount, ignored, deleted } = this.#exports;
    const nextLine = project(line, endLine);
    return { nextLine, rows: rowCount(), ignored: ignored.value, deleted: deleted.value };
  }

  /** Begins a DEFLATE stream. */
  startInflate(): void {
    this.#exports.startInflate();
  }

  /** Decompresses what lies from `from` to `to`, or as much as there is room for; see kernel/inflate.ts. */
  inflate(from: number, to: number, isWhole: boolean, out: number, outEnd: number, windowFrom: number): Inflated {
    const { inflate, inflateIn, inflateOut } = this.#exports;
    const result = inflate(from, to, isWhole, out, outEnd, windowFrom);
    return { result, inAt: inflateIn.value, outAt: inflateOut.value };
  }

  get isLarge(): boolean {
    return this.bytes.length > MAX_KEPT_BYTES;
  }

  #views(): [Buffer, Int32Array, Float64Array] {
    const { memory, rowsAt } = this.#exports;
    const { buffer } = memory;
    return [Buffer.from(buffer), new Int32Array(buffer, rowsAt.value), new Float64Array(buffer, rowsAt.value)];
  }
}

let module: WebAssembly.Module | undefined;
const compiled = (): WebAssembly.Module => {
  module ??= new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));
  return module;
};

const idle: Kernel[] = [];

/** Lends a kernel with a program for as long as `use` runs: one a thread, as long as files are read one after the other. */
export async function withKernel<T>(program: Program, use: (kernel: Kernel) => Promise<T>): Promise<T> {
  const kernel = idle.pop() ?? new Kernel();
  kernel.load(program);
  const result = await use(kernel);
  // One whose rows were not all read is given up: it would speak of texts as known that nobody has seen.
  if (!kernel.isLarge) idle.push(kernel);
  return result;
}
