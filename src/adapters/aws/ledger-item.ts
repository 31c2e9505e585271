import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { firstMetrics } from '../../definitions/games.ts';
import { recordOutcomes } from '../../domain/record-counts.ts';
import type { LedgerEntry, OutsideRecords, ReplacedEntry } from '../../domain/run-ledger.ts';
import type { DateText } from '../../domain/utc-day.ts';
import { parseInput } from '../../schemas/parse-input.ts';
import {
  fields,
  fieldsOf,
  mapFrom,
  mapOf,
  nothing,
  nullOr,
  number,
  numberValue,
  text,
  textValue,
} from './attribute-values.ts';
import { provenanceItem, provenanceShape, summaryItem, summaryValue } from './provenance-item.ts';

/** The ledger's entries stand beside the records, under a name that no app can have. */
const LEDGER_SORT_KEY = '#run';

export const ledgerKey = (date: DateText) => ({ date: text(date), app: text(LEDGER_SORT_KEY) });

/** What an app without anything came to before entries said so. */
const nothingAtFirst = Object.fromEntries(firstMetrics.map((id) => [id, 0]));

const recordCounts = ['read', ...recordOutcomes] as const;

export const toLedgerItem = (entry: LedgerEntry): Record<string, AttributeValue> => ({
  ...ledgerKey(entry.date),
  ...provenanceItem(entry),
  window: fields({ from: entry.window.from === null ? nothing : text(entry.window.from), to: text(entry.window.to) }),
  manifest: fields({
    bucket: text(entry.manifest.bucket),
    key: text(entry.manifest.key),
    md5: text(entry.manifest.md5),
  }),
  records: fields(Object.fromEntries(recordCounts.map((count) => [count, number(entry.records[count])]))),
  outside: entry.outside === null ? nothing : outsideItem(entry.outside),
  rejectsByReason: mapFrom(Object.entries(entry.rejectsByReason), number),
  bytesRead: number(entry.bytesRead),
  nothing: summaryItem(entry.nothing),
  apps: mapFrom(entry.apps, summaryItem),
  notPublished: number(entry.notPublished),
  maxPublishedApps: entry.maxPublishedApps === null ? nothing : number(entry.maxPublishedApps),
  codeVersion: text(entry.codeVersion),
  runId: text(entry.runId),
  startedAt: text(entry.startedAt),
  writtenAt: text(entry.writtenAt),
  replaced: entry.replaced === null ? nothing : replacedItem(entry.replaced),
  expiresAt: number(entry.expiresAt),
});

const outsideItem = ({ touched, early, older, late }: OutsideRecords): AttributeValue =>
  fields({
    touched: number(touched),
    early: number(early),
    older: number(older),
    late: mapFrom(Object.entries(late), number),
  });

const replacedItem = (replaced: ReplacedEntry): AttributeValue =>
  fields({
    ...provenanceItem(replaced),
    writtenAt: text(replaced.writtenAt),
    apps: mapFrom(replaced.apps, summaryItem),
  });

const ledgerItem = z.object({
  date: textValue,
  ...provenanceShape,
  window: fieldsOf({ from: nullOr(textValue), to: textValue }),
  manifest: fieldsOf({ bucket: textValue, key: textValue, md5: textValue }),
  records: fieldsOf({
    read: numberValue,
    counted: numberValue,
    ignored: numberValue,
    deleted: numberValue,
    outsideWindow: numberValue,
    malformed: numberValue,
  }),
  /** Entries of old have a number `late` in its place, which told something else. */
  outside: nullOr(
    fieldsOf({
      touched: numberValue,
      early: numberValue,
      older: numberValue,
      late: mapOf(numberValue).transform((days) => Object.fromEntries(days)),
    }),
  ).default(null),
  rejectsByReason: mapOf(numberValue).transform((reasons) => Object.fromEntries(reasons)),
  bytesRead: numberValue,
  nothing: summaryValue.default(nothingAtFirst),
  apps: mapOf(summaryValue),
  notPublished: numberValue,
  maxPublishedApps: nullOr(numberValue).default(null),
  codeVersion: textValue,
  runId: textValue,
  startedAt: textValue,
  writtenAt: textValue,
  replaced: nullOr(fieldsOf({ ...provenanceShape, writtenAt: textValue, apps: mapOf(summaryValue) })),
  expiresAt: numberValue,
});

/** @throws InvalidInput where someone else has written into the table */
export const toLedgerEntry = (item: unknown, tableName: string): LedgerEntry =>
  parseInput(ledgerItem, item, `a ledger entry in table ${tableName}`);
