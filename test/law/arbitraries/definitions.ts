import fc from 'fast-check';
import type {
  ActivityInput,
  ConditionsInput,
  MetricInput,
  TableDefinition,
  TimeInput,
} from '../../../src/domain/define-table.ts';
import { type TimeForm, timeForms } from '../../../src/domain/definition.ts';
import { holesOf } from '../reading/template.ts';
import { conditions, conditionsWithoutHoles } from './conditions.ts';
import { objectOf } from './objects.ts';
import { readTemplates, templates } from './templates.ts';
import { activityIds, attributeNames, attributePaths, metricIds, separators } from './texts.ts';

/**
 * The attributes of a table. An activity has its conditions on some, reads others and has its time in one of its own,
 * so that there can be items of which all holds; once in a while it takes any for any purpose.
 */
interface Paths {
  readonly all: readonly string[];
  readonly is: readonly string[];
  readonly read: readonly string[];
  readonly time: readonly string[];
  readonly becomes: readonly string[];
  readonly sum: readonly string[];
  readonly required: readonly string[];
}

const tidy = (all: readonly string[]): Paths => ({
  all,
  is: all.slice(0, 3),
  read: all.slice(3, 5),
  time: all.slice(5, 6),
  becomes: all.slice(6, 8),
  sum: all.slice(8, 10),
  required: all.slice(10, 11),
});
const untidy = (all: readonly string[]): Paths => {
  const some = all.slice(0, 4);
  return { all, is: some, read: some, time: some, becomes: some, sum: some, required: some };
};

const eleven = (paths: readonly string[]) => fc.shuffledSubarray([...paths], { minLength: 11, maxLength: 11 });

/** The fast reader takes no definition that names a key of a map; others are for its own way. */
const tables = fc
  .tuple(
    fc.oneof({ weight: 2, arbitrary: eleven(attributeNames) }, eleven(attributePaths)),
    fc.constantFrom(tidy, tidy, tidy, tidy, tidy, tidy, untidy),
  )
  .map(([paths, arrange]) => arrange(paths));

type Reads = NonNullable<ActivityInput['read']>;

interface ActivityChoice {
  readonly is: number;
  readonly read: Reads;
  readonly readPrefixed: string;
  readonly time: { readonly kind: 'none' | 'attribute' | 'hole'; readonly path: string; readonly hole: number };
  readonly as: TimeForm | undefined;
  readonly on: ActivityInput['on'];
}

/** Which holes are captured and which conditions there are is known only when all is put together. */
const activityChoices = (separator: string, paths: Paths): fc.Arbitrary<ActivityChoice> =>
  fc.record({
    is: fc.nat(2),
    read: objectOf(paths.read, readTemplates(separator), 0, 2),
    readPrefixed: templates(separator),
    time: fc.record({
      kind: fc.constantFrom(
        'attribute' as const,
        'attribute' as const,
        'attribute' as const,
        'hole' as const,
        'none' as const,
      ),
      path: fc.constantFrom(...paths.time),
      hole: fc.nat(5),
    }),
    as: fc.constantFrom(undefined, undefined, undefined, ...timeForms),
    on: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(undefined, 'put' as const, 'insert' as const, 'delete' as const) },
      objectOf(paths.becomes, conditionsWithoutHoles, 1, 2).map((becomes) => ({ becomes })),
    ),
  });

function activityOf(choice: ActivityChoice, alternatives: readonly ConditionsInput[]): ActivityInput {
  const is = alternatives[choice.is % alternatives.length] as ConditionsInput;
  const read = { ...choice.read, ...behindPrefix(is, choice.readPrefixed) };
  const at = timeOf(choice, capturedBy({ is, read }));
  return {
    is,
    ...(Object.keys(read).length > 0 && { read }),
    ...(at !== undefined && { at }),
    ...(choice.on !== undefined && { on: choice.on }),
  };
}

/** An attribute that has to begin with a text can be read by a template that begins with it, as games are. */
function behindPrefix(is: ConditionsInput, template: string): Reads {
  const found = Object.entries(is).find(([, condition]) => typeof condition === 'object' && 'startsWith' in condition);
  if (found === undefined) return {};
  const [path, condition] = found;
  return Object.fromEntries([[path, `${(condition as { readonly startsWith: string }).startsWith}${template}`]]);
}

/** The names of all holes that are captured. */
export const capturedBy = ({ is, read = {} }: Pick<ActivityInput, 'is' | 'read'>): string[] => [
  ...new Set(
    [...Object.values(is), ...Object.values(read)].flatMap((written) =>
      typeof written === 'string' ? holesOf(written) : 'N' in written ? holesOf(written.N) : [],
    ),
  ),
];

function timeOf({ time: { kind, path, hole }, as }: ActivityChoice, holes: readonly string[]): TimeInput | undefined {
  if (kind === 'none') return undefined;
  if (kind === 'hole' && holes.length > 0) {
    return { hole: holes[hole % holes.length] as string, as: as === undefined || as === 'auto' ? 'date' : as };
  }
  return as === undefined ? path : { attribute: path, as };
}

interface MetricChoice {
  readonly activity: number;
  readonly measure: number;
  readonly path: string;
}

const metricChoices = (paths: Paths): fc.Arbitrary<MetricChoice> =>
  fc.record({ activity: fc.nat(5), measure: fc.nat(11), path: fc.constantFrom(...paths.sum) });

function metricOf({ activity, measure, path }: MetricChoice, activities: TableDefinition['activities']): MetricInput {
  const entries = Object.entries(activities);
  const [of, input] = entries[activity % entries.length] as [string, ActivityInput];
  const measures: MetricInput['measure'][] = [
    'count',
    ...(capturedBy(input).includes('user') ? (['distinctUsers', 'countPerUser'] as const) : []),
    ...(input.on === undefined || input.on === 'put' ? [] : [{ sum: path }, { sum: path }]),
  ];
  return { of, measure: measures[measure % measures.length] as MetricInput['measure'] };
}

const mapValues = <V, W>(values: Readonly<Record<string, V>>, map: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));

/** Definitions that are right, with all that their grammar has. */
export const definitions: fc.Arbitrary<TableDefinition> = fc
  .tuple(fc.option(fc.constantFrom(...separators), { nil: undefined }), tables)
  .chain(([separator, paths]) =>
    fc
      .record({
        required: fc.constantFrom(undefined, undefined, undefined, paths.required),
        app: fc.constantFrom(undefined, undefined, 'shop', '__proto__', 'été', 'x#', 'constructor'),
        // Of two activities with the same conditions an item is both.
        is: fc.array(conditions(separator ?? '', paths.is), { minLength: 1, maxLength: 3 }),
        activities: objectOf(activityIds, activityChoices(separator ?? '', paths), 1, 3),
        metrics: objectOf(metricIds, metricChoices(paths), 1, 5),
      })
      .map(({ required, app, is, ...choices }) => {
        const activities = mapValues(choices.activities, (choice) => activityOf(choice, is));
        return {
          version: 1 as const,
          ...(separator !== undefined && { separator }),
          ...(required !== undefined && { required }),
          ...(app !== undefined && { app }),
          activities,
          metrics: mapValues(choices.metrics, (choice) => metricOf(choice, activities)),
        };
      }),
  );
