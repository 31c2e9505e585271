import { kernelBase64 } from './kernel.generated.ts';

/** What the kernel exports: see kernel/index.ts, where each has its meaning. Addresses are offsets in the memory. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly scan: (at: number, end: number) => number;
  readonly rows: WebAssembly.Global;
  readonly textBytes: WebAssembly.Global;
  readonly ignored: WebAssembly.Global;
  readonly deleted: WebAssembly.Global;
  readonly lines: WebAssembly.Global;
  readonly inflate: (from: number, to: number, isWhole: boolean, out: number, outEnd: number, window: number) => number;
  readonly inflateIn: WebAssembly.Global;
  readonly inflateOut: WebAssembly.Global;
  readonly startInflate: () => void;
  readonly gzippedAt: WebAssembly.Global;
  readonly maxGzipped: WebAssembly.Global;
  readonly inputAt: WebAssembly.Global;
  readonly rowsAt: WebAssembly.Global;
  readonly textAt: WebAssembly.Global;
}

/** What a scan has found. */
export interface Scan {
  /** The address behind the last line read. */
  readonly next: number;
  readonly rows: number;
  readonly textBytes: number;
  readonly ignored: number;
  readonly deleted: number;
  readonly lines: number;
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

/** Columns of a row, see kernel/index.ts. Behind `APP` and `USER`, which are places, stand lengths. `FROM` and `TO` are those of a row of kind OTHER. */
export const ROW = { KIND: 0, LINE: 1, APP: 2, USER: 4, TIME: 6, FROM: 2, TO: 3, COLUMNS: 7 } as const;
export const KIND = {
  OTHER: 0,
  SESSION: 1,
  PARTY: 2,
  MEMBER: 3,
  TYPES: 7,
  IS_NUMBER: 8,
  IS_WIDE: 16,
  IS_APP_KNOWN: 32,
  IS_USER_KNOWN: 64,
} as const;

/** The place of a text that is not kept among the known ones. */
export const NOWHERE = -1;

const PAGE_BYTES = 0x10000;
/** The kernel loads blocks of 64 bytes from any address below the end of its input. */
const READABLE_BEHIND_INPUT = 128;
/** An instance that a long line has made larger than this is not kept. */
const MAX_KEPT_BYTES = 0x1000000;

/** An instance of the WebAssembly module and its memory. Used by one reader at a time. */
export class Kernel {
  readonly #exports: KernelExports;
  readonly gzippedAt: number;
  readonly maxGzipped: number;
  readonly inputAt: number;
  readonly textAt: number;
  /** The strings of the texts that the kernel knows, by their place; see kernel/known.ts. */
  readonly knownTexts: string[] = [];
  /** The whole memory. These two are replaced when it grows: never keep them over a {@link reserve}. */
  bytes: Buffer;
  table: Int32Array;

  constructor() {
    this.#exports = new WebAssembly.Instance(compiled()).exports as unknown as KernelExports;
    this.gzippedAt = this.#exports.gzippedAt.value;
    this.maxGzipped = this.#exports.maxGzipped.value;
    this.inputAt = this.#exports.inputAt.value;
    this.textAt = this.#exports.textAt.value;
    [this.bytes, this.table] = this.#views();
  }

  /** Makes room for an input of so many bytes, doubling so that a long line is not copied again and again. */
  reserve(inputBytes: number): void {
    const needed = this.inputAt + inputBytes + READABLE_BEHIND_INPUT;
    const has = this.#exports.memory.buffer.byteLength;
    if (needed <= has) return;
    this.#exports.memory.grow(Math.ceil(Math.max(needed - has, has / 2) / PAGE_BYTES));
    [this.bytes, this.table] = this.#views();
  }

  /** Reads whole lines; not all of them, where the results fill their room. */
  scan(from: number, to: number): Scan {
    const { scan, rows, textBytes, ignored, deleted, lines } = this.#exports;
    const next = scan(from, to);
    return {
      next,
      rows: rows.value,
      textBytes: textBytes.value,
      ignored: ignored.value,
      deleted: deleted.value,
      lines: lines.value,
    };
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

  #views(): [Buffer, Int32Array] {
    const { buffer } = this.#exports.memory;
    return [Buffer.from(buffer), new Int32Array(buffer, this.#exports.rowsAt.value)];
  }
}

let module: WebAssembly.Module | undefined;
const compiled = (): WebAssembly.Module => {
  module ??= new WebAssembly.Module(Buffer.from(kernelBase64, 'base64'));
  return module;
};

const idle: Kernel[] = [];

/** Lends a kernel for as long as `use` runs: one a thread, as long as files are read one after the other. */
export async function withKernel<T>(use: (kernel: Kernel) => Promise<T>): Promise<T> {
  const kernel = idle.pop() ?? new Kernel();
  const result = await use(kernel);
  // One whose rows were not all read is given up: it would speak of texts as known that nobody has seen.
  if (!kernel.isLarge) idle.push(kernel);
  return result;
}
