import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  type KeysAndAttributes,
} from '@aws-sdk/client-dynamodb';
import { abortable, sendOptions } from './abortable.ts';

export interface TableAccess {
  readonly client: DynamoDBClient;
  /** The Analytics Table. */
  readonly tableName: string;
  /** Ends all waiting, retries included. */
  readonly signal?: AbortSignal | undefined;
}

type Item = Record<string, AttributeValue>;

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MAX_KEYS_PER_BATCH = 100;

/** The items of these keys, those that there are, in no promised order. */
export async function batchGet(
  table: TableAccess,
  keys: readonly Item[],
  { consistent }: { readonly consistent: boolean },
): Promise<Item[]> {
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += MAX_KEYS_PER_BATCH) {
    const Keys = keys.slice(start, start + MAX_KEYS_PER_BATCH);
    items.push(...(await readBatch(table, { Keys, ConsistentRead: consistent })));
  }
  return items;
}

async function readBatch({ client, tableName, signal }: TableAccess, request: KeysAndAttributes): Promise<Item[]> {
  const items: Item[] = [];
  let pending: KeysAndAttributes | undefined = request;
  for (let attempt = 0; pending !== undefined; attempt++) {
    if (attempt > 0) await abortable(sleep(backoffMillis(attempt)), signal);
    const get: BatchGetItemCommand = new BatchGetItemCommand({ RequestItems: { [tableName]: pending } });
    const { Responses, UnprocessedKeys } = await abortable(client.send(get, sendOptions(signal)), signal);
    items.push(...(Responses?.[tableName] ?? []));
    pending = UnprocessedKeys?.[tableName];
  }
  return items;
}

const LONGEST_BACKOFF_MILLIS = 5000;

/** Keys that DynamoDB left out for want of capacity are asked for again, later each time; at random, to spread runs. */
const backoffMillis = (attempt: number): number => Math.random() * Math.min(LONGEST_BACKOFF_MILLIS, 50 * 2 ** attempt);
