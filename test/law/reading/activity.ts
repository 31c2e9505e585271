import type { ActivityInput, TableDefinition, TimeInput } from '../../../src/domain/define-table.ts';
import { type Decimal, isHeld, parseDecimal } from './decimal.ts';
import { attributeOf, type Members, textOf } from './item.ts';
import { type Manifest, wholeDayOf } from './manifest.ts';
import { holesOf, match, type Taken } from './template.ts';
import { dayOf, typesOf } from './time.ts';

/** One activity of a record, of a day that may lie in the window or not. */
export interface Happened {
  readonly activity: string;
  readonly day: number;
  readonly app: string;
  /** Undefined where the activity names no user. */
  readonly user: string | undefined;
  /** By attribute. */
  readonly amounts: ReadonlyMap<string, Decimal>;
}

/** A record is malformed for this reason. */
export class Malformed {
  constructor(readonly reason: string) {}
}

/** Reads an item that is the activity; `matched` is what its conditions have taken. */
export function readActivity(
  id: string,
  image: Members,
  matched: Taken,
  table: TableDefinition,
  manifest: Manifest,
): Happened | Malformed {
  const activity = table.activities[id] as ActivityInput;
  const reads = readsOf(activity);
  const sums = sumsOf(table, id);
  const at = typeof activity.at === 'string' ? { attribute: activity.at } : activity.at;
  const faults = [
    ...reads.flatMap(({ path, type }) => faultOf(image, path, [type])),
    ...(at !== undefined && 'attribute' in at ? faultOf(image, at.attribute, typesOf(at.as ?? 'auto')) : []),
    ...sums.flatMap((path) => faultOf(image, path, ['N'])),
  ];
  if (faults[0] !== undefined) return faults[0];

  let taken = matched;
  for (const { path, type, template } of reads) {
    const more = match(template, textOf(attributeOf(image, path), type) as string, table.separator, taken);
    if (more === undefined) return new Malformed(`${path}.format`);
    taken = more;
  }
  const day = at === undefined ? wholeDayOf(manifest) : dayIn(image, at, taken);
  if (day === undefined) return new Malformed(`${whereTimeStands(activity)}.format`);
  const amounts = new Map<string, Decimal>();
  for (const path of sums) {
    const amount = parseDecimal(textOf(attributeOf(image, path), 'N') as string);
    if (amount === undefined || !isHeld(amount)) return new Malformed(`${path}.format`);
    amounts.set(path, amount);
  }
  const [app, user] = [taken.get('app') ?? table.app ?? 'all', taken.get('user')];
  if (app.startsWith('#')) return new Malformed('app.reserved');
  if (bytesOf(app) > 255) return new Malformed(`${whereHoleIs(activity, 'app')}.tooLong`);
  if (bytesOf(user ?? '') > 1024) return new Malformed(`${whereHoleIs(activity, 'user')}.tooLong`);
  return { activity: id, day, app, user, amounts };
}

const readsOf = ({ read = {} }: ActivityInput) =>
  Object.entries(read).map(([path, written]) =>
    typeof written === 'string'
      ? { path, type: 'S' as const, template: written }
      : { path, type: 'N' as const, template: written.N },
  );

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The attributes that metrics of the activity add up, in the order of the metrics. */
export const sumsOf = (table: TableDefinition, activity: string): string[] => [
  ...new Set(
    Object.values(table.metrics).flatMap(({ of, measure }) =>
      of === activity && typeof measure === 'object' ? [measure.sum] : [],
    ),
  ),
];

/** Malformed, where the attribute is not there or of none of these types. */
export function faultOf(image: unknown, path: string, types: readonly ('S' | 'N')[]): Malformed[] {
  const attribute = attributeOf(image, path);
  if (attribute === undefined) return [new Malformed(`${path}.missing`)];
  return types.some((type) => textOf(attribute, type) !== undefined) ? [] : [new Malformed(`${path}.type`)];
}

function dayIn(image: Members, at: Exclude<TimeInput, string>, taken: Taken): number | undefined {
  if ('hole' in at) return dayOf(taken.get(at.hole) as string, at.as, 'hole');
  const attribute = attributeOf(image, at.attribute);
  const type = textOf(attribute, 'N') === undefined ? 'S' : 'N';
  return dayOf(textOf(attribute, type) as string, at.as ?? 'auto', type);
}

function whereTimeStands(activity: ActivityInput): string | undefined {
  if (typeof activity.at === 'string') return activity.at;
  if (activity.at === undefined) return undefined;
  return 'attribute' in activity.at ? activity.at.attribute : whereHoleIs(activity, activity.at.hole);
}

/** The first attribute in whose template a hole of the name is; those of `is` come before those of `read`. */
function whereHoleIs(activity: ActivityInput, name: string): string | undefined {
  const matched = Object.entries(activity.is).map(([path, written]) => ({ path, template: written }));
  return [...matched, ...readsOf(activity)].find(
    ({ template }) => typeof template === 'string' && holesOf(template).includes(name),
  )?.path;
}
