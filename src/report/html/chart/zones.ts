import { formatDayOfMonth } from '../../format.ts';
import { isRed, type Night } from '../../nights.ts';
import { html, type Markup } from '../markup.ts';
import type { Frame } from './frame.ts';
import { CHART_WIDTH, percentOf } from './scales.ts';

/** What neighbouring days have in common; `none` are those that are not due yet. */
type ZoneKind = 'exact' | 'lowerBound' | 'gap' | 'untold' | 'none';

interface Zone {
  readonly kind: ZoneKind;
  /** What the metric means in it; null where nothing was counted. */
  readonly meaning: string | null;
  /** Index of the first day, and of the day behind the last one. */
  readonly first: number;
  readonly end: number;
}

/** Which kinds occur in a chart: its legend explains them. */
export const zoneKinds = (frame: Frame): Set<ZoneKind> => new Set(zonesOf(frame).map(({ kind }) => kind));

/** The days from which another definition counts. */
export const redefinedFrom = (frame: Frame): readonly Night[] => {
  const zones = zonesOf(frame);
  const first = zones.filter((_zone, index) => isRedefined(zones, index)).map((zone) => frame.nights[zone.first]);
  return first.filter((night) => night !== undefined);
};

/** Behind the lines: lower bounds hatched, days without a number shaded, and a boundary where another way to count begins. */
export const zoneShapes = (frame: Frame): Markup[] =>
  zonesOf(frame).flatMap((zone, index, zones) => {
    const isNew = isRedefined(zones, index);
    const isBare = zone.kind === 'none' || (zone.kind === 'exact' && !isNew && !followsBounds(zones, index));
    const kind = isNew ? html`${zone.kind} redefined` : zone.kind;
    return isBare ? [] : html`<i class="shape ${kind}" style="${placeOf(frame, zone.first, zone.end)}"></i>`;
  });

const placeOf = ({ days }: Frame, first: number, end: number): string =>
  `left:${percentOf(days.left(first), CHART_WIDTH)};width:${percentOf(days.left(end) - days.left(first), CHART_WIDTH)}`;

/** Above the lines: what a zone is, said where it begins. A name has room as far as the next one; the style hides it where that is not enough. */
export function zoneNames(frame: Frame): Markup[] {
  const zones = zonesOf(frame).filter(({ kind }) => kind !== 'gap' && kind !== 'none');
  const changes = zones.filter(({ kind }, index) => kind !== zones[index - 1]?.kind || isRedefined(zones, index));
  return changes.flatMap((zone, index) => {
    const night = frame.nights[zone.first];
    const name = isRedefined(changes, index) ? 'new definition' : nameOf(zone.kind, night, changes[index - 1]?.kind);
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

/** Whether the last days before the zone that were counted are so by another meaning of the metric. */
function isRedefined(zones: readonly Zone[], index: number): boolean {
  const [zone, before] = [zones[index], zones.slice(0, index).findLast(({ meaning }) => meaning !== null)];
  return zone?.meaning != null && before !== undefined && before.meaning !== zone.meaning;
}

function zonesOf({ nights, meanings, lines }: Frame): Zone[] {
  const zones: Zone[] = [];
  nights.forEach((night, index) => {
    const isTold = lines.some(({ values }) => typeof values[index] === 'number');
    const kind = kindOf(night, isTold);
    const meaning = meanings[index] ?? null;
    const last = zones.at(-1);
    if (last?.kind === kind && last.meaning === meaning) zones[zones.length - 1] = { ...last, end: index + 1 };
    else zones.push({ kind, meaning, first: index, end: index + 1 });
  });
  return zones;
}

function kindOf({ state, entry }: Night, isTold: boolean): ZoneKind {
  if (isRed(state)) return 'gap';
  if (entry === undefined) return 'none';
  // A finished night without a number: its export cannot tell this metric.
  return isTold ? entry.quality : 'untold';
}
