import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { metrics, type Summary, summaryOf } from '../../domain/metrics.ts';
import type { Provenance } from '../../domain/provenance.ts';
import { fields, fieldsOf, number, numberValue, text, textValue } from './attribute-values.ts';

/** The attributes that records and ledger entries have in common. */
export const provenanceItem = ({ exportId, exportType, exportTime, quality }: Provenance) => ({
  exportId: text(exportId),
  exportType: text(exportType),
  exportTime: text(exportTime),
  quality: text(quality),
});

export const provenanceShape = {
  exportId: textValue,
  exportType: z
    .object({ S: z.enum(['FULL_EXPORT', 'INCREMENTAL_EXPORT'], 'FULL_EXPORT or INCREMENTAL_EXPORT') })
    .transform(({ S }) => S),
  exportTime: textValue,
  quality: z.object({ S: z.enum(['exact', 'lowerBound'], 'exact or lowerBound') }).transform(({ S }) => S),
};

export const summaryItem = (summary: Summary): AttributeValue =>
  fields(Object.fromEntries(metrics.map(({ id }) => [id, number(summary[id])])));

/** A metric that did not exist when the summary was written counts as 0. */
export const summaryValue = fieldsOf(
  Object.fromEntries(metrics.map(({ id }) => [id, numberValue.optional()])),
).transform((stored): Summary => summaryOf(({ id }) => stored[id] ?? 0));

/**
 * `domain/provenance.mayReplace` in DynamoDB's own terms: true where nothing stands under the key, or what stands there
 * may be replaced. For `ConditionExpression`; its values and names go along.
 */
export const mayReplaceCondition = ({ exportId, exportTime, quality }: Provenance) => ({
  ConditionExpression: [
    'attribute_not_exists(#date)',
    ...(quality === 'exact' ? ['quality = :lowerBound'] : []),
    '(quality = :quality AND (exportTime < :exportTime OR (exportTime = :exportTime AND exportId <= :exportId)))',
  ].join(' OR '),
  ExpressionAttributeNames: { '#date': 'date' },
  ExpressionAttributeValues: {
    ':quality': text(quality),
    ':exportTime': text(exportTime),
    ':exportId': text(exportId),
    ...(quality === 'exact' ? { ':lowerBound': text('lowerBound') } : {}),
  },
});
