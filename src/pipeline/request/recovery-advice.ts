import { isLostToPeriod, MAX_RECOVERY_DAYS, type Recovery } from '../../domain/recovery.ts';
import { type DateText, formatDay, type UtcDay } from '../../domain/utc-day.ts';

/** The command that turns point-in-time recovery on, or has it keep as many days as there may be. */
export const recoveryCommand = (tableArn: string): string =>
  `aws dynamodb update-continuous-backups --table-name ${tableArn} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true,RecoveryPeriodInDays=${MAX_RECOVERY_DAYS}`;

/** What point-in-time recovery does where fewer days have been chosen for it than there may be. */
export const keepsOnly = ({ periodDays }: Pick<Recovery, 'periodDays'>): string =>
  `keeps ${periodDays === 1 ? '1 day' : `${periodDays} days`} only (RecoveryPeriodInDays)`;

/** A day of which no exact export can be made any more. */
export interface LostDay {
  readonly date: DateText;
  readonly remedy: string;
}

/** Says what can still be had of a lost day, and how to lose no more of them where that is what was chosen. */
export function lostDay(day: UtcDay, recovery: Recovery, tableArn: string, nowMillis: number): LostDay {
  const date = formatDay(day);
  const cause = isLostToPeriod(day, recovery, nowMillis)
    ? `point-in-time recovery ${keepsOnly(recovery)}, so that nights are lost; to have it keep more from now on: ${recoveryCommand(tableArn)}`
    : 'point-in-time recovery no longer reaches back to this day';
  return {
    date,
    remedy: `${cause}; for a lower bound: daytally backfill --from ${date}`,
  };
}
