import type { Activity, NumberedActivity } from './activity.ts';
import type { CountingRules } from './counting-rules.ts';
import { contains, type DayWindow } from './export-window.ts';
import { lateRecords, type OutsideCounts, type OutsideRecord, OutsideTally } from './outside-window.ts';
import { Tally, type TallyParts } from './tally.ts';
import { compareText } from './text-order.ts';
import type { UtcDay } from './utc-day.ts';

/** What became of the records read; `read` is always the sum of the five others. */
export interface RecordCounts {
  readonly read: number;
  readonly counted: number;
  /** Items that are no activity: the table holds other things too. */
  readonly ignored: number;
  /** Items that are gone. */
  readonly deleted: number;
  /** Activities of days that the export does not speak for. */
  readonly outsideWindow: number;
  /** Records that no rule can read; see the rejects. */
  readonly malformed: number;
}

export const recordOutcomes = ['counted', 'ignored', 'deleted', 'outsideWindow', 'malformed'] as const;

/** A record that could not be read: where it stands and why, never what it says, for that is personal. */
export interface Reject {
  /** The data file's S3 key. */
  readonly file: string;
  /** Line in the decompressed file, from 1. */
  readonly line: number;
  /** A reason code such as `SK.format`. */
  readonly reason: string;
}

/** How many rejects are kept one by one; all are counted by reason. */
export const MAX_REJECTS_KEPT = 100;

/** What a read of an export yields beside the tally. */
export interface RecordTotals {
  readonly records: RecordCounts;
  /** Those outside the window, told apart; all zero where the export has no old images. */
  readonly outside: OutsideCounts;
  readonly rejectsByReason: ReadonlyMap<string, number>;
  /** The first {@link MAX_REJECTS_KEPT} rejects by file, then line. */
  readonly rejects: readonly Reject[];
}

/** All that a read of an export yields, as data that can be handed to another thread. */
export interface ExportCountsParts {
  readonly tally: TallyParts;
  readonly totals: RecordTotals;
}

/**
 * All that a read of an export yields: each record is given to exactly one of the methods.
 * Like the {@link Tally} inside, a commutative monoid under {@link ExportCounts.merge}, so files may be read in any order.
 */
export class ExportCounts implements RecordTotals {
  readonly tally: Tally;
  readonly rejectsByReason = new Map<string, number>();
  readonly outside: OutsideTally;
  readonly #outcomes = { counted: 0, ignored: 0, deleted: 0, outsideWindow: 0, malformed: 0 };
  #rejects: Reject[] = [];

  constructor(
    readonly rules: CountingRules,
    readonly window: DayWindow,
  ) {
    this.tally = new Tally(rules.definition);
    this.outside = new OutsideTally(window);
  }

  /**
   * A record that is activities: counted where one of them lies in the window, and then so many of them.
   * @returns whether one does; where none does, nothing is counted yet, and it goes to {@link outsideWindow}
   */
  activities(activities: readonly Activity[]): boolean {
    return this.#count(activities, (activity) => this.tally.add(activity));
  }

  /** As {@link activities}. @param activities of one record, their names numbered by the {@link tally} */
  numberedActivities(activities: readonly NumberedActivity[]): boolean {
    return this.#count(activities, (activity) => this.tally.addNumbered(activity));
  }

  /** As {@link numberedActivities}, of a record that is one: nearly every one. */
  numberedActivity(activity: NumberedActivity): boolean {
    if (!contains(this.window, activity.day)) return false;
    this.#outcomes.counted++;
    this.tally.addNumbered(activity);
    return true;
  }

  #count<A extends { readonly day: UtcDay }>(activities: readonly A[], count: (activity: A) => void): boolean {
    const inside = activities.filter(({ day }) => contains(this.window, day));
    for (const activity of inside) count(activity);
    if (inside.length > 0) this.#outcomes.counted++;
    return inside.length > 0;
  }

  /** A record that is activities, none of them in the window. @param how it lies to it, where that can be told */
  outsideWindow(how?: OutsideRecord): void {
    this.#outcomes.outsideWindow++;
    if (how !== undefined) this.outside.add(how);
  }

  ignored(records = 1): void {
    this.#outcomes.ignored += records;
  }

  deleted(records = 1): void {
    this.#outcomes.deleted += records;
  }

  malformed(reject: Reject): void {
    this.#outcomes.malformed++;
    this.rejectsByReason.set(reject.reason, (this.rejectsByReason.get(reject.reason) ?? 0) + 1);
    this.#keep([reject]);
  }

  get records(): RecordCounts {
    const read = recordOutcomes.reduce((sum, outcome) => sum + this.#outcomes[outcome], 0);
    return { read, ...this.#outcomes };
  }

  /** How many records are of a day that is counted without them; null where the export has no old images to tell it by. */
  get late(): number | null {
    return this.rules.hasOldImages ? lateRecords(this.outside) : null;
  }

  /** The first {@link MAX_REJECTS_KEPT} rejects by file, then line. */
  get rejects(): readonly Reject[] {
    return this.#rejects;
  }

  /** Adds what another read of the same export (over other files) has counted. */
  merge({ tally, totals }: ExportCountsParts): void {
    this.tally.merge(tally);
    this.addTotals(totals);
  }

  /** All that was counted, for another thread or another's {@link merge}. */
  get parts(): ExportCountsParts {
    return { tally: this.tally.parts, totals: this.totals };
  }

  /** Adds all but the tally of what another read has counted. */
  addTotals({ records, outside, rejectsByReason, rejects }: RecordTotals): void {
    for (const outcome of recordOutcomes) this.#outcomes[outcome] += records[outcome];
    for (const [reason, times] of rejectsByReason) {
      this.rejectsByReason.set(reason, (this.rejectsByReason.get(reason) ?? 0) + times);
    }
    this.outside.merge(outside);
    this.#keep(rejects);
  }

  /** What there is beside the tally, as plain data. */
  get totals(): RecordTotals {
    const { records, rejectsByReason, rejects } = this;
    const { touched, early, late, older } = this.outside;
    return { records, outside: { touched, early, late, older }, rejectsByReason, rejects };
  }

  #keep(rejects: readonly Reject[]): void {
    const last = this.#rejects.at(-1);
    const full = this.#rejects.length >= MAX_REJECTS_KEPT;
    const news = rejects.filter((reject) => !full || last === undefined || byPlace(reject, last) < 0);
    if (news.length > 0) this.#rejects = [...this.#rejects, ...news].sort(byPlace).slice(0, MAX_REJECTS_KEPT);
  }
}

/** A total order: a line is rejected once, but two of one place would else stand as they came. */
const byPlace = (a: Reject, b: Reject): number =>
  compareText(a.file, b.file) || a.line - b.line || compareText(a.reason, b.reason);
