import { formatNumber, plural } from './format.ts';
import {
  countStates,
  groupBy,
  monthOf,
  type Night,
  type NightState,
  type Remedy,
  remedyNames,
  stateNames,
} from './nights.ts';
import { type Layout, type Paint, plainLayout, wrap } from './terminal-text.ts';

const marks: Readonly<Record<NightState, string>> = {
  exact: '■',
  lowerBound: '≥',
  missed: '!',
  lost: '×',
  pending: '…',
  before: '·',
};

const painted = (state: NightState, paint: Paint): ((text: string) => string) =>
  ({
    exact: paint.green,
    lowerBound: paint.yellow,
    missed: paint.red,
    lost: paint.red,
    pending: paint.dim,
    before: paint.dim,
  })[state];

const DAYS_PER_LINE = 31;

const INDENT = ' '.repeat('2026-11  '.length);
/** Days of the month: a digit at each tenth, a plus half-way. */
const RULER = '....+....1....+....2....+....3.';

/** A year, and the month in which it began: further back, a line is a year. */
const MONTHS_SHOWN = 13;

/** The calendar of nights: a month a line, with what each mark means and what can be done. */
export function nightsBlock(
  { nights, remedies }: { readonly nights: readonly Night[]; readonly remedies: readonly Remedy[] },
  { paint, columns }: Layout,
): string[] {
  const months = [...groupBy(nights, monthOf)];
  const shown = firstShown(months.map(([, own]) => own));
  const folded = months.slice(0, shown).flatMap(([, own]) => own);
  return [
    paint.bold(plural(nights.length, 'night')),
    ...yearLines(folded, paint),
    paint.dim(INDENT + RULER),
    ...months.slice(shown).map(([month, own]) => `${month}  ${monthLine(own, paint)}`),
    ...wrap(sums(nights, paint), '   ', Math.min(columns, plainLayout.columns) - INDENT.length).map(
      (line) => INDENT + line,
    ),
    ...remedies.flatMap((remedy) => remedyLines(remedy, paint)),
  ];
}

/** Which of many months is the first with a line of its own: those before the first night have nothing to show. */
function firstShown(months: readonly (readonly Night[])[]): number {
  if (months.length <= MONTHS_SHOWN) return 0;
  const begun = months.findIndex((own) => own.some(({ state }) => state !== 'before'));
  return Math.max(months.length - MONTHS_SHOWN, begun === -1 ? months.length - 1 : begun);
}

/** `■ 35 exact`, for each state that occurs. */
const sums = (nights: readonly Night[], paint: Paint): string[] =>
  countStates(nights).map(({ state, nights: count }) =>
    painted(state, paint)(`${marks[state]} ${formatNumber(count)} ${stateNames[state]}`),
  );

/** A line for each year; years of one state alone, which say the same one by one, in one line. */
function yearLines(nights: readonly Night[], paint: Paint): string[] {
  const stretches: Night[][] = [];
  for (const [, year] of groupBy(nights, ({ date }) => date.slice(0, 4))) {
    const last = stretches.at(-1);
    const states = new Set([...(last ?? []), ...year].map(({ state }) => state));
    if (last !== undefined && states.size === 1) last.push(...year);
    else stretches.push([...year]);
  }
  return stretches.map((own) => `${yearsOf(own).padEnd(INDENT.length)}${sums(own, paint).join('   ')}`);
}

function yearsOf(nights: readonly Night[]): string {
  const [first, last] = [nights[0], nights.at(-1)].map((night) => night?.date.slice(0, 4));
  return first === last ? `${first}` : `${first}–${last?.slice(2)}`;
}

function monthLine(nights: readonly Night[], paint: Paint): string {
  const byDayOfMonth = new Map(nights.map((night) => [Number(night.date.slice(8)), night.state]));
  return Array.from({ length: DAYS_PER_LINE }, (_, index) => {
    const state = byDayOfMonth.get(index + 1);
    return state === undefined ? ' ' : painted(state, paint)(marks[state]);
  })
    .join('')
    .trimEnd();
}

const remedyLines = ({ state, from, to, nights, explanation, command }: Remedy, paint: Paint): string[] => [
  '',
  (state === 'recount' ? paint.yellow : paint.red)(
    `${from === to ? from : `${from} to ${to}`}: ${plural(nights, 'night')} ${remedyNames[state]}`,
  ),
  `  ${explanation}`,
  `  ${paint.bold(command)}`,
];
