import { isEmpty } from '../domain/export-window.ts';
import type { ExportCounts, RecordTotals } from '../domain/record-counts.ts';
import { formatDay } from '../domain/utc-day.ts';
import { formatNumber, plural } from '../report/format.ts';

const REASONS_SHOWN = 5;
const MISSING = '.missing';

/** Why records are malformed, and what no item at all has. */
export function doubtLines(totals: RecordTotals): string[] {
  if (totals.rejectsByReason.size === 0) return [];
  const absent = absentAttribute(totals);
  return [`malformed: ${reasonsText(totals)}`, ...(absent === undefined ? [] : [noItemHas(absent)])];
}

/** `3 SK.format, 1 line.json`: the most frequent first. */
function reasonsText({ rejectsByReason }: RecordTotals): string {
  const reasons = [...rejectsByReason].sort((a, b) => b[1] - a[1]);
  const others = reasons.length - REASONS_SHOWN;
  const shown = reasons.slice(0, REASONS_SHOWN).map(([reason, times]) => `${formatNumber(times)} ${reason}`);
  return shown.join(', ') + (others > 0 ? `, and ${plural(others, 'other reason')}` : '');
}

const noItemHas = (attribute: string): string => `no item has the attribute ${attribute}`;

/** Of what items there are, all were refused for want of the same attribute: it is another kind of table. */
function absentAttribute({ records, rejectsByReason }: RecordTotals): string | undefined {
  const items = records.read - records.deleted;
  const [reason] = [...rejectsByReason].find(([name, times]) => name.endsWith(MISSING) && times === items) ?? [];
  return reason?.slice(0, -MISSING.length);
}

/**
 * Why nothing was counted of an export in which items were written; undefined where something was, or where there was
 * nothing to count: an export of a quiet day is as it should be.
 */
export function whyNothing(counts: ExportCounts): string | undefined {
  const { read, counted, deleted } = counts.records;
  const hasNoDay = isEmpty(counts.window);
  if (counted > 0 || (read === deleted && !hasNoDay)) return undefined;
  const reasons = hasNoDay ? ['no whole UTC day lies in the window'] : reasonsNotToCount(counts);
  return `nothing was counted of ${plural(read, 'record')}: ${reasons.join(', ')}`;
}

function reasonsNotToCount(counts: ExportCounts): string[] {
  const { ignored, outsideWindow, malformed } = counts.records;
  const { from, to } = counts.window;
  const absent = absentAttribute(counts);
  const bad =
    absent === undefined ? `${formatNumber(malformed)} malformed (${reasonsText(counts)})` : noItemHas(absent);
  const days = from === null ? `the days up to ${formatDay(to)}` : `${formatDay(from)} to ${formatDay(to)}`;
  return [
    ...(malformed === 0 ? [] : [bad]),
    ...(ignored === 0 ? [] : [`${plural(ignored, 'item')} of kinds that are not counted`]),
    ...(outsideWindow === 0 ? [] : [`${formatNumber(outsideWindow)} outside ${days}`]),
  ];
}
