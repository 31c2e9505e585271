import { planDays } from '../../domain/export-window.ts';
import { type DateText, dayOfMillis, daysBetween, formatDay, parseDay, type UtcDay } from '../../domain/utc-day.ts';
import type { ExportRequest } from '../../schemas/export-request.ts';
import { PipelineFault } from '../faults.ts';
import type { AnalyticsStore, StepLog, TableExporter } from '../ports.ts';
import { backfillOrder, incrementalOrder, type OrderTarget, type WindowOrder } from './export-orders.ts';

export interface RequestPorts {
  readonly exporter: TableExporter;
  readonly store: Pick<AnalyticsStore, 'readLedger'>;
}

/** Which table is exported where, and in which invocation. */
export interface RequestContext extends OrderTarget {
  /** How many past days the nightly run looks back for missed ones, yesterday included: 1 to 35. */
  readonly catchUpDays: number;
  /** Names the invocation: asked again under the same name, a backfill is not started a second time. */
  readonly requestId: string;
  readonly now: Date;
  readonly log: StepLog;
}

/** An export that was asked for. */
export interface StartedWindow {
  /** The days that it is to speak for, both inclusive. */
  readonly window: { readonly from: DateText; readonly to: DateText };
  /** Undefined where it had been asked for before and DynamoDB does not name it. */
  readonly exportArn: string | undefined;
  readonly keyPrefix: string;
  /** Whether it had been asked for before. */
  readonly alreadyStarted: boolean;
}

export interface LostDay {
  readonly date: DateText;
  readonly remedy: string;
}

export interface RequestedExports {
  readonly mode: ExportRequest['mode'];
  readonly started: readonly StartedWindow[];
  /** Days of which no exact export exists any more. */
  readonly lost: readonly LostDay[];
}

/**
 * Asks DynamoDB for the exports that a request stands for. Asking again within eight hours starts none twice.
 * @throws ExportsNotStarted where some could not be started; it also names those that were
 */
export async function requestExports(
  request: ExportRequest,
  ports: RequestPorts,
  context: RequestContext,
): Promise<RequestedExports> {
  const today = dayOfMillis(context.now.getTime());
  switch (request.mode) {
    case 'incremental':
      return await requestDays(request.mode, await nightlyDays(ports.store, today, context), ports.exporter, context);
    case 'replay':
      return await requestDays(
        request.mode,
        { wanted: daysBetween(request.from, request.to), known: new Set() },
        ports.exporter,
        context,
      );
    case 'backfill': {
      const order = backfillOrder(request.backfillStartDate, today - 1, context.requestId, context);
      return { mode: request.mode, started: await startAll([order], ports.exporter, context, []), lost: [] };
    }
  }
}

interface WantedDays {
  readonly wanted: readonly UtcDay[];
  /** Days that have numbers of some quality: that no better ones can be had is no loss to be mended. */
  readonly known: ReadonlySet<UtcDay | undefined>;
}

/** Yesterday, and the days before it that have no exact numbers yet; the oldest first. */
async function nightlyDays(
  store: RequestPorts['store'],
  today: UtcDay,
  { catchUpDays, log }: RequestContext,
): Promise<WantedDays> {
  const yesterday = today - 1;
  const days = daysBetween(today - catchUpDays, yesterday);
  const entries = await store.readLedger(days.map(formatDay), { consistent: true });
  const exact = new Set(entries.filter(({ quality }) => quality === 'exact').map(({ date }) => parseDay(date)));
  const unfinished = days.filter((day) => !exact.has(day));
  log.step('ledger read', { days: days.length, unfinished: unfinished.map(formatDay) });
  return {
    wanted: exact.has(yesterday) ? [...unfinished, yesterday] : unfinished,
    known: new Set(entries.map(({ date }) => parseDay(date))),
  };
}

async function requestDays(
  mode: 'incremental' | 'replay',
  { wanted, known }: WantedDays,
  exporter: TableExporter,
  context: RequestContext,
): Promise<RequestedExports> {
  const plan = planDays(wanted, await exporter.earliestRestorable());
  const lost = plan.lost
    .filter((day) => !known.has(day))
    .map((day) => ({ date: formatDay(day), remedy: remedyFor(day) }));
  if (lost.length > 0) context.log.step('days lost', { lost });
  const orders = plan.days.map((day) => incrementalOrder(day, context));
  return { mode, started: await startAll(orders, exporter, context, lost), lost };
}

const remedyFor = (day: UtcDay): string =>
  `point-in-time recovery no longer reaches back to this day; invoke with {"mode": "backfill", "backfillStartDate": "${formatDay(day)}"} for lower bounds`;

/** One after the other; one that fails does not keep the others from being started. */
async function startAll(
  orders: readonly WindowOrder[],
  exporter: TableExporter,
  { log }: RequestContext,
  lost: readonly LostDay[],
): Promise<StartedWindow[]> {
  const started: StartedWindow[] = [];
  const failed: FailedWindow[] = [];
  for (const { window, order } of orders) {
    try {
      const export_ = { window, ...(await exporter.startExport(order)), keyPrefix: order.keyPrefix };
      started.push(export_);
      log.step('export requested', { ...export_ });
    } catch (cause) {
      failed.push({ window, cause });
    }
  }
  if (failed.length > 0) throw new ExportsNotStarted(failed, started, lost);
  return started;
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
const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
