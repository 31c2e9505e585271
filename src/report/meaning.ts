import type { TableDefinition } from '../domain/define-table.ts';
import type { Definition } from '../domain/definition.ts';

/**
 * What a metric meant when a day was counted by a definition: where two days differ in it, their numbers are not
 * comparable. A definition of which nothing more is known than its hash means something of its own.
 * @param definition a hash
 */
export type MeaningOf = (definition: string, metric: string) => string;

export function meaningsOf(definitions: readonly Definition[]): MeaningOf {
  const known = new Map(definitions.map((definition) => [definition.hash, meaningsIn(definition)]));
  return (definition, metric) => known.get(definition)?.get(metric) ?? definition;
}

/** How each metric is counted: its activity, what it measures of it, and what holds for all items. Names do not matter. */
function meaningsIn({ json }: Definition): Map<string, string> {
  const { separator, required, app, activities, metrics } = JSON.parse(json) as TableDefinition;
  return new Map(
    Object.entries(metrics).map(([id, { of, measure }]) => [
      id,
      JSON.stringify([measure, activities[of], separator, required, app], sortedKeys),
    ]),
  );
}

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
