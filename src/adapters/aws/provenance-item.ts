import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { FIRST_DEFINITION, type Provenance } from '../../domain/provenance.ts';
import type { MetricValue, Summary } from '../../domain/summary.ts';
import { mapFrom, mapOf, nothing, nullOr, number, numberValue, text, textValue } from './attribute-values.ts';

/** The attributes that records and ledger entries have in common. */
export const provenanceItem = ({ exportId, exportType, exportTime, quality, definition }: Provenance) => ({
  exportId: text(exportId),
  exportType: text(exportType),
  exportTime: text(exportTime),
  quality: text(quality),
  definition: text(definition),
});

export const provenanceShape = {
  exportId: textValue,
  exportType: z
    .object({ S: z.enum(['FULL_EXPORT', 'INCREMENTAL_EXPORT'], 'FULL_EXPORT or INCREMENTAL_EXPORT') })
    .transform(({ S }) => S),
  exportTime: textValue,
  quality: z.object({ S: z.enum(['exact', 'lowerBound'], 'exact or lowerBound') }).transform(({ S }) => S),
  definition: textValue.default(FIRST_DEFINITION),
};

/** A metric's number: a sum, which may have more digits than a number of DynamoDB's, as text. */
export function valueItem(value: MetricValue): AttributeValue {
  if (value === null) return nothing;
  return typeof value === 'number' ? number(value) : text(value);
}

export const summaryItem = (summary: Summary): AttributeValue => mapFrom(Object.entries(summary), valueItem);

/** Whatever metrics it has: those of the definition by which it was counted. */
export const summaryValue = mapOf(nullOr(z.union([numberValue, textValue]))).transform(
  (values): Summary => Object.fromEntries(values),
);

/**
 * `domain/provenance.mayReplace` in DynamoDB's own terms: true where nothing stands under the key, or what stands there
 * may be replaced. For `ConditionExpression`; its values and names go along.
 */
export const mayReplaceCondition = ({ exportId, exportTime, quality, definition }: Provenance) => ({
  ConditionExpression: [
    'attribute_not_exists(#date)',
    ...(quality === 'exact' ? ['quality = :lowerBound'] : []),
    `(quality = :quality AND (${[
      ...othersDefinition(definition),
      'exportTime < :exportTime',
      '(exportTime = :exportTime AND exportId <= :exportId)',
    ].join(' OR ')}))`,
  ].join(' OR '),
  ExpressionAttributeNames: { '#date': 'date', '#definition': 'definition' },
  ExpressionAttributeValues: {
    ':quality': text(quality),
    ':exportTime': text(exportTime),
    ':exportId': text(exportId),
    ':definition': text(definition),
    ...(quality === 'exact' ? { ':lowerBound': text('lowerBound') } : {}),
  },
});

/** A record that does not say which definition has counted it was counted by the first one. */
const othersDefinition = (mine: string): string[] => [
  '(attribute_exists(#definition) AND #definition <> :definition)',
  ...(mine === FIRST_DEFINITION ? [] : ['attribute_not_exists(#definition)']),
];
