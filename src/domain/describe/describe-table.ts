import { compareText } from '../text-order.ts';
import type { Context } from './describe-attribute.ts';
import { describeAttributes, mayBeConstant, unnamedIn } from './describe-attribute.ts';
import type { Changes, ExportFacts, KindDescription, Sizes, TableDescription } from './description.ts';
import { keysOnlyKin } from './gone-items.ts';
import { kindGroups, MIN_SHARED } from './kind-groups.ts';
import { nameKinds } from './kind-names.ts';
import { KindStatistics } from './kind-statistics.ts';
import type { TableStatistics } from './table-statistics.ts';

/** More kinds than these are a table that nobody reads. */
const MAX_KINDS = 64;

interface FoundKind {
  readonly type: string | null;
  readonly statistics: KindStatistics;
}

/** What the statistics come to. They must not be used any more: kinds that prove the same are put together. */
export function describeTable(statistics: TableStatistics, facts: ExportFacts): TableDescription {
  const { plan, malformed, surroundings } = statistics;
  const kinds = findKinds(statistics).sort(
    ({ statistics: a }, { statistics: b }) => b.items - a.items || b.records - a.records,
  );
  const isShown = ({ type, statistics: { records } }: FoundKind): boolean =>
    records >= MIN_SHARED &&
    (type === null || mayBeConstant({ word: type, count: records, label: null }, surroundings.people));
  const shown = kinds.filter(isShown).slice(0, MAX_KINDS);
  const hidden = kinds.filter((kind) => !shown.includes(kind)).map((kind) => kind.statistics);
  const { rare } = statistics.shaped;
  const others = joined(rare.leaf === undefined ? hidden : [...hidden, rare.leaf]);
  const sums = sumOf([...shown.map((kind) => kind.statistics), others]);
  return {
    export: facts,
    malformed,
    ...plan,
    ...sizesOf(sums, facts),
    kinds: describeKinds(shown, sums, statistics, facts),
    others: others.records === 0 ? null : { ...sizesOf(others, facts), kinds: hidden.length + rare.shapes },
  };
}

function findKinds({ typed, shaped, plan }: TableStatistics): FoundKind[] {
  const ofType = [...typed].map(([type, statistics]) => ({ type, statistics }));
  keysOnlyKin(shaped, ofType, plan.keys);
  const ignored = new Set([...plan.keys, ...(plan.typeAttribute === null ? [] : [plan.typeAttribute])]);
  const ofShape = kindGroups(shaped.root, ignored).map(({ leaves }) => ({ type: null, statistics: joined(leaves) }));
  return [...ofType, ...ofShape].filter(({ statistics }) => statistics.records > 0);
}

function joined(parts: readonly KindStatistics[]): KindStatistics {
  const all = new KindStatistics();
  for (const part of parts) all.merge(part);
  return all;
}

type Counts = Pick<
  KindStatistics,
  'records' | 'items' | 'changed' | 'deleted' | 'jsonBytes' | 'itemBytes' | 'largestBytes'
>;

function sumOf(all: readonly Counts[]): Counts {
  const sum = (count: (one: Counts) => number): number => all.reduce((total, one) => total + count(one), 0);
  return {
    records: sum(({ records }) => records),
    items: sum(({ items }) => items),
    changed: sum(({ changed }) => changed),
    deleted: sum(({ deleted }) => deleted),
    jsonBytes: sum(({ jsonBytes }) => jsonBytes),
    itemBytes: sum(({ itemBytes }) => itemBytes),
    largestBytes: Math.max(0, ...all.map(({ largestBytes }) => largestBytes)),
  };
}

const sizesOf = (counts: Counts, facts: ExportFacts): Sizes => {
  const { records, items, jsonBytes, itemBytes, largestBytes } = counts;
  return { records, items, jsonBytes, itemBytes, largestBytes, changes: changesOf(counts, facts) };
};

function changesOf({ items, changed, deleted }: Counts, { exportType, hasOldImages }: ExportFacts): Changes | null {
  if (exportType === 'FULL_EXPORT') return null;
  return hasOldImages ? { inserted: items - changed, changed, deleted } : { inserted: null, changed: null, deleted };
}

function describeKinds(
  kinds: readonly FoundKind[],
  sums: Counts,
  { plan, surroundings }: TableStatistics,
  facts: ExportFacts,
): KindDescription[] {
  const described = kinds.map(({ type, statistics }) => {
    const context: Context = { ...plan, ...surroundings, items: statistics.items, mostOf: 0 };
    const attributes = describeAttributes(statistics.attributes, context);
    return {
      type,
      ...sizesOf(statistics, facts),
      share: sums.items === 0 ? 0 : statistics.items / sums.items,
      attributes,
      unnamedAttributes: unnamedIn(statistics.attributes, attributes),
    };
  });
  const unnamed = described.filter(({ type }) => type === null);
  const names = nameKinds(
    unnamed.map(({ items, attributes }) => ({
      items,
      keys: attributes.filter(({ isKey }) => isKey).map(({ pattern }) => pattern),
    })),
    described.flatMap(({ type }) => type ?? []),
  );
  return described
    .map((kind) => ({ ...kind, name: kind.type ?? names[unnamed.indexOf(kind)] ?? '' }))
    .sort((a, b) => b.items - a.items || b.records - a.records || compareText(a.name, b.name));
}
