import { MILLIS_PER_DAY, midnightOf, type UtcDay } from './utc-day.ts';

/**
 * Point-in-time recovery keeps this many days at most, and does unless fewer have been chosen for the table.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html
 */
export const MAX_RECOVERY_DAYS = 35;

/** How far back point-in-time recovery of a table reaches. */
export interface Recovery {
  /** The earliest moment that can be restored, epoch milliseconds. */
  readonly earliest: number;
  /** How many days have been chosen for the table (`RecoveryPeriodInDays`): 1 to {@link MAX_RECOVERY_DAYS}. */
  readonly periodDays: number;
}

/** Whether a day could still be exported had no fewer days been chosen for the table than there may be. */
export const isLostToPeriod = (day: UtcDay, { periodDays }: Pick<Recovery, 'periodDays'>, nowMillis: number): boolean =>
  midnightOf(day) < nowMillis - periodDays * MILLIS_PER_DAY &&
  midnightOf(day) >= nowMillis - MAX_RECOVERY_DAYS * MILLIS_PER_DAY;
