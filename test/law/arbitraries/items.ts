import fc from 'fast-check';
import type {
  ActivityInput,
  ConditionInput,
  ConditionsInput,
  TableDefinition,
} from '../../../src/domain/define-table.ts';
import { type Json, type JsonObject, object } from '../../oracle/json-writer.ts';
import { sumsOf } from '../reading/activity.ts';
import { namesOf } from '../reading/item.ts';
import { amounts, anyAttribute, BOOL, isObject, N, nearly, S } from './attributes.ts';
import { capturedBy } from './definitions.ts';
import { attributePaths, holeTexts, words } from './texts.ts';
import { timeAttributes, timeTexts } from './times.ts';

/** An item's attributes by their paths; undefined is one that is absent. */
export type Item = ReadonlyMap<string, Json | undefined>;

/** What holes take, by name. */
type Taken = Readonly<Record<string, string>>;

/** Attributes that have yet to be told what holes take. */
type Values = fc.Arbitrary<(taken: Taken) => Json | undefined>;

const same = (arbitrary: fc.Arbitrary<Json | undefined>): Values => arbitrary.map((value) => () => value);

const filled = (template: string, taken: Taken): string =>
  template.replaceAll(/\$\{(\w+)\*?\}/g, (_hole, name: string) => taken[name] ?? '');

const textOf = (template: string): Values => fc.constant((taken) => S(filled(template, taken)));

/** Values of which a condition holds. */
function fulfilling(condition: ConditionInput): Values {
  if (typeof condition === 'string') return textOf(condition);
  if ('startsWith' in condition) return same(words.map((text) => S(condition.startsWith + text)));
  if ('oneOf' in condition) return same(fc.constantFrom(...condition.oneOf).map(S));
  if ('exists' in condition) return same(condition.exists ? anyAttribute : fc.constant(undefined));
  if ('BOOL' in condition) return fc.constant(() => BOOL(condition.BOOL));
  if ('N' in condition) return fc.constant(() => N(condition.N));
  return typeof condition.not === 'object' && 'not' in condition.not
    ? fulfilling(condition.not.not)
    : breaking(condition.not);
}

const somethingElse = fc.constantFrom(undefined, S('something else'), N('17'));

/** Values of which it hardly ever holds. */
const breaking = (condition: ConditionInput): Values =>
  fc.oneof(
    fc.tuple(fulfilling(condition), nearly).map(
      ([value, change]) =>
        (taken: Taken) =>
          change(value(taken)),
    ),
    typeof condition === 'object' && 'exists' in condition
      ? fulfilling({ exists: !condition.exists })
      : { weight: 2, arbitrary: same(somethingElse) },
  );

const fulfillingAll = (conditions: ConditionsInput): [string, Values][] =>
  Object.entries(conditions).map(([path, condition]) => [path, fulfilling(condition)]);

/** What holes take in all activities of an item: a time, where one has its time in it. */
function takings({ activities, separator = '#' }: TableDefinition): fc.Arbitrary<Taken> {
  const texts: Record<string, fc.Arbitrary<string>> = {};
  for (const activity of Object.values(activities)) {
    for (const name of capturedBy(activity)) texts[name] ??= holeTexts(separator);
  }
  for (const { at } of Object.values(activities)) {
    if (typeof at === 'object' && 'hole' in at) texts[at.hole] = timeTexts(at.as);
  }
  return fc.record(texts);
}

