import { Worker } from 'node:worker_threads';
import pMap from 'p-map';
import { rulesFor } from '../../domain/counting-rules.ts';
import type { Definition } from '../../domain/definition.ts';
import { intersect } from '../../domain/export-window.ts';
import { ExportCounts } from '../../domain/record-counts.ts';
import { countDataFile } from '../../pipeline/count/count-data-file.ts';
import { type CountedExport, type CountOptions, openExport, verifyTotal } from '../../pipeline/count/count-export.ts';
import { ExportFault } from '../../pipeline/faults.ts';
import type { DataFileDigest, ExportFiles } from '../../pipeline/ports.ts';
import type { DataFile } from '../../schemas/export-manifest.ts';
import { simdReader } from '../dynamodb-json/simd-reader.ts';
import { type DirectoryExport, openDirectoryExport } from '../local/directory-export.ts';
import type { ExportLocation, FromThread, ThreadTask, ToThread } from './messages.ts';

/** Below this many gzipped bytes, starting threads gains little or nothing: about 500 MB when decompressed. */
const THREADS_PAY_ABOVE_BYTES = 80_000_000;

/**
 * Whether an export is so large that it is counted faster in threads. By its files: what a manifest
 * says of its size is what was billed, and reading costs by what is there.
 * @throws MissingObject, InvalidInput, ExportFault
 */
export async function threadsPay({ files, manifestKey }: DirectoryExport): Promise<boolean> {
  const { dataFiles } = await openExport(files, manifestKey);
  const sizes = await pMap(dataFiles, ({ dataFileS3Key }) => files.size(dataFileS3Key), { concurrency: 16 });
  return sizes.reduce((sum, size) => sum + size, 0) > THREADS_PAY_ABOVE_BYTES;
}

export interface ThreadOptions extends CountOptions {
  /** What is counted. */
  readonly definition: Definition;
  /** This one included. */
  readonly threads: number;
  /** @default the module beside this one; a bundle that puts it elsewhere has to say where */
  readonly workerUrl?: URL;
}

interface Progress {
  readonly waiting: DataFile[];
  readonly files: number;
  filesRead: number;
  records: number;
  bytesRead: number;
  slowPathRecords: number;
}

/**
 * Counts an export as `countExport` does, its data files shared out over threads, this one among them. Each has its
 * own kernel and adds up for itself, so that what passes between threads is users with their counts, not records.
 * @throws MissingObject, InvalidInput, ExportFault
 */
export async function countInThreads(
  location: ExportLocation,
  manifestKey: string,
  options: ThreadOptions,
): Promise<CountedExport> {
  const { files } = await openDirectoryExport(location.directory);
  const { summary, manifest, dataFiles } = await openExport(files, manifestKey);
  const rules = rulesFor(options.definition, summary.scope);
  const counts = new ExportCounts(rules, intersect(summary.window, options));
  const task: ThreadTask = { location, manifestKey, rules, window: counts.window };
  const progress = { waiting: [...dataFiles], files: dataFiles.length, ...nothingRead };
  const onFile = () => options.onFile?.({ ...progress, items: summary.itemCount });
  const others = Math.min(options.threads, dataFiles.length) - 1;
  const threads = Array.from({ length: others }, () => newThread(task, options));
  try {
    // Their first files are theirs from the start: by the time they ask, this thread may have counted all of a small export.
    const there = threads.map((thread) => feed(thread, progress.waiting.shift(), counts, progress, onFile));
    await Promise.all([countHere(files, manifestKey, counts, progress, onFile), ...there]);
  } finally {
    // After a fault this thread shall not go on with the others' files.
    progress.waiting.length = 0;
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
  verifyTotal(manifest, summary, counts.records.read);
  return { summary, manifest, counts, bytesRead: progress.bytesRead, slowPathRecords: progress.slowPathRecords };
}

const nothingRead = { filesRead: 0, records: 0, bytesRead: 0, slowPathRecords: 0 };

/** What a thread makes is soon garbage: in a small space it stays in the cache, and takes no memory for itself. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

function newThread(workerData: ThreadTask, { workerUrl }: ThreadOptions): Worker {
  const options = { workerData, resourceLimits };
  if (workerUrl !== undefined) return new Worker(workerUrl, options);
  // scripts/build.ts puts the thread's module beside all others.
  if (import.meta.url.endsWith('.js')) return new Worker(new URL('./count-thread.js', import.meta.url), options);
  // A thread inherits no loader: run from source, it has to register the one of TypeScript first.
  const loader = import.meta.resolve('tsx/esm/api');
  const source = new URL('./count-thread.ts', import.meta.url).href;
  return new Worker(`import('${loader}').then(({ register }) => { register(); return import('${source}'); })`, {
    eval: true,
    ...options,
  });
}

/** This thread counts too: it need not be started, and would else take memory for waiting. */
async function countHere(
  files: ExportFiles,
  manifestKey: string,
  counts: ExportCounts,
  progress: Progress,
  onFile: () => void,
): Promise<void> {
  for (let file = progress.waiting.shift(); file !== undefined; file = progress.waiting.shift()) {
    addDigest(progress, await countDataFile({ files, reader: simdReader }, file, manifestKey, counts));
    onFile();
  }
}

function addDigest(progress: Progress, digest: DataFileDigest): void {
  progress.filesRead++;
  progress.records += digest.records;
  progress.bytesRead += digest.compressedBytes;
  progress.slowPathRecords += digest.slowPathRecords;
}

/** Gives a thread files for as long as there are any, and then adds what it has counted. */
const feed = (
  thread: Worker,
  first: DataFile | undefined,
  counts: ExportCounts,
  progress: Progress,
  onFile: () => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    thread.on('error', reject);
    thread.on('exit', () => reject(new Error('a thread has ended before it told what it had counted')));
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'fault') reject(new ExportFault(message.report));
      else if (message.kind === 'counted') {
        counts.merge(message.counts);
        resolve();
      } else if (message.digest === undefined) give(thread, first);
      else {
        addDigest(progress, message.digest);
        onFile();
        give(thread, progress.waiting.shift());
      }
    });
  });

function give(thread: Worker, file: DataFile | undefined): void {
  const next: ToThread = file === undefined ? { end: true } : { file };
  thread.postMessage(next);
}
