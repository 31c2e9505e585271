import { type LargeExportInput, PARTIALS_PREFIX } from '../../schemas/large-export.ts';
import { type OpenedExport, openExport } from '../count/count-export.ts';
import type { ExportFiles, LargeExportStarter, StartedExecution } from '../ports.ts';
import { type ExportPlan, type FunctionSize, planExport } from './export-plan.ts';

export interface LargeExportPorts {
  readonly files: ExportFiles;
  readonly starter: LargeExportStarter;
}

/** What may decide how an export is counted, beside its own size. */
export interface LargeExportRequest {
  readonly manifestKey: string;
  /** Names what asked for the aggregation: the same in every copy of one event, another in a new one. */
  readonly trigger: string;
  readonly force: boolean;
  /** The function that asks, and would count the export itself. */
  readonly inline: FunctionSize;
  /** Of how many days the function that asks may write the numbers itself: it has less than an hour, retries included. */
  readonly maxDays: number;
  /** Those that would count it in pieces. */
  readonly child: FunctionSize;
}

/** What was started in the place of counting the export here. */
export interface StartedLargeExport extends StartedExecution {
  readonly exportId: string;
  readonly plan: ExportPlan;
}

/**
 * Starts the aggregation of an export elsewhere where it is too large to be counted here.
 * @returns undefined where it is not
 */
export async function startIfLarge(
  { files, starter }: LargeExportPorts,
  request: LargeExportRequest,
): Promise<StartedLargeExport | undefined> {
  const opened = await openExport(files, request.manifestKey);
  const { itemCount: items, billedSizeBytes, origin, window } = opened.summary;
  const days = window.from === null ? Number.POSITIVE_INFINITY : window.to - window.from + 1;
  const inline = days > request.maxDays ? NO_TIME : request.inline;
  const plan = planExport({ files: opened.dataFiles.length, items, billedSizeBytes }, inline, request.child);
  if (plan.mode === 'inline') return undefined;
  const name = executionName(origin.exportId, request.trigger);
  const started = await starter.start(name, toInput(files.bucket, opened, request, plan, name));
  return { exportId: origin.exportId, plan, ...started };
}

const NO_TIME: FunctionSize = { memoryMb: 128, timeoutSeconds: 0 };

/**
 * The export's id and what asked for it. The id alone would also keep a duplicate of an event from starting a second
 * execution, but then a manifest that is dropped again would start none either, for 90 days.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
const executionName = (exportId: string, trigger: string): string => `${exportId}-${trigger}`.slice(0, 80);

function toInput(
  bucket: string,
  { manifestFilesKey }: OpenedExport,
  { manifestKey, force }: LargeExportRequest,
  { filesPerBatch, shards }: Extract<ExportPlan, { mode: 'distributed' }>,
  name: string,
): LargeExportInput {
  return {
    bucket,
    manifestFilesKey,
    filesPerBatch,
    shardNumbers: Array.from({ length: shards }, (_, shard) => shard),
    force,
    aggregation: { bucket, manifestKey, partialsPrefix: `${PARTIALS_PREFIX}${name}/`, shards },
  };
}