/** An item's attributes as far as an activity looks at them; of a path that comes twice the last value holds. */
function valuesFor(table: TableDefinition, id: string): Map<string, Values> {
  const { at, on, is, read = {} } = table.activities[id] as ActivityInput;
  const time = typeof at === 'string' ? { attribute: at } : at;
  return new Map([
    ...(table.required ?? []).map((path): [string, Values] => [path, same(words.map(S))]),
    ...sumsOf(table, id).map((path): [string, Values] => [path, same(amounts.map(N))]),
    ...(time !== undefined && 'attribute' in time
      ? [[time.attribute, same(timeAttributes(time.as ?? 'auto'))] satisfies [string, Values]]
      : []),
    ...fulfillingAll(typeof on === 'object' ? on.becomes : {}),
    ...fulfillingAll(is),
    ...Object.entries(read).map(([path, written]): [string, Values] => [
      path,
      typeof written === 'string' ? textOf(written) : fc.constant((taken) => N(filled(written.N, taken))),
    ]),
  ]);
}

/** Items that are these activities, as far as all conditions, templates and types can be fulfilled at once. */
function rightItems(table: TableDefinition, activities: readonly string[]): fc.Arbitrary<Item> {
  const values = new Map(activities.flatMap((id) => [...valuesFor(table, id)]));
  const paths = [...values.keys()];
  return fc
    .tuple(takings(table), fc.tuple(...values.values()))
    .map(([taken, all]) => new Map(all.map((value, at) => [paths[at] as string, value(taken)])));
}

/** Makes an item one that it nearly was: another value at a path, or beside the map through which the path leads. */
export const nearlyThis: fc.Arbitrary<(item: Item) => Item> = fc
  .tuple(fc.nat(), fc.boolean(), nearly)
  .map(([place, beside, change]) => (item) => {
    const paths = [...item.keys()];
    const path = paths[place % paths.length];
    if (path === undefined) return item;
    const [name = '', ...rest] = namesOf(path);
    if (rest.length > 0 && beside) return new Map([[name.replaceAll('.', '\\.'), S('beside')], ...item]);
    return new Map([...item, [path, change(item.get(path))]]);
  });

/** Makes an item one that fulfilled nothing yet of what activities are about that it becomes. */
export const notYet = ({ activities }: TableDefinition): fc.Arbitrary<(item: Item) => Item> => {
  const paths = Object.values(activities).flatMap(({ on }) => (typeof on === 'object' ? Object.keys(on.becomes) : []));
  return somethingElse.map((value) => (item) => new Map([...item, ...paths.map((path) => [path, value] as const)]));
};

const foreign: fc.Arbitrary<Item> = fc
  .array(fc.tuple(fc.constantFrom(...attributePaths), anyAttribute), { maxLength: 4 })
  .map((entries) => new Map(entries));

/** Items of a definition: most of them one of its activities or all of them, or nearly so. */
export function items(table: TableDefinition): fc.Arbitrary<Item> {
  const ids = Object.keys(table.activities);
  const right = fc.oneof(
    { weight: 2 * ids.length, arbitrary: rightItems(table, ids) },
    ...ids.map((id) => rightItems(table, [id])),
  );
  return fc.oneof(
    { weight: 12, arbitrary: right },
    { weight: 3, arbitrary: fc.tuple(right, nearlyThis).map(([item, change]) => change(item)) },
    { weight: 1, arbitrary: fc.tuple(foreign, right).map(([other, item]) => new Map([...other, ...item])) },
    { weight: 1, arbitrary: foreign },
  );
}

/** The item as an image, keys of maps in their maps; a value that stands where there has to be a map is of two types. */
export function imageOf(item: Item): JsonObject {
  let image = object();
  for (const [path, value] of item) if (value !== undefined) image = withValue(image, namesOf(path), value);
  return image;
}

function withValue({ entries }: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const before = entries.find(([key]) => key === name)?.[1];
  const others = entries.filter(([key]) => key !== name);
  return object(...others, [
    name,
    rest.length === 0 ? value : withKey(isObject(before) ? before : object(), rest, value),
  ]);
}

function withKey({ entries }: JsonObject, path: readonly string[], value: Json): JsonObject {
  const map = entries.find(([type]) => type === 'M')?.[1];
  const others = entries.filter(([type]) => type !== 'M');
  return object(...others, ['M', withValue(isObject(map) ? map : object(), path, value)]);
}
