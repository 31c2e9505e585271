import {
  ConditionalCheckFailedException,
  PutItemCommand,
  type PutItemCommandInput,
  paginateQuery,
} from '@aws-sdk/client-dynamodb';
import { RESERVED_APP_PREFIX } from '../../domain/activity.ts';
import type { AnalyticsRecord } from '../../domain/analytics-record.ts';
import type { Definition } from '../../domain/definition.ts';
import type { EntryVersion, LedgerEntry } from '../../domain/run-ledger.ts';
import type { DateText } from '../../domain/utc-day.ts';
import type { AnalyticsStore, PutOptions, RecordHeader, WriteOutcome } from '../../pipeline/ports.ts';
import { abortable, sendOptions } from './abortable.ts';
import { itemBytes, MAX_ITEM_BYTES, text } from './attribute-values.ts';
import type { TableAccess } from './batch-get.ts';
import { noteDefinition } from './definition-item.ts';
import { toLedgerItem } from './ledger-item.ts';
import { LedgerReader } from './ledger-reader.ts';
import { type DetailTarget, moveDetail } from './parquet-detail.ts';
import { mayReplaceCondition } from './provenance-item.ts';
import { headerProjection, toHeader, toRecordItem } from './record-item.ts';

export interface DynamoDbStoreOptions extends TableAccess {
  /** By which the numbers are counted that are written. */
  readonly definition: Definition;
  /** Where detail goes that is too big for an item, and under which prefix. */
  readonly detail: DetailTarget;
}

/** The Analytics Table in DynamoDB: partition key `date`, sort key `app`, both strings. */
export class DynamoDbStore implements AnalyticsStore {
  constructor(private readonly options: DynamoDbStoreOptions) {}

  async readLedger(dates: readonly DateText[], options: { readonly consistent: boolean }): Promise<LedgerEntry[]> {
    return await new LedgerReader(this.options).readLedger(dates, options);
  }

  async noteDefinition(): Promise<void> {
    await noteDefinition(this.options, this.options.definition);
  }

  async readHeaders(date: DateText): Promise<RecordHeader[]> {
    const { client, tableName, signal } = this.options;
    const pages = paginateQuery(
      { client },
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: '#date = :date',
        ExpressionAttributeValues: { ':date': text(date) },
        ...headerProjection,
      },
      sendOptions(signal),
    );
    const headers: RecordHeader[] = [];
    for (let page = await abortable(pages.next(), signal); !page.done; page = await abortable(pages.next(), signal)) {
      const records = (page.value.Items ?? []).filter(({ app }) => app?.S?.startsWith(RESERVED_APP_PREFIX) === false);
      headers.push(...records.map((item) => toHeader(item, tableName)));
    }
    return headers;
  }

  async putRecord(record: AnalyticsRecord, { force, isInline }: PutOptions): Promise<'written' | 'outranked'> {
    const written = await this.#putIf(await this.#fitted(record, isInline), force ? {} : mayReplaceCondition(record));
    return written ? 'written' : 'outranked';
  }

  async replaceRecord(record: AnalyticsRecord, { exportId, writtenAt }: RecordHeader): Promise<WriteOutcome> {
    const written = await this.#putIf(toRecordItem(record, this.options.definition), {
      ConditionExpression: 'exportId = :exportId AND writtenAt = :writtenAt',
      ExpressionAttributeValues: { ':exportId': text(exportId), ':writtenAt': text(writtenAt) },
    });
    return written ? 'written' : 'changed';
  }

  async putLedger(entry: LedgerEntry, read: EntryVersion | undefined): Promise<WriteOutcome> {
    const written = await this.#putIf(toLedgerItem(entry), read === undefined ? isAbsent : isStill(read));
    return written ? 'written' : 'changed';
  }

  /** The record as an item; detail that may not stay in it, or would make it too big, is moved to a file first. */
  async #fitted(record: AnalyticsRecord, isInline: boolean) {
    const { definition, detail } = this.options;
    const item = toRecordItem(record, definition);
    if (isInline && itemBytes(item) <= MAX_ITEM_BYTES) return item;
    return toRecordItem(await moveDetail(record, definition, detail), definition);
  }

  /** @returns whether the condition held */
  async #putIf(item: PutItemCommandInput['Item'], condition: Partial<PutItemCommandInput>): Promise<boolean> {
    const { client, tableName, signal } = this.options;
    const put = new PutItemCommand({ TableName: tableName, Item: item, ...condition });
    try {
      await abortable(client.send(put, sendOptions(signal)), signal);
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const isAbsent = {
  ConditionExpression: 'attribute_not_exists(#date)',
  ExpressionAttributeNames: { '#date': 'date' },
};

const isStill = ({ exportId, runId, writtenAt }: EntryVersion) => ({
  ConditionExpression: 'exportId = :exportId AND runId = :runId AND writtenAt = :writtenAt',
  ExpressionAttributeValues: { ':exportId': text(exportId), ':runId': text(runId), ':writtenAt': text(writtenAt) },
});
