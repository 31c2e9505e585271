import { planDays } from '../../domain/export-window.ts';
import { dayOfMillis, daysBetween, type UtcDay } from '../../domain/utc-day.ts';
import type { ExportRequest } from '../../schemas/export-request.ts';
import { messageOf } from '../faults.ts';
import type { AnalyticsStore, OperationsPublisher, TableExporter } from '../ports.ts';
import { backfillOrder, incrementalOrder } from './export-orders.ts';
import { type FailedExport, failedExports, LOOK_BACK_MILLIS } from './failed-exports.ts';
import { type Nights, readNights } from './nights.ts';
import { type LostDay, lostDay } from './recovery-advice.ts';
import { type StartContext, type StartedWindow, startExports } from './start-exports.ts';

export interface RequestPorts {
  readonly exporter: TableExporter;
  readonly store: Pick<AnalyticsStore, 'readLedger'>;
  readonly operations: OperationsPublisher;
}

/** Which table is exported where, and in which invocation. */
export interface RequestContext extends StartContext {
  /** How many past days the nightly run looks back for missed ones, yesterday included: 1 to 35. */
  readonly catchUpDays: number;
  /** Names the invocation: asked again under the same name, a backfill is not started a second time. */
  readonly requestId: string;
}

export interface RequestedExports {
  readonly mode: ExportRequest['mode'];
  readonly started: readonly StartedWindow[];
  /** Days of which no exact export exists any more. */
  readonly lost: readonly LostDay[];
  /** What was asked for on the nights before and has failed since; only the nightly run looks. */
  readonly failed: readonly FailedExport[];
}

/**
 * Asks DynamoDB for the exports that a request stands for.
 * @throws ExportsNotStarted where some could not be started; it also names those that were
 */
export async function requestExports(
  request: ExportRequest,
  ports: RequestPorts,
  context: RequestContext,
): Promise<RequestedExports> {
  const { mode } = request;
  const today = dayOfMillis(context.now.getTime());
  switch (mode) {
    case 'incremental':
      return { mode, ...(await nightlyRun(ports, today, context)) };
    case 'replay': {
      const none: ReadonlySet<UtcDay> = new Set();
      const days = { wanted: daysBetween(request.from, request.to), known: none, exact: none };
      return { mode, ...(await requestDays(days, { anew: true }, ports.exporter, context)), failed: [] };
    }
    case 'backfill': {
      const order = backfillOrder(request.backfillStartDate, today - 1, context.requestId, context);
      const orders = [{ ...order, isMissing: true }];
      const started = await startExports({ orders, anew: false, lost: [] }, ports.exporter, context);
      return { mode, started, lost: [], failed: [] };
    }
  }
}

type Asked = Pick<RequestedExports, 'started' | 'lost'>;

/** Asks for what is missing, tells how much that is, and looks back: each is done whatever becomes of the others. */
async function nightlyRun(
  ports: RequestPorts,
  today: UtcDay,
  context: RequestContext,
): Promise<Asked & Pick<RequestedExports, 'failed'>> {
  const nights = await readNights(ports.store, today, context);
  const [asked, failed] = await allOf(
    requestDays(nights, { anew: false }, ports.exporter, context),
    lookBack(ports, context),
    ports.operations.tell({ daysNotExact: nights.notExact }),
  );
  return { ...asked, failed };
}

/** Waits for all of them, and then throws what any of them has thrown. */
async function allOf<T extends readonly unknown[]>(...work: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const reasons = (await Promise.allSettled(work)).flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  if (reasons.length > 1) throw new AggregateError(reasons, reasons.map(messageOf).join(' | '));
  return (await Promise.all(work)) as unknown as T;
}

async function requestDays(
  { wanted, known, exact }: Pick<Nights, 'wanted' | 'known' | 'exact'>,
  { anew }: { readonly anew: boolean },
  exporter: TableExporter,
  context: RequestContext,
): Promise<Asked> {
  const recovery = await exporter.recovery();
  const plan = planDays(wanted, recovery.earliest);
  const lost = plan.lost
    .filter((day) => !known.has(day))
    .map((day) => lostDay(day, recovery, context.tableArn, context.now.getTime()));
  if (lost.length > 0) context.log.step('days lost', { lost });
  const orders = plan.days.map((day) => ({ ...incrementalOrder(day, context), isMissing: !exact.has(day) }));
  return { started: await startExports({ orders, anew, lost }, exporter, context), lost };
}

/** A bucket or key that may not be used fails an export minutes after it was accepted, without any event. */
async function lookBack({ exporter, operations }: RequestPorts, context: RequestContext): Promise<FailedExport[]> {
  const past = await exporter.exportsSince(context.now.getTime() - LOOK_BACK_MILLIS);
  const failed = failedExports(past, context);
  for (const one of failed) context.log.step('export has failed', { ...one });
  await operations.tell({ exportsFailed: failed.length });
  return failed;
}
