import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Definition } from '../../domain/definition.ts';
import { parseDefinitionJson } from '../../schemas/definition.ts';
import { abortable, sendOptions } from './abortable.ts';
import { text } from './attribute-values.ts';
import { batchGet, type TableAccess } from './batch-get.ts';

/*
 * The definitions by which the Analytics Table's numbers were counted stand in it themselves, by their hash, so that
 * whoever reads the numbers knows what they are called. Under a date that no day has; they do not expire.
 */

const keyOf = (hash: string) => ({ date: text('#definition'), app: text(hash) });

async function readJson(table: TableAccess, hash: string): Promise<string | undefined> {
  const [item] = await batchGet(table, [keyOf(hash)], { consistent: false });
  return item?.json?.S;
}

/** @returns undefined where the table has none of this hash */
export async function readDefinition(table: TableAccess, hash: string): Promise<Definition | undefined> {
  const json = await readJson(table, hash);
  return json === undefined ? undefined : parseDefinitionJson(json, `definition ${hash} in table ${table.tableName}`);
}

/** Writes a definition where it does not stand already: one of the same hash may have had other titles. */
export async function noteDefinition(table: TableAccess, { hash, json }: Definition): Promise<void> {
  if ((await readJson(table, hash)) === json) return;
  const { client, tableName, signal } = table;
  const put = new PutItemCommand({ TableName: tableName, Item: { ...keyOf(hash), json: text(json) } });
  await abortable(client.send(put, sendOptions(signal)), signal);
}
