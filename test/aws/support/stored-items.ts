import { type AttributeValue, paginateScan } from '@aws-sdk/client-dynamodb';
import type { Clients } from './clients.ts';
import { eventually } from './eventually.ts';

/** An attribute's value without its type marks. */
type Plain = string | number | boolean | null | Plain[] | { [name: string]: Plain };

export type PlainItem = Record<string, Plain>;

/** All items of a table. */
export async function itemsOf({ dynamoDb }: Clients, table: string): Promise<PlainItem[]> {
  const items: PlainItem[] = [];
  for await (const page of paginateScan({ client: dynamoDb }, { TableName: table, ConsistentRead: true })) {
    items.push(...(page.Items ?? []).map(plainItem));
  }
  return items;
}

/** The records of a day, by app. */
export const recordsOn = (items: readonly PlainItem[], date: string): PlainItem[] =>
  items
    .filter((item) => item.date === date && item.app !== '#run')
    .sort((a, b) => (String(a.app) < String(b.app) ? -1 : 1));

/** Waits for a day's ledger entry that fulfils a condition; it is written last of all. */
export async function ledgerOf(
  clients: Clients,
  table: string,
  date: string,
  condition: (entry: PlainItem) => boolean = () => true,
): Promise<PlainItem> {
  return await eventually(`the ledger has ${date}`, async () =>
    (await itemsOf(clients, table)).find((item) => item.date === date && item.app === '#run' && condition(item)),
  );
}

const plainItem = (item: Record<string, AttributeValue>): PlainItem =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

function plain(value: AttributeValue): Plain {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.NULL !== undefined) return null;
  if (value.L !== undefined) return value.L.map(plain);
  if (value.M !== undefined) return plainItem(value.M);
  throw new TypeError(`no such values are stored: ${Object.keys(value).join()}`);
}
