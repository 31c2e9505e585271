import type { Measurement } from './processes.ts';

/** One configuration's measurements in short. */
export interface Row {
  readonly name: string;
  readonly medianMillis: number;
  /** To the first configuration of the table: the median over the turns of the ratio in the same turn. */
  readonly ratio: number;
  /** As `ratio`, of processor time. */
  readonly cpuRatio: number;
  readonly peakMb: number;
  readonly counted: number | undefined;
  readonly slowPathShare: number | undefined;
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
};

/** The first configuration is what the others are compared with. */
export function rowsOf(measurements: Readonly<Record<string, readonly Measurement[]>>): Row[] {
  const [base = []] = Object.values(measurements);
  return Object.entries(measurements).map(([name, runs]) => ({
    name,
    medianMillis: median(runs.map(({ millis }) => millis)),
    ratio: median(runs.map(({ millis }, turn) => millis / (base[turn]?.millis ?? Number.NaN))),
    cpuRatio: median(runs.map(({ cpuMillis }, turn) => cpuMillis / (base[turn]?.cpuMillis ?? Number.NaN))),
    peakMb: Math.max(...runs.map(({ peakMb }) => peakMb)),
    counted: runs[0]?.counted,
    slowPathShare: runs[0]?.slowPathShare,
  }));
}

export function toText(title: string, rows: readonly Row[]): string {
  const heads = ['', 'median ms', 'ratio', 'CPU ratio', 'peak MB', 'counted', 'slow path'];
  const cells = rows.map(({ name, medianMillis, ratio, cpuRatio, peakMb, counted, slowPathShare }) => [
    name,
    medianMillis.toFixed(0),
    ratio.toFixed(2),
    cpuRatio.toFixed(2),
    peakMb.toFixed(0),
    counted === undefined ? '' : `${counted}`,
    slowPathShare === undefined ? '' : `${(100 * slowPathShare).toFixed(1)} %`,
  ]);
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(24) : cell.padStart(11))).join('');
  return `\n${title}\n${[heads, ...cells].map(line).join('\n')}`;
}
