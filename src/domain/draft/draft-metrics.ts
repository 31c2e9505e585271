import type { ActivityInput, MetricInput } from '../define-table.ts';
import { camelName, capital, freeName, inWords, pluralOf } from './names.ts';
import type { PathDescription } from './paths.ts';

/** Sums of more attributes than these are for a person to choose. */
const MAX_SUMS = 2;

/** What the metrics of a kind are told by. */
export interface MetricSource {
  /** Of the kind; an activity of another name is that of new ones. */
  readonly name: string;
  readonly activities: Readonly<Record<string, ActivityInput>>;
  /** Whether one of them, of the kind's own name, is by when items were last written. */
  readonly hasUpdates: boolean;
  readonly hasUser: boolean;
}

/**
 * The metrics of a kind's activities: how many, by whom, and what they come to.
 * @param taken names that other metrics have already; those of these are put to it
 */
export function draftMetrics(
  paths: readonly PathDescription[],
  { name, activities, hasUpdates, hasUser }: MetricSource,
  taken: Set<string>,
): Record<string, MetricInput> {
  const metrics = Object.entries(activities).flatMap(([activity, input]) => {
    const { on } = input;
    const description = descriptionOf(input, hasUpdates && activity === name);
    const ids = activity === name ? pluralOf(name) : `new${capital(pluralOf(name))}`;
    const words = activity === name ? pluralOf(inWords(name)) : `new ${pluralOf(inWords(name))}`;
    return [
      ...(hasUser ? [[`${activity}Users`, { ...users(activity, words), description }] as const] : []),
      [ids, { ...count(activity, words, hasUser), description }] as const,
      ...(on === 'insert'
        ? sums(paths, activity, words).map(([id, sum]) => [id, { ...sum, description }] as const)
        : []),
    ];
  });
  return Object.fromEntries(metrics.map(([id, metric]) => [freeName(id, taken), metric]));
}

/** What a person has to know of the number, for JSON has no comments. */
function descriptionOf({ at, on }: ActivityInput, isUpdate: boolean): string {
  const time =
    typeof at === 'string'
      ? at
      : at === undefined
        ? ''
        : 'attribute' in at
          ? at.attribute
          : `the ${at.hole} in the key`;
  const which =
    on === 'insert'
      ? 'those that were not there before'
      : isUpdate
        ? 'those last written on the day'
        : 'those of the day';
  return `By ${time}: ${which}`;
}

const users = (activity: string, words: string): MetricInput => ({
  of: activity,
  measure: 'distinctUsers',
  title: `Users with ${words}`,
});

const count = (activity: string, words: string, hasUser: boolean): MetricInput => ({
  of: activity,
  measure: hasUser ? 'countPerUser' : 'count',
  title: capital(words),
});

const sums = (paths: readonly PathDescription[], activity: string, words: string): [string, MetricInput][] =>
  paths
    .filter(isSummable)
    .slice(0, MAX_SUMS)
    .map(({ name, path }) => [
      `${activity}${capital(camelName(name, 'amount'))}`,
      {
        of: activity,
        measure: { sum: path },
        title: `${capital(inWords(camelName(name, 'amount')))} of ${words}`,
      },
    ]);

const NEARLY_ALL = 0.95;

const isSummable = ({ meaning, share, types, items }: PathDescription): boolean =>
  meaning === 'amount' &&
  share >= NEARLY_ALL &&
  (types.find(({ type }) => type === 'N')?.items ?? 0) >= items * NEARLY_ALL;
