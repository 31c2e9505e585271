import { isLostToPeriod } from '../domain/recovery.ts';
import type { FailedExport } from '../pipeline/request/failed-exports.ts';
import { recoveryCommand, shortPeriod } from '../pipeline/request/recovery-advice.ts';
import { plural } from '../report/format.ts';
import type { Night } from '../report/nights.ts';
import { harmless, type Paint } from '../report/terminal-text.ts';
import type { SourceRecovery } from './ledger-source.ts';

/** What DynamoDB knows of why nights have no numbers. */
export interface NightCauses {
  /** Null where it is not known. */
  readonly recovery: SourceRecovery | null;
  readonly failed: readonly FailedExport[];
}

/** Why nights are missing or lost, and what to do about it, as lines for people; none where there is nothing to say. */
export function causeLines(nights: readonly Night[], causes: NightCauses, now: number, paint: Paint): string[] {
  return [
    ...periodLines(nights, causes.recovery, now, paint),
    ...causes.failed.flatMap((one) => failedLines(one, paint)),
  ];
}

function periodLines(nights: readonly Night[], recovery: SourceRecovery | null, now: number, paint: Paint): string[] {
  if (recovery === null) return [];
  const lost = nights.filter(({ day, state }) => state === 'lost' && isLostToPeriod(day, recovery, now));
  if (lost.length === 0) return [];
  return [
    '',
    paint.red(`${plural(lost.length, 'night')} lost: ${shortPeriod(recovery)}`),
    '  to have it keep more from now on:',
    `  ${paint.bold(recoveryCommand(recovery.tableArn))}`,
  ];
}

const failedLines = ({ mode, from, failureCode, failureMessage, remedy }: FailedExport, { red }: Paint): string[] => [
  '',
  red(`${from}: ${mode === 'backfill' ? 'the backfill from this day' : 'the export of this day'} has failed`),
  `  ${harmless(`${failureCode}: ${failureMessage}`)}`,
  `  ${harmless(remedy)}`,
];
