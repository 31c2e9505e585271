import { html, type Markup, name } from '../markup.ts';
import { type Frame, lastBold } from './frame.ts';
import { CHART_HEIGHT, percentOf, round } from './scales.ts';

/** How far two labels keep from each other, in the chart's units: a line of small text in the lowest chart. */
const LABEL_HEIGHT = 27;
/** Width of the strip in which the labels' hair lines run. */
const STRIP_WIDTH = 10;
/** A longer name is cut; the tables have it whole. */
const MAX_NAME_LENGTH = 14;

/** How much room the names need beside the chart, in characters. */
export const namesWidth = ({ lines }: Frame): number =>
  lines.length < 2 ? 0 : Math.min(MAX_NAME_LENGTH, Math.max(...lines.map(({ app }) => app.length)));

/** Each line's name at its end, in its colour; names that would overlap move apart, held to their lines by hair lines. */
export function lineEnds(frame: Frame): Markup {
  if (frame.lines.length < 2) return html``;
  const ends = frame.lines.flatMap((line, index) => {
    const value = lastBold(line, frame.showsMeans);
    return value === null ? [] : [{ app: line.app, index, y: frame.values.y(value) }];
  });
  const heights = spread(
    ends.map(({ y }) => y),
    LABEL_HEIGHT,
    CHART_HEIGHT,
  );
  const leaders = ends.map(({ index, y }, place) => {
    const height = round(heights[place] ?? y);
    return html`<path class="leader app-${index + 1}" d="M0 ${round(y)}C5 ${round(y)} 5 ${height} ${STRIP_WIDTH} ${height}"/>`;
  });
  const labels = ends.map(
    ({ app, index, y }, place) =>
      html`<span class="end app-${index + 1}" style="top:${percentOf(heights[place] ?? y, CHART_HEIGHT)}">${name(app)}</span>`,
  );
  return html`<div class="ends" aria-hidden="true"><svg viewBox="0 0 ${STRIP_WIDTH} ${CHART_HEIGHT}" preserveAspectRatio="none">${leaders}</svg>${labels}</div>`;
}

/**
 * Moves positions apart as little as needed: none nearer than `gap` to another, all between 0 and `end`, in the same
 * order; where there is no room for that they share what there is.
 */
export function spread(positions: readonly number[], gap: number, end: number): number[] {
  const step = Math.min(gap, end / Math.max(1, positions.length - 1));
  const order = positions.map((_, index) => index).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const placed: number[] = [];
  for (const index of order) placed.push(Math.max(positions[index] ?? 0, (placed.at(-1) ?? -step) + step));
  let limit = end;
  for (let place = placed.length - 1; place >= 0; place--) {
    placed[place] = Math.min(placed[place] ?? 0, limit);
    limit = (placed[place] ?? 0) - step;
  }
  return positions.map((_, index) => placed[order.indexOf(index)] ?? 0);
}
