import { planDays } from '../domain/export-window.ts';
import { MAX_RECOVERY_DAYS } from '../domain/recovery.ts';
import { type LedgerEntry, writtenLast } from '../domain/run-ledger.ts';
import { type DateText, dayOfMillis, daysBetween, formatDay, MILLIS_PER_DAY, type UtcDay } from '../domain/utc-day.ts';

/**
 * What is known of a day:
 * `exact` and `lowerBound` have numbers; `missed` has none, but point-in-time recovery still covers it; `lost` has none
 * and no exact export of it can be made any more; `pending` is not due yet; `before` lies before the first finished day.
 */
export type NightState = 'exact' | 'lowerBound' | 'missed' | 'lost' | 'pending' | 'before';

export interface Night {
  readonly day: UtcDay;
  readonly date: DateText;
  readonly state: NightState;
  /** Undefined where the day has not been finished. */
  readonly entry: LedgerEntry | undefined;
}

export interface NightsInput {
  /** The ledger, in any order, from {@link DAYS_READ_BEFORE} days before the span up to yesterday: that tells when the nights began. */
  readonly entries: readonly LedgerEntry[];
  /** Both inclusive. */
  readonly from: UtcDay;
  readonly to: UtcDay;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The earliest moment that point-in-time recovery can restore, epoch milliseconds; null where it is not known. */
  readonly earliestRestorable: number | null;
}

/** What is known, whichever days are looked at. */
export type KnownNights = Omit<NightsInput, 'from' | 'to'>;

/** A night's run starts at 02:00 UTC and waits for its export; until this hour its day is not missed. */
const DUE_HOURS_AFTER_MIDNIGHT = 6;

/**
 * So many days before a span are read as well: they tell whether a night without numbers at its beginning was missed or
 * lies before the first one, and what the week before counted.
 */
export const DAYS_READ_BEFORE = MAX_RECOVERY_DAYS;

const MILLIS_PER_HOUR = 3_600_000;

/** The calendar of nights: one for each day of the span, in order. */
export function nightsOf({ entries, from, to, now, earliestRestorable }: NightsInput): Night[] {
  const ledger = new Map(entries.map((entry) => [entry.date, entry]));
  const first = [...ledger.keys()].sort()[0];
  const stateOf = (day: UtcDay, entry: LedgerEntry | undefined): NightState => {
    if (entry !== undefined) return entry.quality;
    if (!isDue(day, now)) return 'pending';
    if (first !== undefined && formatDay(day) < first) return 'before';
    return isCovered(day, earliestRestorable, now) ? 'missed' : 'lost';
  };
  return daysBetween(from, to).map((day) => {
    const entry = ledger.get(formatDay(day));
    return { day, date: formatDay(day), state: stateOf(day, entry), entry };
  });
}

const isDue = (day: UtcDay, now: number): boolean =>
  day < dayOfMillis(now - DUE_HOURS_AFTER_MIDNIGHT * MILLIS_PER_HOUR);

/** Whether an exact export of the day can still be made. */
const isCovered = (day: UtcDay, earliestRestorable: number | null, now: number): boolean =>
  planDays([day], earliestRestorable ?? now - MAX_RECOVERY_DAYS * MILLIS_PER_DAY).lost.length === 0;

/** What can be done for a day, whatever has become of it; undefined where nothing has to be done, or nothing can. */
export type Advice = Pick<Remedy, 'explanation' | 'command'>;

/**
 * What a day's state is and what can be done about it. All commands ask here, so that they say the same.
 * @param input with the ledger's entries from {@link DAYS_READ_BEFORE} days before the day up to yesterday
 */
export function adviceOf(
  day: UtcDay,
  { entries, now, earliestRestorable }: KnownNights,
): { readonly night: Night; readonly advice: Advice | undefined } {
  const [night] = nightsOf({ entries, from: day, to: day, now, earliestRestorable }) as [Night];
  const { state, date } = night;
  if (state === 'exact' || state === 'pending') return { night, advice: undefined };
  if (isCovered(day, earliestRestorable, now)) return { night, advice: replayAdvice(date, date) };
  return { night, advice: state === 'lowerBound' ? undefined : backfillAdvice(date) };
}

/** The month of a night, `2026-11`. */
export const monthOf = ({ date }: Night): string => date.slice(0, 7);

/** The nights by what `keyOf` says of each, in their order. */
export function groupBy(nights: readonly Night[], keyOf: (night: Night) => string): Map<string, Night[]> {
  const groups = new Map<string, Night[]>();
  for (const night of nights) {
    const key = keyOf(night);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [night]);
    else group.push(night);
  }
  return groups;
}

/** Whether the day has no numbers although its night is over. */
export const isRed = (state: NightState): boolean => state === 'missed' || state === 'lost';

