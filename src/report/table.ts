import stringWidth from 'string-width';
import { type Layout, padEnd, padStart, truncate } from './terminal-text.ts';

/** One column of a table: its heading, and where its text stands. */
export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Whose rows they are: stands in every part of a table that is too wide for one. These come first. */
  readonly key?: true;
  /** Names, which may be cut where there is no room: at most so many columns, fewer where the table is too wide. */
  readonly max?: number;
}

type Row = readonly string[];

const GAP = '  ';
/** Fewer columns tell no name from another; so many tell most. */
const NAME_MIN = 8;
const NAME_USUAL = 16;

/**
 * A table as lines of text, columns as wide as their content. What does not fit beside each other stands in parts, one
 * below the other, each with the key columns.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly Row[],
  { columns: width, paint }: Layout,
): string[] {
  const cells = [columns.map(({ heading }) => heading), ...rows];
  const widths = fitNames(
    columns,
    columns.map((column, index) => widthOf(column, index, cells)),
    width,
  );
  return partsOf(columns, widths, width).flatMap((part, index) => {
    const [head = '', ...lines] = cells.map((row) => lineOf(row, part, columns, widths));
    return [...(index === 0 ? [] : ['']), paint.bold(head), ...lines];
  });
}

const widthOf = ({ max = Number.POSITIVE_INFINITY }: Column, index: number, cells: readonly Row[]): number =>
  Math.min(max, Math.max(...cells.map((row) => stringWidth(row[index] ?? ''))));

/** How wide a table is where nothing limits it. */
export const tableWidth = (columns: readonly Column[], rows: readonly Row[]): number => {
  const cells = [columns.map(({ heading }) => heading), ...rows];
  return total(columns.map((column, index) => widthOf(column, index, cells)));
};

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1);

/** Cuts names until all fits beside each other; where that takes too much of them, until each part fits by itself. */
function fitNames(columns: readonly Column[], widths: readonly number[], width: number): number[] {
  const whole = cutNames(columns, widths, total(widths) - width);
  if (total(whole) <= width) return whole;
  const usual = widths.map((own, index) => (columns[index]?.max === undefined ? own : Math.min(own, NAME_USUAL)));
  const keys = usual.filter((_, index) => columns[index]?.key);
  const widest = Math.max(0, ...usual.filter((_, index) => !columns[index]?.key));
  return cutNames(columns, usual, total([...keys, widest]) - width);
}

function cutNames(columns: readonly Column[], widths: readonly number[], excess: number): number[] {
  let left = excess;
  return widths.map((own, index) => {
    if (columns[index]?.max === undefined || left <= 0) return own;
    const cut = Math.max(Math.min(own, NAME_MIN), own - left);
    left -= own - cut;
    return cut;
  });
}

/** Which columns stand in which part: the keys, and as many others as fit, at least one. */
function partsOf(columns: readonly Column[], widths: readonly number[], width: number): number[][] {
  const indexes = columns.map((_, index) => index);
  const keys = indexes.filter((index) => columns[index]?.key);
  const parts: number[][] = [];
  for (const index of indexes.slice(keys.length)) {
    const part = parts.at(-1);
    const wider = [...(part ?? keys), index];
    if (part !== undefined && total(wider.map((own) => widths[own] ?? 0)) <= width) parts[parts.length - 1] = wider;
    else parts.push([...keys, index]);
  }
  return parts;
}

const lineOf = (row: Row, part: readonly number[], columns: readonly Column[], widths: readonly number[]): string =>
  part
    .map((index) => {
      const width = widths[index] ?? 0;
      return (columns[index]?.align === 'left' ? padEnd : padStart)(truncate(row[index] ?? '', width), width);
    })
    .join(GAP)
    .trimEnd();
