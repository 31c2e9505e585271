import { daysBetween, formatDay, parseDay, type UtcDay } from '../../domain/utc-day.ts';
import type { AnalyticsStore, StepLog } from '../ports.ts';

/** What the ledger says of the days to which a nightly run looks back. */
export interface Nights {
  /** Days to ask exports for: those without exact numbers, and yesterday in any case; the oldest first. */
  readonly wanted: readonly UtcDay[];
  /** Days that have numbers of some quality: that no better ones can be had is no loss to be mended. */
  readonly known: ReadonlySet<UtcDay | undefined>;
  /** Days that have exact numbers: that an export of theirs has failed does no harm any more. */
  readonly exact: ReadonlySet<UtcDay | undefined>;
  /** How many days before yesterday have no exact numbers. Of yesterday there are none yet, on a night like any other. */
  readonly notExact: number;
}

/** @param catchUpDays how many past days it looks back, yesterday included */
export async function readNights(
  store: Pick<AnalyticsStore, 'readLedger'>,
  today: UtcDay,
  { catchUpDays, log }: { readonly catchUpDays: number; readonly log: StepLog },
): Promise<Nights> {
  const yesterday = today - 1;
  const days = daysBetween(today - catchUpDays, yesterday);
  const entries = await store.readLedger(days.map(formatDay), { consistent: true });
  const exact = new Set(entries.filter(({ quality }) => quality === 'exact').map(({ date }) => parseDay(date)));
  const unfinished = days.filter((day) => !exact.has(day));
  log.step('ledger read', { days: days.length, unfinished: unfinished.map(formatDay) });
  return {
    wanted: exact.has(yesterday) ? [...unfinished, yesterday] : unfinished,
    known: new Set(entries.map(({ date }) => parseDay(date))),
    exact,
    notExact: unfinished.filter((day) => day < yesterday).length,
  };
}
