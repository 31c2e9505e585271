import { type AggregatedExport, type AggregationPorts, aggregateExport } from '../pipeline/aggregate-export.ts';
import { findNewestManifest } from '../pipeline/count/find-manifest.ts';
import { requireOwnExport } from '../pipeline/count/own-export.ts';
import type { StartedLargeExport } from '../pipeline/large/start-large-export.ts';
import type { ExportFiles } from '../pipeline/ports.ts';
import type { RunContext } from '../pipeline/run-context.ts';
import { type AggregationTrigger, aggregationTrigger } from '../schemas/object-created-event.ts';
import { parseInput } from '../schemas/parse-input.ts';

/** What an aggregation that is triggered needs of the place where it runs: AWS, or this machine. */
export interface TriggerContext {
  /** The ARN of the table whose numbers are kept. */
  readonly tableArn: string;
  portsFor(bucket: string): AggregationPorts;
  /** Has an export that is too large for one function counted in pieces; undefined where it is not, or nobody could. */
  startElsewhere(
    files: ExportFiles,
    manifestKey: string,
    trigger: AggregationTrigger,
  ): Promise<StartedLargeExport | undefined>;
  readonly run: Omit<RunContext, 'force'>;
}

/**
 * Counts the export that an event or a person points at, and publishes its numbers.
 * @param event see schemas/object-created-event.ts
 * @throws InvalidInput where it is none of these, and all that aggregateExport throws
 */
export async function handleTrigger(
  event: unknown,
  { tableArn, portsFor, startElsewhere, run }: TriggerContext,
): Promise<AggregatedExport | StartedLargeExport> {
  const trigger = parseInput(aggregationTrigger, event, 'the event');
  const ports = portsFor(trigger.bucket);
  const manifestKey = 'key' in trigger ? trigger.key : await findNewestManifest(ports.files, trigger.prefix);
  run.log.step('manifest found', { bucket: trigger.bucket, key: manifestKey });
  if (!isForced(trigger)) await requireOwnExport(ports.files, manifestKey, tableArn);
  const started = await startElsewhere(ports.files, manifestKey, trigger);
  return started ?? (await aggregateExport(ports, manifestKey, { ...run, force: isForced(trigger) }));
}

export const isForced = (trigger: AggregationTrigger): boolean => ('force' in trigger && trigger.force) || false;
