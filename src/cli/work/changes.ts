import { metrics, zeroSummary } from '../../domain/metrics.ts';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { compareText } from '../../domain/text-order.ts';
import { formatNumber, plural } from '../../report/format.ts';
import { tableLines } from '../../report/table.ts';
import { harmless, type Layout } from '../../report/terminal-text.ts';

/** What differs between two readings of the ledger, as a table: before and after. */
export function changesText(before: readonly LedgerEntry[], after: readonly LedgerEntry[], layout: Layout): string {
  const old = new Map(before.map((entry) => [entry.date, entry]));
  const rows = after
    .toSorted((a, b) => compareText(a.date, b.date))
    .flatMap((entry) => changedRows(old.get(entry.date), entry));
  if (rows.length === 0) return 'No number has changed.';
  const lines = tableLines(
    [
      { heading: 'Day', align: 'left', key: true },
      { heading: 'App', align: 'left', key: true, max: 24 },
      { heading: 'Metric', align: 'left', key: true },
      { heading: 'before', align: 'right' },
      { heading: 'after', align: 'right' },
    ],
    rows,
    layout,
  );
  return [layout.paint.bold(plural(rows.length, 'change')), ...lines].join('\n');
}

function changedRows(before: LedgerEntry | undefined, after: LedgerEntry): string[][] {
  const apps = [...new Set([...(before?.apps.keys() ?? []), ...after.apps.keys()])].sort(compareText);
  const numbers = apps.flatMap((app) =>
    metrics.flatMap(({ id, title }) => {
      const [was, is] = [before?.apps.get(app)?.[id], (after.apps.get(app) ?? zeroSummary)[id]];
      if (was === is || (was === undefined && is === 0)) return [];
      return [[after.date, harmless(app), title, was === undefined ? '–' : formatNumber(was), formatNumber(is)]];
    }),
  );
  if (before?.quality === after.quality) return numbers;
  return [[after.date, '', 'quality', before?.quality ?? '–', after.quality], ...numbers];
}
