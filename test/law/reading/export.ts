import type { ActivityInput, MetricInput, TableDefinition } from '../../../src/domain/define-table.ts';
import { type Happened, Malformed } from './activity.ts';
import { add, type Decimal, formatDecimal } from './decimal.ts';
import { canTell, hasOldImages, isAfterWindow, isInWindow, type Manifest } from './manifest.ts';
import { type Readable, readRecord } from './record.ts';

export interface ExportReading {
  readonly records: Readonly<
    Record<'read' | 'counted' | 'ignored' | 'deleted' | 'outsideWindow' | 'malformed', number>
  >;
  /** By line, from 1. */
  readonly rejects: readonly { readonly line: number; readonly reason: string }[];
  /** Every activity that counts, as often as it counts. */
  readonly counted: readonly Happened[];
  /** Of records outside the window, where the export has old images; what the first of their activities tells. */
  readonly outside: readonly Outside[];
}

/** Touched: counted before. Early: of a day after the window. Late: of a day before it, and not counted then. */
export interface Outside {
  readonly kind: 'touched' | 'early' | 'late';
  readonly day: number;
}

/** What the lines of an export count as. */
export function readExport(lines: readonly Uint8Array[], table: TableDefinition, manifest: Manifest): ExportReading {
  const records = { read: 0, counted: 0, ignored: 0, deleted: 0, outsideWindow: 0, malformed: 0 };
  const rejects: { line: number; reason: string }[] = [];
  const counted: Happened[] = [];
  const outside: Outside[] = [];
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
    else if (record.happened.length > 0) {
      records.outsideWindow++;
      outside.push(...toldApart(record, manifest));
    } else if (record.hasImage) records.ignored++;
    else records.deleted++;
    counted.push(...inside);
  });
  return { records, rejects, counted, outside };
}

function toldApart({ happened: [first], dayBefore }: Readable, manifest: Manifest): Outside[] {
  if (first === undefined || !hasOldImages(manifest)) return [];
  const { activity, day } = first;
  if (dayBefore(activity) === day) return [{ kind: 'touched', day }];
  return [{ kind: isAfterWindow(day, manifest) ? 'early' : 'late', day }];
}

/** One app on one day. */
export interface Cell {
  readonly day: number;
  readonly app: string;
  /** By metric: a number of people or of times, or decimal text; null where the export cannot tell. */
  readonly values: Readonly<Record<string, number | string | null>>;
}

/** Every app on every day of which something counts. */
export function cellsOf(counted: readonly Happened[], table: TableDefinition, manifest: Manifest): Cell[] {
  const cells = new Map(counted.map(({ day, app }) => [JSON.stringify([day, app]), { day, app }]));
  return [...cells.values()].map(({ day, app }) => {
    const here = counted.filter((happened) => happened.day === day && happened.app === app);
    const values = Object.entries(table.metrics).map(([id, metric]) => [id, measured(metric, here, table, manifest)]);
    return { day, app, values: Object.fromEntries(values) };
  });
}

function measured({ of, measure }: MetricInput, here: readonly Happened[], table: TableDefinition, manifest: Manifest) {
  if (!canTell(table.activities[of] as ActivityInput, manifest)) return null;
  const own = here.filter(({ activity }) => activity === of);
  if (measure === 'distinctUsers') return new Set(own.map(({ user }) => user)).size;
  if (measure === 'countPerUser' || measure === 'count') return own.length;
  return formatDecimal(own.map(({ amounts }) => amounts.get(measure.sum) as Decimal).reduce(add, NOUGHT));
}

const NOUGHT: Decimal = { digits: 0n, exponent: 0 };
