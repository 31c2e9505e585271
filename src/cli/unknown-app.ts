import type { LedgerEntry } from '../domain/run-ledger.ts';
import { compareText } from '../domain/text-order.ts';
import { formatDay } from '../domain/utc-day.ts';
import { PipelineFault } from '../pipeline/faults.ts';
import { harmless } from '../report/terminal-text.ts';
import type { DaySpan } from '../report/widget.ts';
import { nearest } from './suggest.ts';

/** The apps that these days have counted, in order. */
export const appsOf = (entries: readonly LedgerEntry[]): string[] =>
  [...new Set(entries.flatMap(({ apps }) => [...apps.keys()]))].sort(compareText);

const MAX_LISTED = 10;

/** A misspelt app would look like one that nobody uses. */
export function unknownApp(app: string, { from, to }: DaySpan, entries: readonly LedgerEntry[]): PipelineFault {
  const [first, last] = [formatDay(from), formatDay(to)];
  const known = appsOf(entries.filter(({ date }) => date >= first && date <= last));
  const meant = nearest(app, known);
  return new PipelineFault({
    what: 'nothing was counted for the app',
    where: harmless(app),
    expected: `an app with numbers from ${first} to ${last}`,
    found: listed(known),
    ...(meant === undefined ? {} : { remedy: `did you mean ${harmless(meant)}?` }),
  });
}

function listed(apps: readonly string[]): string {
  if (apps.length === 0) return 'none';
  const more = apps.length > MAX_LISTED ? `, and ${apps.length - MAX_LISTED} others` : '';
  return apps.slice(0, MAX_LISTED).map(harmless).join(', ') + more;
}