/** How often each state occurs, states that do not occur left out, worst first. */
export function countStates(nights: readonly Night[]): { state: NightState; nights: number }[] {
  return statesWorstFirst
    .map((state) => ({ state, nights: nights.filter((night) => night.state === state).length }))
    .filter((count) => count.nights > 0);
}

const statesWorstFirst: readonly NightState[] = ['missed', 'lost', 'lowerBound', 'exact', 'pending', 'before'];

export const stateNames: Readonly<Record<NightState, string>> = {
  exact: 'exact',
  lowerBound: 'lower bound',
  missed: 'missed',
  lost: 'lost',
  pending: 'not due yet',
  before: 'before the first night',
};

/** Nights that a person can do something about, with one command. */
export interface Remedy {
  /** `recount`: they have numbers, but by another definition than the one that counts now. */
  readonly state: 'missed' | 'lost' | 'recount';
  readonly from: DateText;
  readonly to: DateText;
  /** How many of this state lie between `from` and `to`. */
  readonly nights: number;
  readonly explanation: string;
  readonly command: string;
}

/** What can be done for the red nights: one backfill for all that are lost, a replay for each stretch that was missed. */
export function remediesOf(nights: readonly Night[]): Remedy[] {
  const lost = nights.filter(({ state }) => state === 'lost');
  const stretches = [...(lost.length === 0 ? [] : [lost]), ...missedStretches(nights)];
  return stretches.flatMap((own) => {
    const [first, last] = [own[0], own.at(-1)];
    return first && last
      ? remedyFor(first.state === 'lost' ? 'lost' : 'missed', first.date, last.date, own.length)
      : [];
  });
}

export const remedyNames: Readonly<Record<Remedy['state'], string>> = {
  missed: stateNames.missed,
  lost: stateNames.lost,
  recount: 'counted by another definition than is counted by now',
};

const remedyFor = (state: 'missed' | 'lost', from: DateText, to: DateText, nights: number): Remedy => ({
  ...{ state, from, to, nights },
  ...(state === 'lost' ? backfillAdvice(from) : replayAdvice(from, to)),
});

const backfillAdvice = (from: DateText): Advice => ({
  explanation: 'no exact export can be made any more; a backfill gives a lower bound:',
  command: `daytally backfill --from ${from}`,
});

const replayAdvice = (from: DateText, to: DateText): Advice => ({
  explanation: 'point-in-time recovery still covers it; a replay gives exact numbers:',
  command: replayCommand(from, to),
});

/** What makes the numbers of days anew, exactly, where point-in-time recovery still covers them. */
const replayCommand = (from: DateText, to: DateText): string =>
  from === to ? `daytally replay ${from}` : `daytally replay --from ${from} --to ${to}`;

const missedStretches = (nights: readonly Night[]): Night[][] => stretchesOf(nights, ({ state }) => state === 'missed');

/** Neighbouring nights of which something is so. */
function stretchesOf(nights: readonly Night[], isSo: (night: Night) => boolean): Night[][] {
  const found: Night[][] = [];
  let isOpen = false;
  for (const night of nights) {
    const belongs = isSo(night);
    if (belongs && isOpen) found.at(-1)?.push(night);
    else if (belongs) found.push([night]);
    isOpen = belongs;
  }
  return found;
}

/**
 * What counts the days anew that were counted by another definition than the one that has counted last, the latest first:
 * a replay, as far as point-in-time recovery reaches; for those before, there is only what still lies in the bucket.
 */
export function recountsOf(nights: readonly Night[], { entries, now, earliestRestorable }: KnownNights): Remedy[] {
  const last = writtenLast(entries);
  if (last === undefined) return [];
  const isOther = ({ entry }: Night): boolean => entry !== undefined && entry.definition !== last.definition;
  const isInReach = ({ day }: Night): boolean => isCovered(day, earliestRestorable, now);
  return [
    ...stretchesOf(nights, (night) => isOther(night) && isInReach(night)).map((own) => recountOf(own, true)),
    ...stretchesOf(nights, (night) => isOther(night) && !isInReach(night)).map((own) => recountOf(own, false)),
  ];
}

function recountOf(nights: readonly Night[], isReached: boolean): Remedy {
  const [from, to] = [nights[0]?.date ?? '', nights.at(-1)?.date ?? ''];
  return {
    ...{ state: 'recount', from, to, nights: nights.length },
    ...(isReached
      ? {
          explanation: 'their numbers may mean something else; a replay counts them as it is counted now:',
          command: replayCommand(from, to),
        }
      : {
          explanation:
            'point-in-time recovery no longer covers them; an export that still lies in the bucket can be counted again:',
          command: `daytally reprocess ${to}`,
        }),
  };
}
