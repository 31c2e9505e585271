import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleOptions } from '../../scripts/bundle-options.ts';
import { planExport } from '../../src/pipeline/large/export-plan.ts';
import { LARGE_EXPORT_MEMORY_MB } from '../../src/schemas/large-export.ts';
import { generate, type ScaleData } from './generate.ts';

const run = promisify(execFile);

/** What one task took. */
interface TaskFigures {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

/** What a step took, over all its tasks. */
export interface StepFigures {
  readonly tasks: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

export interface Measurement {
  readonly data: ScaleData;
  readonly items: number;
  readonly gzBytes: number;
  readonly filesPerBatch: number;
  readonly shards: number;
  readonly map: StepFigures;
  readonly merge: StepFigures;
  readonly publish: StepFigures;
}

/** How long one core counts at data of this kind. */
export type Counting = Pick<Measurement, 'data' | 'items' | 'gzBytes' | 'map'>;

/** As {@link measure}, but of the first step alone. */
export async function measureCounting(directory: string, data: ScaleData): Promise<Counting> {
  try {
    const { items, gzBytes } = generate(directory, data);
    const task = await bundleTask(directory);
    const map = await runTasks(1, () => [task, 'map', directory, `${data.files}`, '1', '0']);
    return { data, items, gzBytes, map };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Generates an export and counts it task by task, as the state machine would; leaves nothing behind. */
export async function measure(directory: string, data: ScaleData): Promise<Measurement> {
  try {
    const { items, gzBytes } = generate(directory, data);
    const task = await bundleTask(directory);
    const child = { memoryMb: LARGE_EXPORT_MEMORY_MB, timeoutSeconds: 900 };
    const size = { files: data.files, items, billedSizeBytes: data.rawBytes };
    const plan = planExport(size, { memoryMb: 256, timeoutSeconds: 300 }, child);
    if (plan.mode === 'inline') throw new Error('the data is too small to be worth while');
    const { filesPerBatch, shards } = plan;
    const tasks = (step: string, count: number) =>
      runTasks(count, (number) => [task, step, directory, `${filesPerBatch}`, `${shards}`, `${number}`]);
    const map = await tasks('map', Math.ceil(data.files / filesPerBatch));
    const merge = await tasks('merge', shards);
    const publish = await tasks('publish', 1);
    return { data, items, gzBytes, filesPerBatch, shards, map, merge, publish };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Bundled as the functions are, so that no loader's memory is measured. */
async function bundleTask(directory: string): Promise<string> {
  const { banner, mainFields, ...options } = bundleOptions;
  const outfile = join(directory, 'task.mjs');
  await build({
    ...options,
    mainFields: [...mainFields],
    banner: { js: banner },
    entryPoints: [join(import.meta.dirname, 'task.ts')],
    bundle: true,
    platform: 'node',
    outfile,
  });
  return outfile;
}

/** One after the other: each has a core to itself. The heap is limited as Lambda limits it. */
async function runTasks(count: number, argumentsOf: (number: number) => string[]): Promise<StepFigures> {
  const total = { tasks: count, cpuSeconds: 0, peakMb: 0 };
  for (let number = 0; number < count; number++) {
    const limit = `--max-old-space-size=${LARGE_EXPORT_MEMORY_MB}`;
    const { stdout } = await run(process.execPath, [limit, ...argumentsOf(number)]);
    const figures = JSON.parse(stdout) as TaskFigures;
    total.cpuSeconds += figures.cpuSeconds;
    total.peakMb = Math.max(total.peakMb, figures.peakMb);
  }
  return total;
}
