import { isLostToPeriod } from '../domain/recovery.ts';
import { nameOfPurpose } from '../pipeline/request/export-orders.ts';
import type { FailedExport } from '../pipeline/request/failed-exports.ts';
import { keepsOnly, recoveryCommand } from '../pipeline/request/recovery-advice.ts';
import { plural } from '../report/format.ts';
import type { Night } from '../report/nights.ts';
import { harmless, type Paint } from '../report/terminal-text.ts';
import type { SourceRecovery } from './known-source.ts';

/** What DynamoDB knows of why nights have no numbers. */
export interface NightCauses {
  /** Null where it is not known. */
  readonly recovery: SourceRecovery | null;
  readonly failed: readonly FailedExport[];
}

/** Why nights are missing or lost, and what to do about it, as lines for people; none where there is nothing to say. */
export function causeLines(nights: readonly Night[], causes: NightCauses, now: number, paint: Paint): string[] {
  const told = new Set(nights.filter(({ state }) => state === 'missed' || state === 'lost').map(({ date }) => date));
  return [
    ...periodLines(nights, causes.recovery, now, paint),
    ...groupsOf(causes.failed).flatMap((group) => failedLines(group, told, paint)),
  ];
}

function periodLines(nights: readonly Night[], recovery: SourceRecovery | null, now: number, paint: Paint): string[] {
  if (recovery === null) return [];
  const lost = nights.filter(({ day, state }) => state === 'lost' && isLostToPeriod(day, recovery, now));
  if (lost.length === 0) return [];
  return [
    '',
    paint.red(`${plural(lost.length, 'night')} lost: point-in-time recovery ${keepsOnly(recovery)}`),
    '  to have it keep more from now on:',
    `  ${paint.bold(recoveryCommand(recovery.tableArn))}`,
  ];
}

/** Exports that fail side by side fail of the same cause: it is said once. Their messages differ in requests' ids. */
function groupsOf(failed: readonly FailedExport[]): FailedExport[][] {
  const groups = new Map<string, FailedExport[]>();
  for (const one of failed) {
    const cause = `${one.failureCode} ${one.remedy}`;
    groups.set(cause, [...(groups.get(cause) ?? []), one]);
  }
  return [...groups.values()];
}

/** How to ask again for a night that is missing stands below the calendar already. */
function failedLines(group: readonly FailedExport[], told: ReadonlySet<string>, { red, bold }: Paint): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [
    '',
    red(`${plural(group.length, 'export')} failed: ${harmless(first.failureCode)}`),
    `  ${group.map(nameOfPurpose).join(', ')}`,
    `  ${harmless(first.failureMessage)}`,
    `  ${harmless(first.remedy)}; then ask again`,
    ...group
      .filter(({ mode, from }) => mode === 'backfill' || !told.has(from))
      .map(({ command }) => `  ${bold(command)}`),
  ];
}
