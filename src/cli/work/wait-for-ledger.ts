import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import type { DateText } from '../../domain/utc-day.ts';
import { plural } from '../../report/format.ts';
import type { DaySpan } from '../../report/widget.ts';
import { NotWell } from '../failures.ts';
import type { LedgerSource } from '../ledger-source.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface WaitOptions {
  readonly timeoutMinutes: number;
  readonly pollSeconds: number;
}

/** What is waited for: days of a span, and how one sees that a day is done. */
export interface Awaited {
  readonly span: DaySpan;
  readonly dates: readonly DateText[];
  isDone(entry: LedgerEntry): boolean;
  /** Throws where there is nothing to wait for any more. */
  check(): Promise<void>;
}

/**
 * Looks into the ledger until all days are done.
 * @returns the entries of the span
 * @throws NotWell where that takes too long
 */
export async function waitForLedger(
  ledger: LedgerSource,
  awaited: Awaited,
  { timeoutMinutes, pollSeconds }: WaitOptions,
  terminal: Terminal,
): Promise<LedgerEntry[]> {
  const end = Date.now() + timeoutMinutes * 60_000;
  const bar = terminal.progress('waiting', Math.max(1, awaited.dates.length));
  try {
    for (;;) {
      const entries = await ledger.read(awaited.span);
      const done = new Set(entries.filter((entry) => awaited.isDone(entry)).map(({ date }) => date));
      const open = awaited.dates.filter((date) => !done.has(date));
      bar.update(awaited.dates.length - open.length);
      if (open.length === 0) return entries;
      await awaited.check();
      if (Date.now() >= end) throw tooLong(open, timeoutMinutes);
      await sleep(Math.min(pollSeconds * 1000, end - Date.now()));
    }
  } finally {
    bar.stop();
  }
}

const tooLong = (open: readonly DateText[], minutes: number): NotWell =>
  new NotWell(
    `${plural(open.length, 'day')} not finished after ${plural(minutes, 'minute')} (${open[0]}${open.length > 1 ? ' …' : ''}); the work goes on by itself, look with:\n  daytally status`,
  );
