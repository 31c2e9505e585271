import { DAYS_PER_WEEK } from '../../../domain/utc-day.ts';
import { formatDayLong, formatDayShort, formatMean, formatNumber } from '../../format.ts';
import { type Night, stateNames } from '../../nights.ts';
import { html, type Markup, name } from '../markup.ts';
import type { Frame, Line } from './frame.ts';
import { CHART_HEIGHT, CHART_WIDTH, percentOf } from './scales.ts';

/**
 * The numbers of each day, shown where the pointer or the focus is or a finger has touched, without a script. The days
 * are a group of radio buttons: one stop of the tab key a chart, the arrow keys go from day to day.
 */
export const dayValues = (frame: Frame, id: string, title: string): Markup =>
  html`<div class="days" role="radiogroup" aria-label="${title}, day by day">
${columnsOf(frame).map(({ first, end }) => column(frame, id, first, end))}</div>`;

/** Neighbouring days that share a column, counted from the last one; `end` is exclusive. */
function columnsOf({ nights, isLong }: Frame): { readonly first: number; readonly end: number }[] {
  const size = isLong ? DAYS_PER_WEEK : 1;
  const columns = [];
  for (let end = nights.length; end > 0; end -= size) columns.push({ first: Math.max(0, end - size), end });
  return columns.reverse();
}

function column(frame: Frame, id: string, first: number, end: number): Markup {
  const nights = frame.nights.slice(first, end);
  const middle = (frame.days.left(first) + frame.days.left(end)) / 2;
  const rows = frame.lines.map((line, index) => rowOf(line, index, frame, first, end));
  const heading = headingOf(nights);
  const spoken = [heading, ...rows.map(({ app, value }) => `${app} ${value}`)].join(', ');
  return html`<label class="day${middle > CHART_WIDTH / 2 ? ' right' : ''}" style="--x:${percentOf(middle, CHART_WIDTH)};flex-grow:${end - first}"><input type="radio" name="${id}" aria-label="${spoken}">${rows.map(({ dot }) => dot)}<span class="tip"><strong>${heading}</strong>${tellsMeans(frame, first, end) ? html`<i></i><i></i><small>day</small><small>${DAYS_PER_WEEK} days</small>` : ''}${rows.map(({ cells }) => cells)}</span></label>
`;
}

/** `Sat 21 Nov 2026`, with what the day is where it is not an ordinary one. */
function headingOf(nights: readonly Night[]): string {
  const [first, last] = [nights[0], nights.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (first !== last) return `${formatDayShort(first.date)} to ${formatDayLong(last.date)}, mean of a day`;
  return `${formatDayLong(first.date)}${first.state === 'exact' ? '' : `, ${stateNames[first.state]}`}`;
}

/** A column that stands for a week tells a mean of seven days already. */
const tellsMeans = ({ showsMeans }: Frame, first: number, end: number): boolean => showsMeans && end - first === 1;

interface Row {
  readonly app: string;
  readonly value: string;
  readonly dot: Markup;
  readonly cells: Markup;
}

function rowOf({ app, values, means }: Line, index: number, frame: Frame, first: number, end: number): Row {
  const known = values.slice(first, end).filter((value) => value !== null);
  const value = known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length;
  const shown = value === null ? '–' : end - first === 1 ? formatNumber(value) : formatMean(value);
  const mean = means[end - 1] ?? null;
  return {
    app,
    value: shown,
    dot:
      value === null
        ? html``
        : html`<i class="dot app-${index + 1}" style="top:${percentOf(frame.values.y(value), CHART_HEIGHT)}"></i>`,
    cells: html`<i class="key app-${index + 1}"></i>${name(app)}<strong>${shown}</strong>${
      tellsMeans(frame, first, end) ? html`<span>${mean === null ? '–' : formatMean(mean)}</span>` : ''
    }`,
  };
}
