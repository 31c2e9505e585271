import type {
  AttributeDescription,
  KindDescription,
  Sizes,
  TableDescription,
} from '../../domain/describe/description.ts';
import { findingsIn } from '../../domain/describe/findings.ts';
import { dayOfMillis, formatDay } from '../../domain/utc-day.ts';
import { findingText } from './finding-words.ts';
import { patternText } from './words.ts';

/** What is in a table, for programs: schemas/describe-output.ts is its contract. */
export const toOutput = (description: TableDescription) => {
  const { export: facts, malformed, keys, areKeysTold, typeAttribute, kinds, others } = description;
  const { hasOldImages: _, ...exported } = facts;
  return {
    export: { ...exported, exportTime: new Date(facts.exportTime).toISOString() },
    malformed,
    key: { attributes: keys, isTold: areKeysTold },
    typeAttribute,
    ...sizes(description),
    kinds: kinds.map(kindOutput),
    others: others === null ? null : { kinds: others.kinds, ...sizes(others) },
    findings: findingsIn(description).map((finding) => ({
      code: finding.code,
      kind: finding.kind,
      attribute: finding.path,
      count: finding.count,
      text: findingText(finding),
    })),
  };
};

const sizes = ({ items, records, jsonBytes, itemBytes, largestBytes, changes }: Sizes) => ({
  records,
  items,
  bytes: {
    json: jsonBytes,
    items: itemBytes,
    meanItem: items === 0 ? null : Math.round(itemBytes / items),
    largestItem: items === 0 ? null : largestBytes,
  },
  changes: changes === null ? null : { new: changes.inserted, changed: changes.changed, deleted: changes.deleted },
});

const kindOutput = (kind: KindDescription) => ({
  name: kind.name,
  type: kind.type,
  share: rounded(kind.share),
  ...sizes(kind),
  attributes: kind.attributes.map(attributeOutput),
  otherAttributes: kind.unnamedAttributes,
});

interface AttributeOutput {
  readonly members: readonly AttributeOutput[];
  readonly [key: string]: unknown;
}

const attributeOutput = (attribute: AttributeDescription): AttributeOutput => ({
  name: attribute.name,
  isKey: attribute.isKey,
  items: attribute.items,
  share: rounded(attribute.share),
  types: Object.fromEntries(attribute.types.map(({ type, items }) => [type, items])),
  meaning: attribute.meaning,
  pattern:
    attribute.pattern === null
      ? null
      : { text: patternText(attribute.pattern, attribute.meaning), share: rounded(attribute.pattern.share) },
  values: attribute.values,
  times: attribute.times.map(({ form, items, range }) => ({
    form,
    items,
    from: range === null ? null : formatDay(dayOfMillis(range.from)),
    to: range === null ? null : formatDay(dayOfMillis(range.to)),
  })),
  decimals: attribute.fractions,
  inexactNumbers: attribute.inexactNumbers,
  members: attribute.members.map(attributeOutput),
  otherMembers: attribute.unnamedMembers,
});

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;
