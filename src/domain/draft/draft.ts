import type { ActivityInput, MetricInput, TableDefinition } from '../define-table.ts';
import { MAX_ACTIVITIES, MAX_ATTRIBUTES, MAX_METRICS } from '../definition.ts';
import type { KindDescription, TableDescription } from '../describe/description.ts';
import { isSegment } from '../describe/pattern.ts';
import { draftKind, type KindDraft } from './draft-kind.ts';
import { sharedWords } from './places.ts';

/** A definition of what seems to happen in a table, and what a person has to answer before it is of use. */
export interface Draft {
  /** Null where no kind can be drafted. */
  readonly definition: TableDefinition | null;
  readonly questions: readonly string[];
}

/** The largest kinds first, as many as a definition holds. */
export function draftDefinition(description: TableDescription): Draft {
  const { kinds, typeAttribute } = description;
  const required = requiredOf(description);
  const context = {
    typeAttribute,
    hasOldImages: description.export.hasOldImages && description.export.exportType === 'INCREMENTAL_EXPORT',
    sharedWords: sharedWords(description),
    kinds: kinds.filter(({ items }) => items > 0),
    taken: { activities: new Set<string>(), metrics: new Set<string>() },
  };
  const questions: string[] = [...keyQuestions(description)];
  let parts: KindDraft[] = [];
  for (const kind of context.kinds) {
    const drafted = draftKind(kind, context);
    questions.push(...drafted.questions);
    if (!('activities' in drafted)) continue;
    if (fits([...parts, drafted], required)) parts = [...parts, drafted];
    else questions.push(`"${kind.name}" is left out: a definition holds no more. What else can go?`);
  }
  if (parts.length === 0) return { definition: null, questions };
  if (!parts.some(({ usesApp }) => usesApp))
    questions.push('Are there apps, tenants or stores to tell apart? None was found: all counts as the app "all".');
  return { definition: { ...head(description, required), ...joined(parts) }, questions };
}

const joined = (parts: readonly KindDraft[]) => ({
  activities: merged(parts.map(({ activities }) => activities)),
  metrics: merged(parts.map(({ metrics }) => metrics)),
});

const merged = <T>(all: readonly Readonly<Record<string, T>>[]): Record<string, T> =>
  Object.fromEntries(all.flatMap((one) => Object.entries(one)));

function head(description: TableDescription, required: readonly string[]) {
  const separator = separatorOf(description.kinds);
  return {
    version: 1 as const,
    ...(separator === undefined ? {} : { separator }),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** Attributes of the key are everywhere; text they have to be for templates. */
const requiredOf = ({ keys, kinds }: TableDescription): string[] =>
  keys
    .filter((name) =>
      kinds.every(({ attributes, items }) => {
        const key = attributes.find((attribute) => attribute.name === name);
        return items === 0 || (key?.types.length === 1 && key.types[0]?.type === 'S');
      }),
    )
    .map((name) => name.replaceAll('.', '\\.'));

/** What parts of keys are separated by most, weighed by items. */
function separatorOf(kinds: readonly KindDescription[]): string | undefined {
  const weights = new Map<string, number>();
  for (const { attributes, items } of kinds) {
    for (const { isKey, pattern } of attributes) {
      if (!isKey || pattern === null || !pattern.parts.some(isSegment)) continue;
      const literals = pattern.parts.filter((part) => !isSegment(part)).join('');
      const found = SEPARATORS.find((separator) => literals.includes(separator));
      if (found !== undefined) weights.set(found, (weights.get(found) ?? 0) + items);
    }
  }
  return [...weights].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** In the order in which texts are parted by them. */
const SEPARATORS = ['#', '|', '~', ':', '/', '-', '_', '.'];

function fits(parts: readonly KindDraft[], required: readonly string[]): boolean {
  const { activities, metrics } = joined(parts);
  return (
    Object.keys(activities).length <= MAX_ACTIVITIES &&
    Object.keys(metrics).length <= MAX_METRICS &&
    attributesIn(activities, metrics, required).size <= MAX_ATTRIBUTES
  );
}

const attributesIn = (
  activities: Readonly<Record<string, ActivityInput>>,
  metrics: Readonly<Record<string, MetricInput>>,
  required: readonly string[],
): ReadonlySet<string> =>
  new Set([
    ...required,
    ...Object.values(activities).flatMap(({ is, read = {}, at }) => [
      ...Object.keys(is),
      ...Object.keys(read),
      ...(typeof at === 'string' ? [at] : at !== undefined && 'attribute' in at ? [at.attribute] : []),
    ]),
    ...Object.values(metrics).flatMap(({ measure }) => (typeof measure === 'object' ? [measure.sum] : [])),
  ]);

/** A full export does not say which attributes are keys; names that are usual are believed. */
const keyQuestions = ({ keys, areKeysTold }: TableDescription): string[] =>
  areKeysTold || keys.length === 0 || keys.every((name) => /^(?:pk|sk)$/i.test(name))
    ? []
    : [`${keys.length > 1 ? 'Are' : 'Is'} ${keys.join(' and ')} the key? A full export does not say: it was guessed.`];
