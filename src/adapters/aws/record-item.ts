import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import {
  type AnalyticsRecord,
  type DetailValue,
  type ExternalDetail,
  isExternal,
} from '../../domain/analytics-record.ts';
import type { Definition } from '../../domain/definition.ts';
import { keepsUsers } from '../../domain/detail-size.ts';
import { type MetricValue, valueIn } from '../../domain/summary.ts';
import type { RecordHeader } from '../../pipeline/ports.ts';
import { parseInput } from '../../schemas/parse-input.ts';
import { fields, list, mapFrom, number, text, textValue } from './attribute-values.ts';
import { provenanceItem, provenanceShape, summaryItem, summaryValue, valueItem } from './provenance-item.ts';

/** DynamoDB's limit on a sort key. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_SORT_KEY_BYTES = 1024;

/** The sort key of an app's records: its name, or where that is too long for a key, its beginning and its hash. */
function sortKeyOf(app: string): string {
  if (Buffer.byteLength(app) <= MAX_SORT_KEY_BYTES) return app;
  return `${app.slice(0, 200)}…${createHash('sha256').update(app).digest('hex')}`;
}

/** The key of a record, and of what else is stored of that app and day. */
const recordKey = ({ date, app }: { readonly date: string; readonly app: string }) => ({
  date: text(date),
  app: text(sortKeyOf(app)),
});

/** A record as an item. Detail that is kept elsewhere leaves a pointer, and the bare numbers among it. */
export function toRecordItem(record: AnalyticsRecord, definition: Definition): Record<string, AttributeValue> {
  const detail = isExternal(record.detail)
    ? { ...totalsItem(record, definition), detail: pointerItem(record.detail) }
    : Object.fromEntries([...record.detail].map(([attribute, value]) => [attribute, detailItem(value)]));
  return {
    ...recordKey(record),
    ...(sortKeyOf(record.app) === record.app ? {} : { longApp: text(record.app) }),
    ...detail,
    summary: summaryItem(record.summary),
    ...provenanceItem(record),
    writtenAt: text(record.writtenAt),
    codeVersion: text(record.codeVersion),
    expiresAt: number(record.expiresAt),
  };
}

function detailItem(value: DetailValue): AttributeValue {
  if (value instanceof Map) return mapFrom(value, number);
  return Array.isArray(value) ? list(value.map(text)) : valueItem(value as MetricValue);
}

const totalsItem = ({ summary }: AnalyticsRecord, { metrics }: Definition): Record<string, AttributeValue> =>
  Object.fromEntries(
    metrics
      .filter((metric) => !keepsUsers(metric))
      .map(({ id, stored }) => [stored, valueItem(valueIn(summary, id) ?? null)]),
  );

const pointerItem = ({ bucket, keys, users }: ExternalDetail): AttributeValue =>
  fields({ bucket: text(bucket), keys: list(keys.map(text)), users: number(users) });

/** The attributes of a {@link RecordHeader}, for `ProjectionExpression`. */
export const headerProjection = {
  ProjectionExpression:
    '#date, app, longApp, summary, exportId, exportType, exportTime, quality, #definition, writtenAt, codeVersion',
  ExpressionAttributeNames: { '#date': 'date', '#definition': 'definition' },
};

const headerItem = z
  .object({
    date: textValue,
    app: textValue,
    longApp: textValue.optional(),
    summary: summaryValue,
    ...provenanceShape,
    writtenAt: textValue,
    /** Records of old do not say it. */
    codeVersion: textValue.optional(),
  })
  .transform(({ longApp, app, ...header }): RecordHeader => ({ ...header, app: longApp ?? app }));

/** @throws InvalidInput where someone else has written into the table */
export const toHeader = (item: unknown, tableName: string): RecordHeader =>
  parseInput(headerItem, item, `a record in table ${tableName}`);
