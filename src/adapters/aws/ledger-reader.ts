import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetItemCommand, type DynamoDBClient, type KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import type { LedgerEntry } from '../../domain/run-ledger.ts';
import type { DateText } from '../../domain/utc-day.ts';
import type { AnalyticsStore } from '../../pipeline/ports.ts';
import { abortable, sendOptions } from './abortable.ts';
import { ledgerKey, toLedgerEntry } from './ledger-item.ts';

export interface LedgerReaderOptions {
  readonly client: DynamoDBClient;
  /** The Analytics Table. */
  readonly tableName: string;
  /** Ends all waiting, retries included. */
  readonly signal?: AbortSignal | undefined;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_KEYS_PER_BATCH = 100;

/** Reads the ledger from the Analytics Table in DynamoDB, for those who only read. */
export class LedgerReader implements Pick<AnalyticsStore, 'readLedger'> {
  constructor(private readonly options: LedgerReaderOptions) {}

  async readLedger(
    dates: readonly DateText[],
    { consistent }: { readonly consistent: boolean },
  ): Promise<LedgerEntry[]> {
    const entries: LedgerEntry[] = [];
    for (let start = 0; start < dates.length; start += MAX_KEYS_PER_BATCH) {
      const keys = dates.slice(start, start + MAX_KEYS_PER_BATCH).map(ledgerKey);
      entries.push(...(await this.#readBatch({ Keys: keys, ConsistentRead: consistent })));
    }
    return entries;
  }

  async #readBatch(request: KeysAndAttributes): Promise<LedgerEntry[]> {
    const { client, tableName, signal } = this.options;
    const entries: LedgerEntry[] = [];
    let pending: KeysAndAttributes | undefined = request;
    for (let attempt = 0; pending !== undefined; attempt++) {
      if (attempt > 0) await abortable(sleep(backoffMillis(attempt)), signal);
      const get: BatchGetItemCommand = new BatchGetItemCommand({ RequestItems: { [tableName]: pending } });
      const { Responses, UnprocessedKeys } = await abortable(client.send(get, sendOptions(signal)), signal);
      entries.push(...(Responses?.[tableName] ?? []).map((item) => toLedgerEntry(item, tableName)));
      pending = UnprocessedKeys?.[tableName];
    }
    return entries;
  }
}

const LONGEST_BACKOFF_MILLIS = 5000;

/** Keys that DynamoDB left out for want of capacity are asked for again, later each time; at random, to spread runs. */
const backoffMillis = (attempt: number): number => Math.random() * Math.min(LONGEST_BACKOFF_MILLIS, 50 * 2 ** attempt);
