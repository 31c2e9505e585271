import type { LedgerEntry } from '../../domain/run-ledger.ts';
import { valueIn } from '../../domain/summary.ts';
import { compareText } from '../../domain/text-order.ts';
import { formatValue, plural } from '../../report/format.ts';
import type { ShownMetric } from '../../report/report.ts';
import { tableLines } from '../../report/table.ts';
import { harmless, type Layout } from '../../report/terminal-text.ts';

/** What differs between two readings of the ledger, as a table: before and after. */
export function changesText(
  { before, after }: { readonly before: readonly LedgerEntry[]; readonly after: readonly LedgerEntry[] },
  metrics: readonly ShownMetric[],
  layout: Layout,
): string {
  const old = new Map(before.map((entry) => [entry.date, entry]));
  const rows = after
    .toSorted((a, b) => compareText(a.date, b.date))
    .flatMap((entry) => changedRows(old.get(entry.date), entry, metrics));
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

function changedRows(before: LedgerEntry | undefined, after: LedgerEntry, metrics: readonly ShownMetric[]): string[][] {
  const apps = [...new Set([...(before?.apps.keys() ?? []), ...after.apps.keys()])].sort(compareText);
  const numbers = apps.flatMap((app) =>
    metrics.flatMap(({ id, title }) => {
      const was = valueIn(before?.apps.get(app) ?? before?.nothing, id);
      const is = valueIn(after.apps.get(app) ?? after.nothing, id);
      if (was === is || (was === undefined && (is === 0 || is === '0'))) return [];
      return [[after.date, harmless(app), title, formatValue(was ?? null), formatValue(is ?? null)]];
    }),
  );
  if (before?.quality === after.quality) return numbers;
  return [[after.date, '', 'quality', before?.quality ?? '–', after.quality], ...numbers];
}
