import { html, type Markup } from '../markup.ts';
import type { Frame, Line } from './frame.ts';
import { CHART_HEIGHT, round } from './scales.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

type Kind = 'exact' | 'lowerBound';

/** Up to this many days a bold line of days has a dot for each. */
const MAX_DAYS_WITH_DOTS = 45;

/** The lines of all apps, the first on top. */
export const appLines = (frame: Frame): Markup[] =>
  frame.lines.map((line, index) => appLine(line, index, frame)).toReversed();

function appLine(line: Line, index: number, frame: Frame): Markup {
  const bold = frame.showsMeans ? line.means : line.values;
  const isAlone = frame.lines.length === 1;
  return html`<g class="app app-${index + 1}">${isAlone ? area(line.values, frame) : ''}${
    frame.showsMeans ? strokes(line.values, 'day-line', frame) : ''
  }${strokes(bold, 'line', frame)}${dots(line.values, frame)}</g>`;
}

/** A line for the exact numbers and a paler one for lower bounds, never joined, nor across a change of definition: the step there is no growth. */
function strokes(values: readonly (number | null)[], style: string, frame: Frame): Markup[] {
  return (['exact', 'lowerBound'] as const).flatMap((kind) => {
    const path = stretchesOf(values, kind, frame).map(linePath).join('');
    return path === '' ? [] : html`<path class="${style}${kind === 'exact' ? '' : ' bound'}" d="${path}"/>`;
  });
}

function area(values: readonly (number | null)[], frame: Frame): Markup {
  const floor = round(Math.min(CHART_HEIGHT, frame.values.y(0)));
  const stretches = [...stretchesOf(values, 'exact', frame), ...stretchesOf(values, 'lowerBound', frame)];
  const path = stretches.map((points) => `${linePath(points)}V${floor}H${round(points[0]?.x ?? 0)}Z`);
  return html`<path class="area" d="${path.join('')}"/>`;
}

/** Days that stand between two gaps have no line that would show them; few days each have a dot. */
function dots(values: readonly (number | null)[], frame: Frame): Markup | '' {
  const all = (['exact', 'lowerBound'] as const).flatMap((kind) => stretchesOf(values, kind, frame));
  const everyDay = !frame.showsMeans && values.length <= MAX_DAYS_WITH_DOTS;
  const path = all
    .filter((points) => everyDay || points.length === 1)
    .flatMap((points) => points.map(({ x, y }) => `M${round(x)} ${round(y)}h0`))
    .join('');
  return path === '' ? '' : html`<path class="dots" d="${path}"/>`;
}

/** The points of neighbouring days that have a number of one kind and the same meaning. */
function stretchesOf(
  values: readonly (number | null)[],
  kind: Kind,
  { nights, meanings, days, values: scale }: Frame,
): Point[][] {
  const stretches: Point[][] = [];
  let isOpen = false;
  values.forEach((value, day) => {
    const belongs = value !== null && nights[day]?.state === kind;
    if (belongs) {
      const point = { x: days.middle(day), y: scale.y(value) };
      if (isOpen && meanings[day] === meanings[day - 1]) stretches.at(-1)?.push(point);
      else stretches.push([point]);
    }
    isOpen = belongs;
  });
  return stretches;
}

const linePath = (points: readonly Point[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
