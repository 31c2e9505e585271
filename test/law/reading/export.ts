import type { MetricInput, TableDefinition } from '../../../src/domain/define-table.ts';
import { add, type Decimal, formatDecimal } from './decimal.ts';
import { canTell, isInWindow, type Manifest } from './manifest.ts';
import { type Happened, Malformed, readRecord } from './record.ts';

export interface ExportReading {
  readonly records: Readonly<Record<'read' | 'counted' | 'ignored' | 'deleted' | 'outsideWindow' | 'malformed', number>>;
  /** By line, from 1. */
  readonly rejects: readonly { readonly line: number; readonly reason: string }[];
  /** Every activity that counts, as often as it counts. */
  readonly counted: readonly Happened[];
}

/** What the lines of an export count as. */
export function readExport(lines: readonly Uint8Array[], table: TableDefinition, manifest: Manifest): ExportReading {
  const records = { read: 0, counted: 0, ignored: 0, deleted: 0, outsideWindow: 0, malformed: 0 };
  const rejects: { line: number; reason: string }[] = [];
  const counted: Happened[] = [];
  lines.forEach((line, index) => {
    if (line.every((byte) => ' \t\r'.includes(String.fromCharCode(byte)))) return;
    records.read++;
    const record = readRecord(line, table, manifest);
    if (record instanceof Malformed) {
      records.malformed++;
      rejects.push({ line: index + 1, reason: record.reason });
      return;
    }
    const inside = record.happened.filter(({ day }) => isInWindow(day, manifest));
    if (inside.length > 0) records.counted++;
    else if (record.happened.length > 0) records.outsideWindow++;
    else if (record.hasImage) records.ignored++;
    else records.deleted++;
    counted.push(...inside);
  });
  return { records, rejects, counted };
}

/** A number of people, of times, or decimal text; null where the export cannot tell. */
export type Value = number | string | null;

/** What a metric says of one app on one day. */
export function valueOf(metric: MetricInput, counted: readonly Happened[], table: TableDefinition, manifest: Manifest): Value {
  const activity = table.activities[metric.of];
  if (activity === undefined || !canTell(activity, manifest)) return null;
  const own = counted.filter((happened) => happened.activity === metric.of);
  if (metric.measure === 'distinctUsers') return new Set(own.map(({ user }) => user)).size;
  if (typeof metric.measure === 'string') return own.length;
  const { sum } = metric.measure;
  return formatDecimal(own.map(({ amounts }) => amounts.get(sum) as Decimal).reduce(add, { digits: 0n, exponent: 0 }));
}
