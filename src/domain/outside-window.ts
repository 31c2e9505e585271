import type { DayWindow } from './export-window.ts';
import { MAX_RECOVERY_DAYS } from './recovery.ts';
import type { UtcDay } from './utc-day.ts';

/*
 * What an incremental export says of records outside its window: their items were written in the window, but what they
 * tell is of another day. Most were counted before. The others no export of their own day will ever hold.
 */

/** Records outside the window, told apart; their sum is `outsideWindow`. */
export interface OutsideCounts {
  /** The old image is the same activity of the same day: that day's own export has counted it. */
  readonly touched: number;
  /** Of a day after the window: a clock ran ahead, or that day's export will count it. */
  readonly early: number;
  /** Of a day before, and new: that day has been counted without it. By day, as far as recovery reaches back; older ones under {@link older}. */
  readonly late: ReadonlyMap<UtcDay, number>;
  readonly older: number;
}

/** How a record outside the window lies to it. */
export interface OutsideRecord {
  readonly day: UtcDay;
  /** See {@link OutsideCounts.touched}. */
  readonly isTouched: boolean;
}

/** Adds up records outside a window; a commutative monoid under {@link OutsideTally.merge}. */
export class OutsideTally implements OutsideCounts {
  touched = 0;
  early = 0;
  older = 0;
  readonly late = new Map<UtcDay, number>();
  readonly #window: DayWindow;

  constructor(window: DayWindow) {
    this.#window = window;
  }

  add({ day, isTouched }: OutsideRecord): void {
    const { from, to } = this.#window;
    if (isTouched) this.touched++;
    else if (day > to) this.early++;
    else if (from === null || from - day > MAX_RECOVERY_DAYS) this.older++;
    else this.late.set(day, (this.late.get(day) ?? 0) + 1);
  }

  merge({ touched, early, older, late }: OutsideCounts): void {
    this.touched += touched;
    this.early += early;
    this.older += older;
    for (const [day, records] of late) this.late.set(day, (this.late.get(day) ?? 0) + records);
  }
}

/** All that are {@link OutsideCounts.late}, whatever their day. */
export const lateRecords = ({ late, older }: OutsideCounts): number =>
  [...late.values()].reduce((sum, records) => sum + records, older);
