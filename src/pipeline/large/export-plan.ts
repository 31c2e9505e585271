/*
 * Where an export is counted, and in how many pieces: decided before anything of it is read, from what its manifests
 * say. Those do not say how many bytes the data files hold (only S3 knows, one request a file), so bytes are estimated
 * from above: an export that could have been counted in one function costs a cent more as a large one, the other way
 * round it fails. `npm run bench:scale` measures all of the numbers below
 * but the memory of one function, which was measured apart; docs/decisions/0009 says on what machine.
 */

const MEBIBYTE = 1 << 20;

/** The memory with which one vCPU comes; with less comes less. https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const MEMORY_MB_OF_ONE_CORE = 1769;

/*
 * What one core does in a second: it decompresses and scans bytes, and then counts items. Small items cost by their
 * number, large ones by their bytes. Lambda's cores are slower than those of the benchmark and wait for the network, so
 * the plan reckons with half of what was measured.
 */
const RAW_BYTES_PER_CORE_SECOND = 150e6;
const ITEMS_PER_CORE_SECOND = 80_000;

/** A function's memory before it has counted anything: Node.js, the SDK, the reader's buffers. */
export const BASE_MB = 130;

/**
 * What counting takes of memory for each item, if every one is of another user (ids of 36 characters): an item is one
 * activity of one user at most, so items bound users from above. Measured: 305 at 800,000 items, garbage of the heap
 * included.
 */
export const TALLY_BYTES_PER_ITEM = 340;

/**
 * The same for merging a shard and writing it: there is less garbage to an item, for its users come as lists.
 * Measured: 185 at 6.25 million items.
 */
export const MERGE_BYTES_PER_ITEM = 240;

/**
 * Items as JSON are longer than what DynamoDB bills for them: type names, quotes, numbers as text, base64. An
 * incremental export has them twice, as new and old image, but is billed for both.
 */
const RAW_BYTES_PER_BILLED_BYTE = 2;

/** No line of a data file is shorter on average: keys, metadata and the four attributes that count. */
const LEAST_BYTES_PER_ITEM = 400;

/** Of a function's time, how much a plan may fill: the rest is for publishing, a cold start and a bad day. */
const TIME_SHARE = 0.5;

/** How long a child works at one batch of files: long against its start of a second, short against its 15 minutes. */
const BATCH_SECONDS = 60;

/** A batch of the manifest's lines, some 300 bytes each, must stay far below the 256 KiB that a state may be given. */
const MAX_FILES_PER_BATCH = 200;

/** A Map Run keeps every child's result until its end: 2 bytes each here, 256 KiB together. */
const MAX_BATCHES = 10_000;

/** What the manifests say of an export before any of it is read. */
export interface ExportSize {
  readonly files: number;
  readonly items: number;
  readonly billedSizeBytes: number;
}

/** A function's share of the machine. */
export interface FunctionSize {
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
}

export type ExportPlan =
  | { readonly mode: 'inline' }
  | {
      readonly mode: 'distributed';
      readonly filesPerBatch: number;
      /** Into how many shards users are split, each merged by a function of its own. */
      readonly shards: number;
    };

/** How many bytes the data files hold at most, decompressed. */
const rawBytesOf = ({ items, billedSizeBytes }: ExportSize): number =>
  Math.max(billedSizeBytes * RAW_BYTES_PER_BILLED_BYTE, items * LEAST_BYTES_PER_ITEM);

/** How long a function counts at an export: with its share of a core, and one core at most, for it has one thread. */
export function secondsToCount(size: ExportSize, { memoryMb }: FunctionSize): number {
  const coreSeconds = rawBytesOf(size) / RAW_BYTES_PER_CORE_SECOND + size.items / ITEMS_PER_CORE_SECOND;
  return coreSeconds / Math.min(1, memoryMb / MEMORY_MB_OF_ONE_CORE);
}

/** How many items a function has memory for. */
const itemsInMemory = ({ memoryMb }: FunctionSize, bytesPerItem: number): number =>
  Math.max(1, Math.floor(((memoryMb - BASE_MB) * MEBIBYTE) / bytesPerItem));

/**
 * @param inline the function that would count all of it
 * @param child the function that would count a batch of files, or merge a shard
 */
export function planExport(size: ExportSize, inline: FunctionSize, child: FunctionSize): ExportPlan {
  if (fitsInline(size, inline)) return { mode: 'inline' };
  const secondsPerFile = secondsToCount(size, child) / size.files;
  const byTime = Math.floor(Math.min(BATCH_SECONDS, child.timeoutSeconds * TIME_SHARE) / secondsPerFile);
  const byNumber = Math.ceil(size.files / MAX_BATCHES);
  return {
    mode: 'distributed',
    filesPerBatch: Math.min(MAX_FILES_PER_BATCH, Math.max(1, byTime, byNumber)),
    shards: Math.max(1, Math.ceil(size.items / itemsInMemory(child, MERGE_BYTES_PER_ITEM))),
  };
}

const fitsInline = (size: ExportSize, inline: FunctionSize): boolean =>
  size.files === 0 ||
  (secondsToCount(size, inline) <= inline.timeoutSeconds * TIME_SHARE &&
    size.items <= itemsInMemory(inline, TALLY_BYTES_PER_ITEM));
