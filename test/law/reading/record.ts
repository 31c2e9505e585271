import type { ActivityInput, TableDefinition, TimeInput } from '../../../src/domain/define-table.ts';
import { takenByAll } from './condition.ts';
import { type Decimal, isHeld, parseDecimal } from './decimal.ts';
import { attributeOf, has, isMembers, type Members, textOf } from './item.ts';
import { canTell, type Manifest, wholeDayOf } from './manifest.ts';
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

export interface Readable {
  readonly hasImage: boolean;
  readonly happened: readonly Happened[];
}

/** What a line says; it is not blank. */
export function readRecord(line: Uint8Array, table: TableDefinition, manifest: Manifest): Readable | Malformed {
  const record = recordIn(line);
  if (record instanceof Malformed) return record;
  const image = has(record, 'Item') ? record.Item : record.NewImage;
  const hasImage = image !== undefined;
  const faults = hasImage ? (table.required ?? []).flatMap((path) => faultOf(image, path, ['S'])) : [];
  if (faults[0] !== undefined) return faults[0];
  const happened: Happened[] = [];
  for (const [id, activity] of Object.entries(table.activities)) {
    const looked = canTell(activity, manifest) ? lookedAt(activity, record, image, table.separator) : undefined;
    const taken = looked && takenByAll(looked, activity.is, table.separator);
    if (taken === undefined) continue;
    const found = readActivity(id, looked, taken, table, manifest);
    if (found instanceof Malformed) return found;
    happened.push(found);
  }
  return { hasImage, happened };
}

function recordIn(line: Uint8Array): Members | Malformed {
  let text: string;
  let record: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  } catch {
    return new Malformed('line.utf8');
  }
  try {
    record = JSON.parse(text);
  } catch {
    return new Malformed('line.json');
  }
  if (!isMembers(record)) return new Malformed('line.object');
  if (has(record, 'Item') || has(record, 'NewImage')) {
    const image = has(record, 'Item') ? record.Item : record.NewImage;
    return isMembers(image) ? record : new Malformed('image.object');
  }
  return has(record, 'Keys') || has(record, 'OldImage') ? record : new Malformed('image.missing');
}

/** The image in which the activity is looked for; undefined where `on` does not hold. */
function lookedAt(
  { on = 'put' }: ActivityInput,
  record: Members,
  image: unknown,
  separator: string | undefined,
): Members | undefined {
  const gone = image === undefined;
  const wasThere = has(record, 'OldImage');
  if (on === 'delete') return gone ? membersOf(wasThere ? record.OldImage : record.Keys) : undefined;
  if (gone) return undefined;
  if (on === 'put') return membersOf(image);
  if (on === 'insert') return wasThere ? undefined : membersOf(image);
  const fulfils = (state: unknown) => takenByAll(state, on.becomes, separator) !== undefined;
  return fulfils(image) && !(wasThere && fulfils(record.OldImage)) ? membersOf(image) : undefined;
}

/** What is no object has no attributes. */
const membersOf = (image: unknown): Members => (isMembers(image) ? image : {});

function readActivity(
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
function faultOf(image: unknown, path: string, types: readonly ('S' | 'N')[]): Malformed[] {
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
