import { MAX_RECOVERY_DAYS } from '../../domain/recovery.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { type DateText, dayOfMillis, formatDay } from '../../domain/utc-day.ts';
import type { LedgerReader } from './ledger-reader.ts';

/** What was read of a day: its entry, or that there is none. */
interface Reading {
  readonly at: number;
  readonly entry: LedgerEntry | undefined;
}

const MINUTE = 60_000;
/** What hardly changes: exact numbers, by a replay, and days of which no exact numbers can be had any more, by a backfill. */
const SETTLED_MILLIS = 60 * MINUTE;
/** What the next hours may bring: days that recovery covers and that have no exact numbers. */
const OPEN_MILLIS = 5 * MINUTE;

/**
 * The ledger as a function keeps it while it is warm. Dashboards refresh themselves by the minute, and the night needs the
 * one read unit of the table: what was read is read again only when it may have changed.
 */
export class WarmLedger {
  readonly #readings = new Map<DateText, Reading>();

  /** @param now epoch milliseconds */
  constructor(private readonly now: () => number = Date.now) {}

  /** The entries of these days, those that there are; may lag behind as the table's own reads do, and by as much as is kept. */
  async read(reader: Pick<LedgerReader, 'readLedger'>, dates: readonly DateText[]): Promise<LedgerEntry[]> {
    const unknown = dates.filter((date) => !this.#isFresh(date));
    const at = this.now();
    if (unknown.length > 0) {
      const found = await reader.readLedger(unknown, { consistent: false });
      const entries = new Map(found.map((entry) => [entry.date, entry]));
      for (const date of unknown) this.#readings.set(date, { at, entry: entries.get(date) });
    }
    return dates.flatMap((date) => this.#readings.get(date)?.entry ?? []);
  }

  #isFresh(date: DateText): boolean {
    const reading = this.#readings.get(date);
    if (reading === undefined) return false;
    const now = this.now();
    const isOld = date < formatDay(dayOfMillis(now) - MAX_RECOVERY_DAYS);
    const isSettled = isOld || reading.entry?.quality === 'exact';
    return now - reading.at < (isSettled ? SETTLED_MILLIS : OPEN_MILLIS);
  }
}
