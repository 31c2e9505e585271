import { planDays } from '../domain/export-window.ts';
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
  /** The ledger, in any order. Entries outside the span tell when the nights began: give what there is. */
  readonly entries: readonly LedgerEntry[];
  /** Both inclusive. */
  readonly from: UtcDay;
  readonly to: UtcDay;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The earliest moment that point-in-time recovery can restore, epoch milliseconds; null where it is not known. */
  readonly earliestRestorable: number | null;
}

/** A night's run starts at 02:00 UTC and waits for its export; until this hour its day is not missed. */
const DUE_HOURS_AFTER_MIDNIGHT = 6;

/**
 * How far point-in-time recovery reaches back at most. So many days before a span are read as well: they tell whether a
 * night without numbers at its beginning was missed or lies before the first one, and what the week before counted.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
 */
export const PITR_MAX_DAYS = 35;

const MILLIS_PER_HOUR = 3_600_000;

/** The calendar of nights: one for each day of the span, in order. */
export function nightsOf({ entries, from, to, now, earliestRestorable }: NightsInput): Night[] {
  const byDate = new Map(entries.map((entry) => [entry.date, entry]));
  const first = [...byDate.keys()].sort()[0];
  const lastDue = dayOfMillis(now - DUE_HOURS_AFTER_MIDNIGHT * MILLIS_PER_HOUR) - 1;
  const restorable = earliestRestorable ?? now - PITR_MAX_DAYS * MILLIS_PER_DAY;
  const stateOf = (day: UtcDay, entry: LedgerEntry | undefined): NightState => {
    if (entry !== undefined) return entry.quality;
    if (day > lastDue) return 'pending';
    if (first !== undefined && formatDay(day) < first) return 'before';
    return planDays([day], restorable).lost.length > 0 ? 'lost' : 'missed';
  };
  return daysBetween(from, to).map((day) => {
    const entry = byDate.get(formatDay(day));
    return { day, date: formatDay(day), state: stateOf(day, entry), entry };
  });
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
  ...(state === 'lost'
    ? {
        explanation: 'no exact export can be made any more; a backfill gives a lower bound:',
        command: `daytally backfill --from ${from}`,
      }
    : {
        explanation: 'point-in-time recovery still covers it; a replay gives exact numbers:',
        command: replayCommand(from, to),
      }),
});

/** What makes the numbers of days anew, exactly, where point-in-time recovery still covers them. */
export const replayCommand = (from: DateText, to: DateText): string =>
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
export function recountsOf(
  nights: readonly Night[],
  { entries, now, earliestRestorable }: Pick<NightsInput, 'entries' | 'now' | 'earliestRestorable'>,
): Remedy[] {
  const last = writtenLast(entries);
  if (last === undefined) return [];
  const restorable = earliestRestorable ?? now - PITR_MAX_DAYS * MILLIS_PER_DAY;
  const isOther = ({ entry }: Night): boolean => entry !== undefined && entry.definition !== last.definition;
  const isCovered = ({ day }: Night): boolean => planDays([day], restorable).lost.length === 0;
  return [
    ...stretchesOf(nights, (night) => isOther(night) && isCovered(night)).map((own) => recountOf(own, true)),
    ...stretchesOf(nights, (night) => isOther(night) && !isCovered(night)).map((own) => recountOf(own, false)),
  ];
}

function recountOf(nights: readonly Night[], isCovered: boolean): Remedy {
  const [from, to] = [nights[0]?.date ?? '', nights.at(-1)?.date ?? ''];
  return {
    ...{ state: 'recount', from, to, nights: nights.length },
    ...(isCovered
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
