import { type DateText, dayOfMillis, formatDay } from '../../domain/utc-day.ts';
import { messageOf, PipelineFault } from '../faults.ts';
import type { StartedExport, StepLog, TableExporter } from '../ports.ts';
import { type OrderTarget, type WindowOrder, withToken } from './export-orders.ts';
import { exportFailed } from './failed-exports.ts';
import type { LostDay } from './recovery-advice.ts';

/** An export that was asked for. */
export interface StartedWindow {
  /** The days that it is to speak for, both inclusive. */
  readonly window: { readonly from: DateText; readonly to: DateText };
  readonly exportArn: string;
  readonly keyPrefix: string;
  /** Whether it had been asked for before. */
  readonly alreadyStarted: boolean;
}

export interface StartContext extends OrderTarget {
  readonly now: Date;
  readonly log: StepLog;
}

export interface Orders {
  /** `isMissing`: whether its days have no exact numbers, so that it is a fault where the export has failed. */
  readonly orders: readonly (WindowOrder & { readonly isMissing: boolean })[];
  /**
   * Whether an export that was asked for on the same day before and has ended, well or not, is asked for anew: by a
   * person it is; the repetition of an invocation starts nothing twice.
   */
  readonly anew: boolean;
  /** Days that cannot be asked for, to be named where something fails. */
  readonly lost: readonly LostDay[];
}

/**
 * Asks for one export after the other; one that fails does not keep the others from being started.
 * @throws ExportsNotStarted where some could not be started; it also names those that were
 */
export async function startExports(
  { orders, anew, lost }: Orders,
  exporter: TableExporter,
  context: StartContext,
): Promise<StartedWindow[]> {
  const started: StartedWindow[] = [];
  const failed: FailedWindow[] = [];
  for (const { window, order, isMissing } of orders) {
    try {
      const { exportArn, alreadyStarted, failure } = await startExport(order, anew, exporter, context);
      if (failure !== undefined && isMissing) throw exportFailed(exportArn, failure, context);
      const export_ = { window, exportArn, keyPrefix: order.keyPrefix, alreadyStarted };
      started.push(export_);
      context.log.step('export requested', { ...export_ });
    } catch (cause) {
      failed.push({ window, cause });
    }
  }
  if (failed.length > 0) throw new ExportsNotStarted(failed, started, lost);
  return started;
}

/** A person who asks for the same so often in a day is a program that has gone wrong, and each export costs. */
const MOST_ENDED_IN_A_DAY = 20;

async function startExport(
  order: WindowOrder['order'],
  anew: boolean,
  exporter: TableExporter,
  context: StartContext,
): Promise<StartedExport> {
  const night = formatDay(dayOfMillis(context.now.getTime()));
  for (let ended = 0; ; ended++) {
    const started = await exporter.startExport(withToken(order, context, { night, ended }));
    const hasEnded = started.alreadyStarted && started.status !== 'IN_PROGRESS';
    if (!anew || !hasEnded || ended >= MOST_ENDED_IN_A_DAY) return started;
  }
}

export interface FailedWindow {
  readonly window: StartedWindow['window'];
  readonly cause: unknown;
}

/** Some exports could not be started. Those that were are on their way; the next night asks for the others again. */
export class ExportsNotStarted extends PipelineFault {
  override readonly name = 'ExportsNotStarted';

  constructor(
    readonly failed: readonly FailedWindow[],
    readonly started: readonly StartedWindow[],
    readonly lost: readonly LostDay[],
  ) {
    const reasons = failed.map(({ window, cause }) => `${nameOf(window)}: ${messageOf(cause)}`);
    super({
      what: `${failed.length} of ${failed.length + started.length} exports could not be started`,
      found: reasons.join(' | '),
      remedy: `started: ${started.map(({ window }) => nameOf(window)).join(', ') || 'none'}; lost: ${lost.map(({ date }) => date).join(', ') || 'none'}`,
      cause: failed[0]?.cause,
    });
  }
}

const nameOf = ({ from, to }: StartedWindow['window']): string => (from === to ? from : `${from} to ${to}`);
