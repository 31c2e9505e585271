import type { ActivityInput, TableDefinition } from '../../../src/domain/define-table.ts';
import { faultOf, type Happened, Malformed, readActivity } from './activity.ts';
import { takenByAll } from './condition.ts';
import { has, isMembers, type Members } from './item.ts';
import { canTell, type Manifest } from './manifest.ts';

export interface Readable {
  readonly hasImage: boolean;
  readonly happened: readonly Happened[];
  /** The day of which the item had been put as the same activity when the window began; undefined where it had not. */
  readonly dayBefore: (activity: string) => number | undefined;
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
    if (looked === undefined || taken === undefined) continue;
    const found = readActivity(id, looked, taken, table, manifest);
    if (found instanceof Malformed) return found;
    happened.push(found);
  }
  return { hasImage, happened, dayBefore: (id) => dayBefore(id, record.OldImage, table, manifest) };
}

function dayBefore(id: string, image: unknown, table: TableDefinition, manifest: Manifest): number | undefined {
  const { is, on = 'put' } = table.activities[id] as ActivityInput;
  const taken = on === 'put' ? takenByAll(image, is, table.separator) : undefined;
  const found = taken && readActivity(id, membersOf(image), taken, table, manifest);
  return found === undefined || found instanceof Malformed ? undefined : found.day;
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
