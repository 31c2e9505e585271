import { formatDayOfMonth } from '../../format.ts';
import { isRed, type Night } from '../../nights.ts';
import { html, type Markup } from '../markup.ts';
import type { Frame } from './frame.ts';
import { CHART_WIDTH, percentOf } from './scales.ts';

/** What neighbouring days have in common; `none` are those that are not due yet. */
type ZoneKind = 'exact' | 'lowerBound' | 'gap' | 'untold' | 'none';

/** A stretch of days that have the same in common. */
export interface Zone {
  readonly kind: ZoneKind;
  /** What the metric means in it; null where nothing was counted. */
  readonly meaning: string | null;
  /** Index of the first day, and of the day behind the last one. */
  readonly first: number;
  readonly end: number;
  /** Whether the last days before it that were counted are so by another meaning of the metric. */
  readonly isRedefined: boolean;
}

/** The zones of a chart, in order. */
export function zonesOf({ nights, meanings, lines }: Frame): Zone[] {
  const zones: Zone[] = [];
  let before: string | null = null;
  nights.forEach((night, index) => {
    const kind = kindOf(
      night,
      lines.some(({ values }) => typeof values[index] === 'number'),
    );
    const meaning = meanings[index] ?? null;
    const last = zones.at(-1);
    if (last?.kind === kind && last.meaning === meaning) zones[zones.length - 1] = { ...last, end: index + 1 };
    else {
      const isRedefined = meaning !== null && before !== null && before !== meaning;
      zones.push({ kind, meaning, first: index, end: index + 1, isRedefined });
    }
    before = meaning ?? before;
  });
  return zones;
}

function kindOf({ state, entry }: Night, isTold: boolean): ZoneKind {
  if (isRed(state)) return 'gap';
  if (entry === undefined) return 'none';
  // A finished night without a number: its export cannot tell this metric.
  return isTold ? entry.quality : 'untold';
}

/** Behind the lines: lower bounds hatched, days without a number shaded, and a boundary where another way to count begins. */
export const zoneShapes = (frame: Frame, zones: readonly Zone[]): Markup[] =>
  zones.flatMap((zone, index) => {
    const { isRedefined } = zone;
    const isBare = zone.kind === 'none' || (zone.kind === 'exact' && !isRedefined && !followsBounds(zones, index));
    const kind = isRedefined ? html`${zone.kind} redefined` : zone.kind;
    return isBare ? [] : html`<i class="shape ${kind}" style="${placeOf(frame, zone.first, zone.end)}"></i>`;
  });

const placeOf = ({ days }: Frame, first: number, end: number): string =>
  `left:${percentOf(days.left(first), CHART_WIDTH)};width:${percentOf(days.left(end) - days.left(first), CHART_WIDTH)}`;

/** Above the lines: what a zone is, said where it begins. A name has room as far as the next one; the style hides it where that is not enough. */
export function zoneNames(frame: Frame, zones: readonly Zone[]): Markup[] {
  const counted = zones.filter(({ kind }) => kind !== 'gap' && kind !== 'none');
  const changes = counted.filter((zone, index) => zone.kind !== counted[index - 1]?.kind || zone.isRedefined);
  return changes.flatMap((zone, index) => {
    const night = frame.nights[zone.first];
    const name = zone.isRedefined ? 'new definition' : nameOf(zone.kind, night, changes[index - 1]?.kind);
    if (name === undefined) return [];
    const place = placeOf(frame, zone.first, changes[index + 1]?.first ?? frame.nights.length);
    return html`<span class="zone ${zone.kind}" style="${place}" aria-hidden="true"><span>${name}</span></span>`;
  });
}

function nameOf(kind: ZoneKind, night: Night | undefined, before: ZoneKind | undefined): string | undefined {
  if (kind === 'lowerBound') return 'lower bounds';
  if (kind === 'untold') return 'cannot be told';
  return before !== undefined && night ? `exact from ${formatDayOfMonth(night.date)}` : undefined;
}

/** Whether the last days before the zone that have numbers are lower bounds. */
const followsBounds = (zones: readonly Zone[], index: number): boolean =>
  zones.slice(0, index).findLast(({ kind }) => kind === 'exact' || kind === 'lowerBound')?.kind === 'lowerBound';
