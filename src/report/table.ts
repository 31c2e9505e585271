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
/** Fewer columns tell no name from another. */
const NAME_MIN = 8;

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

/** Takes what is too much away from the columns of names. */
function fitNames(columns: readonly Column[], widths: readonly number[], width: number): number[] {
  const fitted = [...widths];
  columns.forEach(({ max }, index) => {
    const own = fitted[index] ?? 0;
    const excess = total(fitted) - width;
    if (max !== undefined && excess > 0) fitted[index] = Math.max(Math.min(own, NAME_MIN), own - excess);
  });
  return fitted;
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
